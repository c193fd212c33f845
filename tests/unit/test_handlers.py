"""How kopf is fed: its logins through its own vault, its events into the observer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from kopf._cogs.structs.credentials import Vault
from kopf._cogs.structs.ephemera import AnyMemo
from kopf._core.engines.activities import authenticate
from kopf._core.engines.indexing import OperatorIndexers

from onair import handlers
from onair.cluster import resources

if TYPE_CHECKING:
    import kopf

TRIES = 5
"""More than kopf remembers refusals."""

ACCESS = {"server": "https://10.0.0.1:443", "token": "the same"}


async def access() -> dict[str, Any]:
    """Return the access of always."""
    return ACCESS


def registry(feed: handlers.Feed = lambda *_: None) -> kopf.OperatorRegistry:
    """Return the handlers of an operator that feeds so."""
    return handlers.make_registry(access, feed)


async def log_in(vault: Vault, own: kopf.OperatorRegistry) -> None:
    """Let kopf log in once its vault is empty."""
    await authenticate(
        registry=own,
        settings=handlers.make_settings(),
        indices=OperatorIndexers().indices,
        vault=vault,
        memo=AnyMemo(None),
    )


def test_a_token_that_was_refused_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One 401 of a server in trouble ends no watch, although the token is still the same."""
    monkeypatch.setattr(handlers, "RETRY_WATCH", 0.0)

    async def scenario() -> list[dict[str, Any]]:
        vault, own = Vault(), registry()
        await log_in(vault, own)
        tried: list[dict[str, Any]] = []
        async for key, info in vault:
            tried.append({field: getattr(info, field) for field in ACCESS})
            if len(tried) == TRIES:
                break
            again = asyncio.create_task(log_in(vault, own))
            await vault.invalidate(key, info, exc=RuntimeError("401"))
            await again
        return tried

    assert asyncio.run(scenario()) == [ACCESS] * TRIES


@pytest.mark.parametrize("kind", [pytest.param(k, id=str(k)) for k in (None, "MODIFIED")])
def test_what_happened_is_handed_on(kind: str | None) -> None:
    """The kind, what befell it and the object, of a list as well as of a change."""
    fed: list[tuple[Any, ...]] = []
    own = registry(lambda *said: fed.append(said))
    body = {"metadata": {"name": "api", "namespace": "tv"}}
    handler: Any = next(iter(own._watching.get_all_handlers()))  # noqa: SLF001 - as kopf has it
    asyncio.run(handler.fn(event={"type": kind, "object": body}))
    assert fed == [(resources.WATCHED[0], kind, body)]


def test_kopf_remembers_no_object() -> None:
    """What it would keep of each is for handlers that there are none of."""

    async def recall_twice() -> list[object]:
        memories = handlers.NoMemories()
        body: Any = {"metadata": {"uid": "one"}}
        recalled = [await memories.recall(body, noticed_by_listing=True) for _ in range(2)]
        assert list(memories.iter_all_memories()) == []
        return [recalled[0] is recalled[1], recalled[0].noticed_by_listing]

    assert asyncio.run(recall_twice()) == [False, True]
