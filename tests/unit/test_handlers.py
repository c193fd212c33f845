"""How kopf is fed: its logins through its own vault, its events into the observer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from kopf._cogs.structs.credentials import Vault
from kopf._cogs.structs.ephemera import AnyMemo
from kopf._core.engines.activities import authenticate
from kopf._core.engines.indexing import OperatorIndexers

from onair import handlers
from onair.cluster import resources

if TYPE_CHECKING:
    import kopf
    import pytest

TRIES = 5
"""More than kopf remembers refusals."""

ACCESS = {"server": "https://10.0.0.1:443", "token": "the same"}


class Server:
    """A way to the API server whose token never changes."""

    async def access(self) -> dict[str, Any]:
        """Return the access of always."""
        return ACCESS


class Deaf:
    """An observer with a defect."""

    def see(self, *_: object, **__: object) -> None:
        """Understand nothing."""
        raise KeyError("spec")


def registry(observer: object = None) -> kopf.OperatorRegistry:
    """Return the handlers of an operator with such an observer."""
    return handlers.make_registry(Server(), observer)  # type: ignore[arg-type]


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


def test_what_is_not_understood_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """Of kopf nothing is heard, so a defect that one object brings to light is ours to say."""
    own = registry(Deaf())
    body = {"metadata": {"name": "api", "namespace": "tv"}}
    handler: Any = next(iter(own._watching.get_all_handlers()))  # noqa: SLF001 - as kopf has it
    asyncio.run(handler.fn(event={"type": "MODIFIED", "object": body}))
    assert [record.name for record in caplog.records] == ["onair.handlers"]
    assert resources.WATCHED[0].plural in caplog.text
    assert "KeyError: 'spec'" in caplog.text
