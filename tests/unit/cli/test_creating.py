"""Creating a campaign where its target sets are: the lead that counts, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click
import pytest

from onair.cli.creating import create
from onair.cluster.errors import ApiError, ExistsError, NotFoundError, UnreachableError
from onair.model.parse import parse_campaign
from tests.unit.plan.example import CAMPAIGN, TARGET_SET

if TYPE_CHECKING:
    from onair.model.campaigns import CampaignSpec

LEADS = {"mol": "10m", "slow": "40m", "quick": "1m"}


class Server:
    """An API server with target sets of several leads; what is created in it can be refused."""

    def __init__(self, refusal: ApiError | None = None) -> None:
        self.created: list[dict[str, Any]] = []
        self._refusal = refusal

    async def get(self, path: str) -> dict[str, Any]:
        """Return a target set."""
        name = path.rpartition("/")[2]
        if name not in LEADS:
            raise NotFoundError(name, 404)
        return {"spec": TARGET_SET | {"warmUp": {"lead": LEADS[name]}}}

    async def create(self, _path: str, body: dict[str, Any]) -> None:
        """Take an object in."""
        if self._refusal:
            raise self._refusal
        self.created.append(body)

    async def close(self) -> None:
        """Do nothing."""


def campaign(*names: str) -> tuple[dict[str, Any], CampaignSpec]:
    """Return a campaign that aims at target sets, and its spec."""
    spec = CAMPAIGN | {"targetSets": [{"name": name} for name in names]}
    body = {"metadata": {"namespace": "tv", "name": "now"}, "spec": spec}
    return body, parse_campaign(body)


def created(monkeypatch: pytest.MonkeyPatch, server: Server, *names: str) -> timedelta:
    """Create a campaign in a server."""

    async def connect() -> Server:
        return server

    monkeypatch.setattr("onair.cli.creating.KubeApi.connect", connect)
    return create(*campaign(*names))


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("mol", "slow", "quick"), id="in the middle"),
        pytest.param(("slow", "mol"), id="first"),
        pytest.param(("mol", "slow"), id="last"),
    ],
)
def test_the_longest_lead_counts(monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]) -> None:
    """The crowd can be served when the slowest of the targets is ready."""
    server = Server()
    assert created(monkeypatch, server, *names) == timedelta(minutes=40)
    assert server.created == [campaign(*names)[0]]


@pytest.mark.parametrize(
    ("names", "refusal", "said"),
    [
        pytest.param(("gone",), None, "there is no TargetSet 'gone'", id="no target set"),
        pytest.param(
            ("mol",), ExistsError("409", 409), "there is a campaign tv/now already", id="there"
        ),
        pytest.param(("mol",), ApiError("frozen", 403), "^frozen$", id="the server refuses it"),
        pytest.param(
            ("mol",), UnreachableError("timed out"), "; try `kubectl version`", id="no answer"
        ),
    ],
)
def test_refused(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], refusal: ApiError | None, said: str
) -> None:
    """In plain words, with what to do; nothing is created."""
    server = Server(refusal)
    with pytest.raises(click.ClickException, match=said):
        created(monkeypatch, server, *names)
    assert server.created == []
