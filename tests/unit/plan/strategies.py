"""Curves and needs for property tests, and what a curve's definition says by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from operator import attrgetter

from hypothesis import strategies as st

from onair.model.loads import Audience, Load, Point
from onair.model.targets import CoolDown, ScaleTargetRef, Target
from onair.model.texts import Anchor
from onair.plan.curves import Curve, Piece, curve
from onair.plan.needs import Need
from onair.plan.seconds import Number
from onair.plan.shapes import SHAPES
from onair.schedule.airings import Airing

START = datetime(2027, 1, 9, 19, 30, tzinfo=UTC)
FEW_POINTS = ("Custom", "Flat")
ALL_SHAPES = (*FEW_POINTS * 4, *SHAPES)
"""Those of few points more often: they are quick, and find as much."""

LEADS = st.just(0) | st.integers(0, 900) | st.integers(0, 4 * 3600)
HOLDS = st.just(0) | st.integers(0, 600)
"""Seconds; with none of either, nothing hides what is between two summits."""

EPSILON = Fraction(1, 10**9)


@st.composite
def curves(draw: st.DrawFn, most: int = 5) -> Curve:
    """Draw a curve of a few pieces on whole seconds, with gaps and steps."""
    pieces = []
    time = draw(st.integers(-10, 10))
    for _ in range(draw(st.integers(0, most))):
        time += draw(st.sampled_from([0, 0, 0, 1, 5]))
        end = time + draw(st.integers(1, 8))
        pieces.append(Piece(time, end, draw(st.integers(0, 9)), draw(st.integers(0, 9))))
        time = end
    return curve(pieces)


def times_of(*drawn: Curve) -> list[Number]:
    """Return instants around all breakpoints, and some between them."""
    edges = {time for each in drawn for piece in each.pieces for time in piece[:2]} or {0}
    grid = [time + Fraction(1, 3) for time in range(int(min(edges)) - 2, int(max(edges)) + 3)]
    return sorted({*edges, *(edge - EPSILON for edge in edges), *grid})


def largest(whole: Curve, start: Number, end: Number) -> Number:
    """Return the supremum over the closed window: at its edges, or at either side of a step."""
    inner = [time for piece in whole.pieces for time in piece[:2] if start < time <= end]
    values = [whole.at(start), whole.at(end), *(whole.at(time) for time in inner)]
    limits = [whole.before(time) for time in (*inner, end) if time > start]
    return max(values + limits)


def peak_between(whole: Curve, start: Number, end: Number) -> Number:
    """Return the largest value over the half-open window."""
    here = (piece for piece in whole.pieces if piece.start < end and piece.end > start)
    parts = (piece.part(max(start, piece.start), min(end, piece.end)) for piece in here)
    return max((max(part.first, part.last) for part in parts), default=0)


@st.composite
def loads(draw: st.DrawFn, shapes: Sequence[str] = ALL_SHAPES) -> Load:
    """Draw a load of any of these shapes and of any kind of size."""
    shape = draw(st.sampled_from(shapes))
    points = None
    if shape == "Custom":
        early = sorted(draw(st.lists(st.integers(-9, 4), max_size=4)))
        late = sorted(draw(st.lists(st.integers(-4, 8), min_size=1, max_size=3)))
        late.append(late[-1] + 1)
        anchors = [Anchor("start", timedelta(minutes=m)) for m in early]
        anchors += [Anchor("end", timedelta(minutes=m)) for m in late]
        levels = [draw(st.just(0) | st.integers(0, 100)) for _ in anchors]
        # The last two are a minute apart: with either of them above zero there is a crowd.
        levels[draw(st.sampled_from([-1, -2]))] = draw(st.integers(1, 100))
        points = tuple(
            Point(at=at, level=Fraction(level, 100))
            for at, level in zip(anchors, levels, strict=True)
        )
    return Load.model_validate({"shape": shape, "points": points, **draw(sizes())})


@st.composite
def sizes(draw: st.DrawFn) -> dict[str, object]:
    """Draw what is said of the size of a crowd."""
    number = Fraction(draw(st.integers(1, 9000)), draw(st.integers(1, 9))) + 1
    kind = draw(st.sampled_from(["audience", "rate", "multiplier"]))
    if kind == "multiplier":
        return {"multiplier": 1 + draw(st.sampled_from([1, 1, 1, 0])) * number / 1000}
    within = draw(st.none() | st.integers(1, 120).map(lambda each: timedelta(minutes=each)))
    headroom = Fraction(draw(st.integers(0, 100)), 100)
    if kind == "rate":
        return {"requests_per_second": number, "headroom": headroom}
    return {"audience": Audience(people=100 * number, within=within), "headroom": headroom}


def more(load: Load, factor: Fraction) -> Load:
    """Return a load of so many times the size."""
    size: dict[str, object] = {"multiplier": load.multiplier and load.multiplier * factor}
    if load.requests_per_second is not None:
        size = {"requests_per_second": load.requests_per_second * factor}
    if load.audience is not None:
        people = load.audience.people * factor
        size = {"audience": load.audience.model_copy(update={"people": people})}
    return load.model_copy(update=size)


@st.composite
def needs(draw: st.DrawFn, shapes: Sequence[str] = ALL_SHAPES) -> Need:
    """Draw the need of one campaign with up to four airings, each with a load of its own.

    At times of fixed replicas.
    """
    airings = []
    for name in draw(st.sampled_from(["a", "a", "ab", "ab", "ab", "abcd"])):
        start = START + timedelta(minutes=draw(st.integers(0, 90)))
        end = start + timedelta(minutes=draw(st.integers(9, 60)))
        latest_end = end + timedelta(minutes=draw(st.integers(0, 9)))
        airings.append(Airing(start, end, latest_end, name, draw(loads(shapes))))
    fixed = draw(st.none() | st.integers(1, 40))
    return Need(
        campaign="tv/show",
        target=target(fixed, draw(st.integers(1, 99)), Fraction(draw(st.integers(1, 100)), 100)),
        lead=timedelta(seconds=draw(LEADS)),
        cool_down=CoolDown(
            hold=timedelta(seconds=draw(HOLDS)),
            step=Fraction(draw(st.sampled_from([7, 25, 30, 100])), 100),
            every=timedelta(seconds=draw(st.integers(1, 120))),
        ),
        airings=tuple(sorted(airings, key=attrgetter("start"))),
    )


def target(fixed: int | None, per_replica: int, share: Fraction) -> Target:
    """Return a target with fixed replicas, or with this capacity and share of the load."""
    capacity = {"replicas": fixed} if fixed else {"per_replica": per_replica, "share": share}
    return Target.model_validate(
        {
            "name": "api",
            "scale_target_ref": ScaleTargetRef(name="mol-api"),
            "max_replicas": 100_000,
            **capacity,
        }
    )
