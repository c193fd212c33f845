"""What is held, as text: a block for each target, then what is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from onair.cli.tables import table
from onair.cli.texts import counted
from onair.cli.times import shown
from onair.documents.texts import one_line
from onair.schedule.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from onair.preview.holds import Hold, Holder, Holds, Number

_UTC: Final = zone("UTC")

_WHOSE: Final = {
    "onair": "written by OnAir",
    "baseline": "its owner's number",
    "echo": "what OnAir wrote, written again",
    "owner": "an edit of its owner's, which will be restored instead",
}


def lines(holds: Holds) -> Iterator[str]:
    """Yield the lines of what is held, times in UTC."""
    where = ", ".join(holds.namespaces) or "all namespaces"
    yield click.style(f"{where} at {_at(holds.at)} (UTC)", bold=True)
    if not holds.holds:
        yield "Nothing is held."
    for hold in holds.holds:
        yield ""
        yield from _hold(hold)
    if holds.damages:
        yield ""
        yield click.style("Nobody knows what the owner had set", bold=True)
    for damage in holds.damages:
        kind, _, name = damage.about.partition("/")
        yield one_line(f"  {kind} {damage.namespace}/{name}: {damage.why}")


def _hold(hold: Hold) -> Iterator[str]:
    """Yield what is held of a target, for whom, and what goes back."""
    kind, _, name = hold.steered_by.partition("/")
    through = "" if (kind, name) == (hold.kind, hold.name) else f", through {kind} {name}"
    title = one_line(f"{hold.kind} {hold.namespace}/{hold.name}{through}")
    yield click.style(title, bold=True)
    yield f"  {_state(hold)}"
    for holder in hold.campaigns:
        yield one_line(f"  for {_holder(hold, holder)}")
    if hold.replicas is not None:
        yield f"  {counted(hold.replicas, 'replica')} asked for, {hold.ready or 0:,} ready"
    yield f"  its owner's numbers were noted on {_at(hold.noted)} in {hold.entry}"
    if hold.unseen:
        yield one_line(f"  {_baseline(hold)} to restore; {hold.unseen}")
    else:
        yield from _numbers(hold)
    if hold.writers:
        yield one_line(f"  {' and '.join(hold.writers)} wrote it before, and may write it again")


def _state(hold: Hold) -> str:
    """Return what has been done to a target, and since when."""
    since = _at(hold.since)
    if hold.state == "captured":
        return "noted for a raise to come; nothing has been changed"
    if hold.state == "restored":
        return (
            "given back; the note stays for an hour, or until no more than the usual"
            f" {counted(hold.usual_replicas, 'replica')} are left"
        )
    if not hold.floor:
        return f"being given back since {since}"
    room = f", ceiling {hold.ceiling:,}" if hold.ceiling else ""
    cooling = f", cooling down since {_at(hold.cooling_since)}" if hold.cooling_since else ""
    return f"floor {hold.floor:,} since {since}{room}{cooling}"


def _holder(hold: Hold, holder: Holder) -> str:
    """Return for which airing of which campaign a target is held, and until when."""
    airing = f"{holder.campaign}: the airing of {_at(holder.airing)}"
    demand = "" if hold.cooling_since else f", demand until {_at(holder.demand_until)}"
    return f"{airing}{demand}, cooled down at {_at(holder.until)}"


def _numbers(hold: Hold) -> Iterator[str]:
    """Yield the table of the numbers as they are and as they will be restored."""
    backs = {"maxReplicas": hold.baseline.maximum}
    rows = [("field", "now", "restored to", "now it is")]
    for number in hold.numbers:
        back = backs.get(number.field, hold.baseline.minimum)
        rows.append((number.field, f"{number.value:,}", f"{back:,}", _whose(number, back)))
    return table(rows, "<>><")


def _whose(number: Number, back: int | None) -> str:
    """Return who stands behind a number, of which `back` is restored."""
    others = " and ".join(number.managers)
    if number.wanted is not None:
        wanted = "wanted" if number.wanted == back else "repeated OnAir's own"
        return one_line(f"kept by the clamp; {others or 'somebody'} {wanted} {number.wanted:,}")
    return one_line(_WHOSE[number.whose] + (f" ({others})" if others else ""))


def _baseline(hold: Hold) -> str:
    least, most = hold.baseline.minimum, hold.baseline.maximum
    return counted(least, "replica") if most is None else f"minimum {least:,} and maximum {most:,}"


def _at(instant: datetime) -> str:
    return shown(instant, _UTC)
