"""What befalls single requests, and whether they are carried out."""

from __future__ import annotations

from http.client import IncompleteRead
from typing import TYPE_CHECKING

import pytest

from tests.faults.proxy.client import Client
from tests.faults.proxy.faults import Answer, Cut, Delay, DropReply, Hold, KillAfter, KillBefore
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant
    from tests.faults.proxy.faults import Fault
    from tests.faults.proxy.proxy import Proxy

CREATE = Match(verbs=("create",), resource="controllerrevisions")
BROKEN = (ConnectionError, IncompleteRead)


@pytest.mark.parametrize(
    ("fault", "kills", "there"),
    [
        pytest.param(KillBefore(), 1, [], id="killed before"),
        pytest.param(KillAfter(), 1, ["one"], id="killed after"),
        pytest.param(DropReply(), 0, ["one"], id="reply lost"),
        pytest.param(Hold(0.2), 0, [], id="held"),
        pytest.param(Cut(), 0, ["one"], id="cut"),
    ],
)
def test_no_answer(
    client: Client, proxy: Proxy, fault: Fault, kills: int, there: list[str]
) -> None:
    """The connection breaks off, the write has its effect or not, the operator dies or not."""
    at_death = []
    proxy.kill = lambda: at_death.append(sorted(client.list()))
    proxy.rules = [Rule(CREATE, fault)]
    with pytest.raises(BROKEN):
        client.create("one")
    assert sorted(client.list()) == there
    assert at_death == [there] * kills
    entry = proxy.journal[0]
    assert (entry.fault, entry.served, entry.answered) == (fault, 201 if there else 0, 0)


@pytest.mark.parametrize(
    ("fault", "there"),
    [
        pytest.param(Hold(60), False, id="held"),
        pytest.param(Delay(there=60), False, id="late on the way there"),
        pytest.param(Delay(back=60), True, id="late on the way back"),
    ],
)
def test_no_word(
    proxy: Proxy,
    tenant: Tenant,
    fault: Fault,
    there: bool,  # noqa: FBT001 - what is expected
) -> None:
    """The connection stays open and silent."""
    client = Client(proxy.kubeconfig, tenant.namespace, silent=1)
    proxy.rules = [Rule(CREATE, fault)]
    with pytest.raises(TimeoutError):
        client.create("one")
    assert bool(client.list()) is there


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param(403, "Forbidden", id="refused"),
        pytest.param(410, "Expired", id="too old"),
        pytest.param(429, "TooManyRequests", id="too many"),
        pytest.param(500, "InternalError", id="broken"),
        pytest.param(503, "ServiceUnavailable", id="away"),
        pytest.param(504, "Timeout", id="too slow"),
    ],
)
def test_status(client: Client, proxy: Proxy, code: int, reason: str) -> None:
    """An error is a Status as the API server words it, and the request is not carried out."""
    proxy.rules = [Rule(CREATE, Answer(code, retry_after="7"))]
    said = client.create("one")
    assert (said.status, said.headers["Retry-After"]) == (code, "7")
    assert (said.body["kind"], said.body["reason"], said.body["code"]) == ("Status", reason, code)
    assert not client.list()


def test_status_after(client: Client, proxy: Proxy) -> None:
    """An error may come although the request was carried out."""
    proxy.rules = [Rule(CREATE, Answer(504, carried_out=True))]
    assert client.create("one").status == 504
    assert client.list() == {"one": 1}
    assert (proxy.journal[0].served, proxy.journal[0].answered) == (201, 504)


def test_one_of_many(client: Client, proxy: Proxy) -> None:
    """Only the requests whose turn it is suffer."""
    proxy.rules = [Rule(CREATE, Answer(503), first=2, times=1)]
    assert [client.create(name).status for name in "abc"] == [201, 503, 201]
