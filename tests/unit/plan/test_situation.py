"""What a decision looks at and asks for, where that is left to defaults or to a choice."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace

from onair.plan.observed import Limits
from onair.plan.situation import Decision, Erase, Put, Situation, put
from tests.unit.plan.imagined import SHOW, Imagined, on_air


def test_what_is_left_out() -> None:
    """A decision asks for nothing that it does not say; a situation is the ordinary one."""
    asks_nothing = Decision("why", message="", step=None, wake=None, floor=0, ceiling=None)
    assert Decision("why") == asks_nothing
    entry = on_air().ledger[-1]
    assert Erase(entry).superseded is False
    (hpa,) = on_air().situation().autoscalers
    write = Put(hpa.id, Limits(1), Limits(2), "", Limits(2))
    assert (write.bare, write.taken, write.version) == (False, (), "")
    left_out = {f.name: f.default for f in fields(Situation) if f.default is not MISSING}
    ordinary = {"aimed": True, "observes": False, "damage": ""}
    ordinary |= {"at_once": frozenset(), "unhurried": ""}
    assert ordinary.items() <= left_out.items()


def test_what_steers() -> None:
    """Of several HPAs the entry's own, else the first; without any the workload."""
    situation = on_air().situation()
    (own,) = situation.autoscalers
    other = replace(own, id=replace(own.id, uid="uid-other"))
    assert replace(situation, autoscalers=(other, own)).steered == own
    assert replace(situation, autoscalers=(other, own), entry=None).steered == other
    assert replace(situation, autoscalers=(other,)).steered == other
    assert replace(situation, autoscalers=()).steered == situation.workload


def test_a_write_says_whether_there_are_annotations() -> None:
    """Only an HPA without any needs the map of annotations made."""
    before, after = Limits(4, 20), Limits(32, 40)
    hpa, marked = Imagined(SHOW).situation().steered, on_air().situation().steered
    workload = Imagined(SHOW, with_hpa=False).situation().steered
    assert hpa is not None
    assert marked is not None
    assert workload is not None
    write = put(hpa, before, after, "why", after)
    assert write == Put(hpa.id, before, after, "why", after, bare=True)
    assert put(marked, before, after, "why", after).bare is False
    assert put(workload, before, after, "why", after).bare is False
