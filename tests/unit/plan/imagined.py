"""A target that exists only in a test: it takes decided steps as an API server would."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from onair.model.names import MANAGER
from onair.plan.decide import decide
from onair.plan.ledger import Entry, Held
from onair.plan.observed import Autoscaler, Limits, Number, ObjectId, Workload
from onair.plan.situation import (
    Annotate,
    Confirm,
    Decision,
    Erase,
    Put,
    Record,
    Release,
    Situation,
    Step,
)
from onair.plan.timeline import Pattern, Run, Timeline

T0 = datetime(2027, 1, 9, 19, 0, tzinfo=UTC)
OWNER = "kubectl"
CAMPAIGN = "tv/show"


def minutes(count: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=count)


def plan(*steps: tuple[float, int]) -> Timeline:
    """Return a timeline of floors, each from so many minutes after T0 on."""
    seconds, floors = tuple(int(60 * m) for m, _ in steps), tuple(floor for _, floor in steps)
    pattern = Pattern(seconds, floors, floors, (None,) * len(steps))
    return Timeline((Run(int(T0.timestamp()), pattern),) if steps else ())


def held(hold: float = 1, step: str = "1/2", end: float = 20) -> Held:
    """Return what one campaign asked for, in minutes after T0."""
    return Held(T0, T0 + minutes(end), minutes(hold), Fraction(step), minutes(1))


@dataclass
class Imagined:
    """One Deployment with an HPA, or without one, under one campaign."""

    timeline: Timeline
    minimum: int = 4
    maximum: int = 20
    replicas: int = 4
    with_hpa: bool = True
    now: datetime = T0
    plan: str = "one"
    held: tuple[tuple[str, Held], ...] = ((CAMPAIGN, held()),)
    keeps: datetime | None = None
    proven: bool = True
    confirmed: datetime | None = None
    may_reassert: bool = True
    scaling_active: bool = True
    scale_down_disabled: bool = False
    managers: dict[str, frozenset[str]] = field(
        default_factory=lambda: dict.fromkeys(("min", "max"), frozenset({OWNER}))
    )
    marked: bool = False
    marks: Limits | None = None
    clamped: bool = False
    observes: bool = False
    damage: str = ""
    aimed: bool = True
    at_once: frozenset[str] = frozenset()
    unhurried: str = ""
    ledger: list[Entry] = field(default_factory=list)
    done: list[Step] = field(default_factory=list)

    def situation(self) -> Situation:
        """Return what a decision sees."""
        workload_id = ObjectId("apps/v1", "Deployment", "api", "uid-api")
        scaled = Number(self.replicas, self.managers["min"])
        workload = Workload(workload_id, scaled, self.replicas, adopts_ledger=False)
        hpa = Autoscaler(
            id=ObjectId("autoscaling/v2", "HorizontalPodAutoscaler", "api", "uid-hpa"),
            minimum=Number(self.minimum, self.managers["min"]),
            maximum=Number(self.maximum, self.managers["max"]),
            controller=None,
            scaling_active=self.scaling_active,
            scale_down_disabled=self.scale_down_disabled,
            annotated=self.marked,
            bare=not self.marked,
            marks=self.marks,
        )
        return Situation(
            now=self.now,
            timeline=self.timeline,
            plan=self.plan,
            held=self.held,
            keeps=self.keeps,
            usual=6,
            most=300,
            workload=workload,
            autoscalers=(hpa,) if self.with_hpa else (),
            entry=self.ledger[-1] if self.ledger and not self.damage else None,
            proven=self.proven,
            confirmed=self.confirmed,
            may_reassert=self.may_reassert,
            echo=minutes(1),
            aimed=self.aimed,
            observes=self.observes,
            damage=self.damage,
            superseded=tuple(self.ledger[:-1]),
            at_once=self.at_once,
            unhurried=self.unhurried,
            clamped=self.clamped,
        )

    def settle(self, at: float | None = None) -> Decision:
        """Let the calendar be so many minutes after T0; take every step; return the last word."""
        if at is not None:
            self.now = T0 + minutes(at)
        for _ in range(20):
            decision = self.step()
            if decision.step is None:
                return decision
        raise AssertionError(f"never settles: {self.done[-3:]}")

    def step(self) -> Decision:
        """Decide once and take the step, if there is one."""
        decision = decide(self.situation())
        if decision.step is not None:
            self.done.append(decision.step)
            self._take(decision.step)
        return decision

    def live(self) -> tuple[int, int]:
        """Return the limits in force."""
        return self.minimum, self.maximum

    def owner_sets(self, *, by: str = OWNER, **fields: int) -> None:
        """Let the owner write `minimum`, `maximum` or `replicas`."""
        for name, value in fields.items():
            setattr(self, name, value)
            if name == "replicas" and self.with_hpa:
                continue
            self.managers["max" if name == "maximum" else "min"] = frozenset({by})

    def _take(self, step: Step) -> None:
        match step:
            case Record(entry=entry):
                assert entry.name not in {known.name for known in self.ledger}
                self.ledger.append(replace(entry, resource_version="1"))
            case Annotate(entry=entry, notes=notes):
                self.ledger[self.ledger.index(entry)] = replace(entry, notes=notes)
            case Put(before=before, after=after, guarded=guarded):
                self._put(before, after)
                self.marks = guarded
            case Release():
                self.marked, self.marks = False, None
                self.managers = {name: owners - {MANAGER} for name, owners in self.managers.items()}
            case Confirm():
                self.confirmed = self.now
            case Erase():
                self.ledger.clear()

    def _put(self, before: Limits, after: Limits) -> None:
        live = Limits(self.minimum, self.maximum) if self.with_hpa else Limits(self.replicas)
        assert before == live, "the precondition of a write names what is there"
        assert self.ledger, "S1: no write without a ledger entry"
        entry = self.ledger[-1]
        assert after == entry.baseline or entry.notes.intends(after) or not entry.notes.floor
        if not self.with_hpa:
            self.replicas = after.minimum
            self.managers["min"] = frozenset({MANAGER})
            return
        for name, old, new in (
            ("min", before.minimum, after.minimum),
            ("max", before.maximum, after.maximum),
        ):
            if old != new:
                self.managers[name] = frozenset({MANAGER})
        self.minimum, self.maximum = after.minimum, after.maximum or 0
        self.replicas = min(max(self.replicas, self.minimum), self.maximum)
        self.marked = True


SHOW = plan((5, 32), (10, 111), (20, 60), (21, 0))
"""A show: warm-up, on air at 111, down to 60, over after 21 minutes."""


def on_air() -> Imagined:
    """Return a target that was captured and raised to 111."""
    target = Imagined(SHOW)
    target.settle(4)
    target.settle(10)
    return target


def noted(target: Imagined, **fields: object) -> Imagined:
    """Return a target with some of the notes in its ledger entry changed."""
    entry = target.ledger[-1]
    notes = replace(entry.notes, **fields)  # type: ignore[arg-type]
    target.ledger[-1] = replace(entry, notes=notes)
    return target
