"""The settings of the page, each said otherwise: what sed makes of its files."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """Scripts of sed for the rows of the calendar, the fitted campaigns and the target set."""

    calendar: str = ""
    campaigns: str = ""
    target_set: str = ""


DEFAULT_COOL_DOWN = "a cool-down of 5 minutes and a quarter each minute, the default"
DEFAULTS = "that cool-down and a lead of 10 minutes, both defaults"
LONGER_LEAD = "a lead of 6 minutes"
SHORTER_LEAD = "a lead of 3 minutes"
HIGHER_GUESS = "a first guess of six times the usual load"
LOWER_GUESS = "a first guess of twice the usual load"

CHANGES = {
    SHORTER_LEAD: Change(target_set="s/lead: 4m/lead: 3m/"),
    LONGER_LEAD: Change(target_set="s/lead: 4m/lead: 6m/"),
    DEFAULT_COOL_DOWN: Change(target_set="/coolDown/d"),
    DEFAULTS: Change(target_set="/coolDown|warmUp/d"),
    LOWER_GUESS: Change(campaigns="s/multiplier: 4/multiplier: 2/"),
    HIGHER_GUESS: Change(campaigns="s/multiplier: 4/multiplier: 6/"),
    "weekdays and weekends as classes": Change(calendar="s/^Weekday [a-z]+/Weekday/"),
    "the hours of kick-off as classes": Change(calendar=r"s/^[^,]+(,.{11}(..):)/At \2\1/"),
    "all matches in one class": Change(calendar=r"s/^[^,]+(,1998)/Match\1/"),
}
"""By the first cells of their rows."""
