"""`onair stop`: what is written to a campaign, what follows, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onair.cluster import resources
from onair.cluster.errors import ChangedError, ForbiddenError, NotFoundError
from onair.plan.ledger import Entry, State
from onair.plan.observed import Limits
from tests.unit.cli.clusters import Server, run
from tests.unit.holds import damage, raise_target, raise_workload
from tests.unit.plan.imagined import T0, minutes

if TYPE_CHECKING:
    from click.testing import Result

NOW = T0 + minutes(30)
PATH = resources.CAMPAIGNS.path("tv", "mol")


@pytest.fixture
def server() -> Server:
    """A namespace with a campaign that holds an HPA, floor 32."""
    server = Server(NOW)
    server.has(resources.CAMPAIGNS, {"metadata": {"name": "mol"}, "spec": {}})
    hold(server, raise_target(server, "api", State.RAISED, Limits(32, 40)), "tv/mol")
    return server


def hold(server: Server, entry: Entry, *campaigns: str, wait: int = 300) -> None:
    """Let an entry be held for campaigns that cool down for some seconds, and 3 minutes more."""
    row = [T0.isoformat(), (T0 + minutes(60)).isoformat(), "1/4", f"{wait}.0", "60.0"]
    server.notes(entry)["onair.dev/campaigns"] = json.dumps(dict.fromkeys(campaigns, row))


def stop(monkeypatch: pytest.MonkeyPatch, server: Server, *words: str) -> Result:
    """Run the command for the campaign."""
    return run(monkeypatch, server, "stop", *(words or ("mol",)))


def campaign(server: Server) -> dict[str, Any]:
    """Return the campaign."""
    return server.objects[PATH]


def test_it_is_suspended(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """In one patch, under a name of its own, of what was read; what follows is said."""
    result = stop(monkeypatch, server)
    assert (result.exit_code, result.stderr) == (0, "")
    assert server.patches == [
        ("onair-stop", {"metadata": {"resourceVersion": "1"}, "spec": {"suspend": True}})
    ]
    assert result.stdout == (
        "campaign tv/mol suspended at Sat 9 Jan 2027 19:30 (UTC)\n"
        "Deployment tv/api: its floor of 32 replicas stays until Sat 9 Jan 2027 19:35 and has"
        " fallen to what its owner had set at Sat 9 Jan 2027 19:38\n"
        "To take it up again: kubectl -n tv patch campaign mol --type=merge --patch"
        """ '{"spec": {"suspend": false}}'\n"""
    )


def test_now(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """The word for the operator is in the same patch, and in the one that takes it up again."""
    result = stop(monkeypatch, server, "mol", "--now")
    ((_, patch),) = server.patches
    assert patch["metadata"]["annotations"] == {"onair.dev/stop": "now"}
    assert patch["spec"] == {"suspend": True}
    assert (
        "Deployment tv/api: its floor of 32 replicas falls to what its owner had set as soon as"
        " the operator sees the stop\n"
    ) in result.stdout
    assert '"annotations": {"onair.dev/stop": null}' in result.stdout


def test_a_word_of_an_earlier_stop(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Without --now it is taken away: this time there is a cool-down."""
    campaign(server)["metadata"]["annotations"] = {"onair.dev/stop": "now", "a": "b"}
    stop(monkeypatch, server)
    ((_, patch),) = server.patches
    assert patch["metadata"]["annotations"] == {"onair.dev/stop": None}


