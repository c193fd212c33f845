"""From the spots of a plan to its campaigns, of which no two share a name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onair.importing.loads import Defaults
from onair.importing.manifests import Body, by_name
from onair.importing.notes import LeftOutError, Note
from onair.importing.plans.grouping import campaigns, groups
from onair.importing.plans.spots import Identity, Spot, check


def made(
    spots: Iterable[Spot], wanted: Iterable[Identity], defaults: Defaults, notes: list[Note]
) -> tuple[Body, ...]:
    """Return the campaigns of spots, sorted by name, without all of those that share one.

    Not only the second of them: which one an earlier import made, and so which one is in the
    cluster under that name, is not known. `wanted` has the rows that are left out, too.
    """
    found = {group[0].identity: group for group in groups(spots)}
    bodies = {identity: _bodies(group, defaults, notes) for identity, group in found.items()}
    names = {identity: [_name(body) for body in each] for identity, each in bodies.items()}
    shared = _shared(names | {each: [each.name] for each in wanted if not names.get(each)})
    gone = {note.number for note in notes if note.unit == "line" and note.left_out}
    kept: list[Body] = []
    for identity, each in bodies.items():
        if name := shared.get(identity):
            message = f"another campaign has the name {name}, too; rename one of them"
            left = [spot.line for spot in found[identity] if spot.line not in gone]
            notes += [Note(message, "line", line, left_out=True) for line in left]
        else:
            kept += each
            notes += [_divided(names[identity])] if len(each) > 1 else []
    return by_name(kept)


def _shared(names: Mapping[Identity, Sequence[str]]) -> dict[Identity, str]:
    """Return which campaigns have a name of another, and that name."""
    wanted: dict[str, list[Identity]] = defaultdict(list)
    for identity, each in names.items():
        for name in each:
            wanted[name].append(identity)
    return {identity: name for name, them in wanted.items() if len(them) > 1 for identity in them}


def _name(body: Body) -> str:
    return str(body["metadata"]["name"])


def _divided(names: Sequence[str]) -> Note:
    """Return that a campaign is several; a smaller plan leaves the last of them behind."""
    return Note(
        f"{names[0]} has more than one manifest can hold and is divided: {', '.join(names)}; if an"
        f" earlier import made parts above {len(names)}, delete those campaigns"
    )


def _bodies(group: list[Spot], defaults: Defaults, notes: list[Note]) -> list[Body]:
    """Return the campaigns of a group, without the spots that OnAir would not take."""
    try:
        return campaigns(group, defaults)
    except LeftOutError:
        # Only now each alone: the model takes a third of the time that a plan does.
        good = []
        for spot in group:
            try:
                check(spot)
            except LeftOutError as error:
                notes.append(Note(str(error), "line", spot.line, left_out=True))
            else:
                good.append(spot)
        return campaigns(good, defaults) if good else []
