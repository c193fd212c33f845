"""The one line for the people who announced a campaign: no word of Kubernetes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.model import reasons

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from onair.plan.views import CampaignView, UpcomingView

_WITHOUT_AIRING = {
    "Invalid": "cannot be planned: a correction is needed",
    "Suspended": "suspended",
    "Ended": "ended, everything is back as it was",
    "Scheduled": "planned, more than a year ahead",
    "CoolingDown": "over, being given back",
}

_UNSEEN = "; cannot be seen at present"
_UNKNOWN = "; the usual load is 0 or not known"


def airs_at(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as the campaign's zone writes it: `Sat 9 Jan 2027 20:30`."""
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def say(view: CampaignView, phase: str, now: datetime) -> str:
    """Return the summary of a campaign in this phase."""
    text = _say(view, phase, now)
    return unseen(text) if view.unread else text


def unseen(summary: str) -> str:
    """Return a summary that says of itself that it may be old."""
    return summary.removesuffix(_UNSEEN) + _UNSEEN


def _say(view: CampaignView, phase: str, now: datetime) -> str:
    observed = "; only observed" if view.observing else ""
    following = next((u for u in view.upcoming if u.cooled > now), None)
    if following is not None and phase not in {"Invalid", "Suspended", "Ended"}:
        local = following.airing.start.astimezone(view.zone)
        return f"{local:%A %H:%M}: {_state(view, following, phase)}{observed}"
    if phase == "CoolingDown" and view.observing:
        return f"over{observed}"
    damaged = any(target.reason == reasons.LEDGER_DAMAGED for target in view.targets)
    if phase == "Ended" and damaged:
        return "ended, but nobody knows whether everything is back as it was"
    return _WITHOUT_AIRING.get(phase, phase)


def _unknown(view: CampaignView) -> str:
    """Return what to add where a multiple of the usual load raises nothing."""
    said = {target.limited[0] for target in view.targets if target.limited}
    return _UNKNOWN if reasons.USUAL_LOAD_UNKNOWN in said else ""


def _state(view: CampaignView, following: UpcomingView, phase: str) -> str:
    if phase == "CoolingDown":
        return "over" if view.observing else _WITHOUT_AIRING[phase]
    return _carried(view, following, phase) + _unknown(view)


def _carried(view: CampaignView, following: UpcomingView, phase: str) -> str:
    due = sum(target.due for target in view.targets)
    ready = sum(min(target.ready, target.due) for target in view.targets)
    if phase == "Scheduled":
        return f"planned, peak {following.peak}"
    if not due:
        return "nothing is needed yet" if phase == "WarmingUp" else "on air"
    if ready < due:
        return f"not ready yet, {ready} of {due}"
    if view.observing:
        return f"ready, {ready} of {due}"
    room = sum(max(target.due, target.ceiling or 0) for target in view.targets)
    return f"ready, {ready} of {due}, room for {room}"