def test_times_are_the_campaigns(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """They are told in its zone; where that is wrong, in UTC."""
    campaign(server)["spec"]["timeZone"] = "Europe/Amsterdam"
    assert (
        "suspended at Sat 9 Jan 2027 20:30 (Europe/Amsterdam)" in stop(monkeypatch, server).stdout
    )
    campaign(server)["spec"]["timeZone"] = "Europe/Hilversum"
    assert "suspended at Sat 9 Jan 2027 19:30 (UTC)" in stop(monkeypatch, server).stdout


def test_others_need_it_too(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """What they need stays, and the slowest cool-down of all that are noted counts."""
    hold(server, entry := raise_target(server, "web", State.RAISED, Limits(32, 40)), "tv/mol")
    rows = json.loads(server.notes(entry)["onair.dev/campaigns"])
    slow = [*rows["tv/mol"][:3], "600.0", "60.0"]
    server.notes(entry)["onair.dev/campaigns"] = json.dumps(rows | {"tv/final": slow})
    plain = stop(monkeypatch, server).stdout
    assert (
        "Deployment tv/web: its floor of 32 replicas stays until Sat 9 Jan 2027 19:40 and has"
        " fallen to what tv/final needs at Sat 9 Jan 2027 19:43\n"
    ) in plain
    at_once = stop(monkeypatch, server, "mol", "--now").stdout
    assert "falls to what tv/final needs as soon as the operator sees the stop\n" in at_once
    server.notes(entry)["onair.dev/changed"] = json.dumps([32, (NOW - minutes(1)).isoformat()])
    campaign(server)["spec"].pop("suspend", None)
    cooling = stop(monkeypatch, server, "mol", "--now").stdout
    assert (
        "falls to what tv/final needs as soon as the operator sees the stop if nothing else is"
        " cooling down there; if another edit or deletion is, it begins to cool down anew instead\n"
    ) in cooling


@pytest.mark.parametrize(
    ("state", "floor", "want"),
    [
        pytest.param("captured", 0, "is not raised for it", id="captured"),
        pytest.param("raised", 0, "is being given back already", id="being given back"),
        pytest.param("restored", 0, "is not raised for it", id="given back"),
    ],
)
def test_nothing_falls(
    monkeypatch: pytest.MonkeyPatch, server: Server, state: str, floor: int, want: str
) -> None:
    """Where no floor is up, that is said."""
    entry = raise_target(server, "api", State(state), Limits(32, 40))
    server.notes(entry)["onair.dev/last-floor"] = json.dumps([floor, T0.isoformat()])
    hold(server, entry, "tv/mol")
    assert f"Deployment tv/api: {want}\n" in stop(monkeypatch, server).stdout


def test_nothing_is_held_for_it(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """What is held for others is not spoken of."""
    hold(server, raise_target(server, "api", State.RAISED, Limits(32, 40)), "tv/final")
    raise_workload(server, "Deployment", "web")
    assert stop(monkeypatch, server).stdout.splitlines()[1] == "Nothing is held for it."


def test_a_damaged_entry(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Nobody knows for whom that is held, which is said with where to read more."""
    damage(server, raise_target(server, "web", State.RAISED, Limits(32, 40)))
    result = stop(monkeypatch, server)
    assert result.exit_code == 0
    assert (
        result.stderr
        == "note: nobody knows for whom Deployment tv/web is held; `onair holds -n tv` says more\n"
    )


def test_the_ledger_may_not_be_read(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """The campaign is suspended all the same, and nothing is claimed of what it holds."""
    server.refused = {"controllerrevisions": ForbiddenError("no right to list them", 403)}
    result = stop(monkeypatch, server)
    assert len(server.patches) == 1
    assert "held" not in result.stdout
    assert "note: what is held for it cannot be seen: no right to list them" in result.stderr


def test_no_operator(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """That nobody gives anything back is said."""
    server.lease("")
    result = stop(monkeypatch, server)
    assert result.exit_code == 0
    assert "note: no process holds the Lease tv/onair" in result.stderr


def test_who_may_take_it_up_again(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """A tool that has said before whether it is suspended is named."""
    said: dict[str, object] = {"fieldsV1": {"f:spec": {"f:suspend": {}}}}
    other: dict[str, object] = {"fieldsV1": {"f:spec": {"f:load": {}}}}
    owners = [said | {"manager": "onair-stop"}, said | {"manager": "flux"}, other, {"manager": "x"}]
    campaign(server)["metadata"]["managedFields"] = owners
    result = stop(monkeypatch, server)
    assert result.stderr.startswith("note: flux has said before whether it is suspended")


@pytest.mark.parametrize(
    ("changes", "exit_code"), [pytest.param(4, 0, id="a few"), pytest.param(5, 1, id="on and on")]
)
def test_a_campaign_that_changes_meanwhile(
    monkeypatch: pytest.MonkeyPatch, server: Server, changes: int, exit_code: int
) -> None:
    """It is read again and again, for a while: its status is written by the operator."""
    server.changes = changes
    assert stop(monkeypatch, server).exit_code == exit_code
    assert len(server.patches) == 1 - exit_code


@pytest.mark.parametrize(
    ("word", "words", "step"),
    [
        pytest.param(None, ("mol",), "; --now leaves out what is left of its", id="plain"),
        pytest.param("now", ("mol",), "what is still held\n", id="at once, asked plainly"),
        pytest.param("now", ("mol", "--now"), "what is still held\n", id="at once again"),
    ],
)
def test_suspended_already(
    monkeypatch: pytest.MonkeyPatch,
    server: Server,
    word: str | None,
    words: tuple[str, ...],
    step: str,
) -> None:
    """That is said with where to look, and nothing is written."""
    campaign(server)["spec"]["suspend"] = True
    campaign(server)["metadata"]["annotations"] = {"onair.dev/stop": word} if word else {}
    result = stop(monkeypatch, server, *words)
    assert (result.exit_code, result.stdout, server.patches) == (1, "", [])
    assert "campaign tv/mol is suspended already; `onair holds -n tv` shows" in result.stderr
    assert step in result.stderr


def test_now_after_a_plain_stop(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """What is left of its cool-down can be left out afterwards."""
    campaign(server)["spec"]["suspend"] = True
    assert stop(monkeypatch, server, "mol", "--now").exit_code == 0
    assert len(server.patches) == 1


@pytest.mark.parametrize(
    ("refused", "want"),
    [
        pytest.param(
            {PATH: NotFoundError('campaigns.onair.dev "mol" not found', 404)},
            "there is no campaign tv/mol; ",
            id="no such campaign",
        ),
        pytest.param(
            {PATH: NotFoundError("the server could not find the requested resource", 404)},
            "this cluster serves no campaigns; are the CRDs there? ",
            id="no CRDs",
        ),
        pytest.param(
            {f"patch {PATH}": ForbiddenError("no right to patch", 403)},
            "no right to patch\n",
            id="forbidden",
        ),
        pytest.param(
            {f"patch {PATH}": ChangedError("spec.load: is wrong", 422)},
            "spec.load: is wrong\n",
            id="refused by the schema",
        ),
    ],
)
def test_refused(
    monkeypatch: pytest.MonkeyPatch, server: Server, refused: dict[str, Any], want: str
) -> None:
    """It ends with 1 and one line, which says what is wrong."""
    server.refused = refused
    result = stop(monkeypatch, server)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {want}")
    assert server.tried <= 1


@pytest.mark.parametrize(
    "name", [pytest.param("tv/mol", id="a path"), pytest.param("Mol", id="capitals")]
)
def test_no_name(monkeypatch: pytest.MonkeyPatch, server: Server, name: str) -> None:
    """What no campaign can be called is refused before anything is asked."""
    result = stop(monkeypatch, server, name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "CAMPAIGN: " in result.stderr
