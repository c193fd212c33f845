"""The faults of a soak come, hit two replicas, and go again without a trace."""

from __future__ import annotations

import subprocess
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.cluster.waiting import until
from tests.e2e.operators import waited
from tests.soak import starving
from tests.soak.course import Course
from tests.soak.faults import KINDS
from tests.soak.posts import Post
from tests.soak.scene import LEASE, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator


class Sleeper:
    """A process that does nothing, in the place of an operator."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(["sleep", "60"])
        self.pid = self._process.pid

    @property
    def running(self) -> bool:
        """Tell whether it still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()

    def said(self) -> str:
        """Return what it printed."""
        return "one\ntwo\nthree\nfour"


@pytest.fixture
def posts() -> Iterator[tuple[Post, Post]]:
    """Two posts without a proxy or an operator; the first one leads."""
    names = (f"onair-{number}" for number in count(1))
    one, two = (Post(proxy(), names, started) for _ in range(2))
    yield one, two
    for post in (one, two):
        post.kill()


def proxy() -> Any:  # noqa: ANN401 - a stand-in
    """Return what of a proxy a post needs."""
    return SimpleNamespace(kubeconfig=None, rules=(), kill=None)


def started(*_: object) -> Any:  # noqa: ANN401 - a stand-in
    """Return a process."""
    return Sleeper()


def scene(posts: tuple[Post, Post], told: list[str]) -> Scene:
    """Return a scene with an API server that knows the Lease and a version, and with owners."""

    def request(_: str, path: str, **__: object) -> dict[str, Any]:
        spec = {"holderIdentity": posts[0].identity} if path == LEASE else {}
        return {"spec": spec, "metadata": {"resourceVersion": "5"}}

    owners: Any = SimpleNamespace(edit=lambda *_, **__: "edited", apply=lambda *_, **__: "applied")
    stage: Any = SimpleNamespace(api=SimpleNamespace(request=request))
    return Scene(stage, posts, owners, told.append)


@pytest.mark.parametrize("kind", KINDS)
def test_come_and_go(kind: str, posts: tuple[Post, Post]) -> None:
    """Each says what it hits, and leaves no rule behind and nobody who ended by himself."""
    told: list[str] = []
    fault = next(f for f in Course.of(1, len(KINDS)).faults if f.kind == kind)
    waits = list(KINDS[kind].play(fault, scene(posts, told)))
    assert all(wait > 0 for wait in waits)
    assert [line.split(": ")[1] for line in told] == [kind]
    assert [list(post.proxy.rules) for post in posts] == [[], []]
    assert [post.look() for post in posts] == ["", ""]


def test_ended_by_itself(posts: tuple[Post, Post]) -> None:
    """A process that ends unasked is started again under another name, with its last words kept."""
    posts[0].process.kill()
    assert posts[0].look() == "onair-1: two | three | four"
    assert (posts[0].identity, posts[0].process.running, posts[0].look()) == ("onair-3", True, "")


def test_killed_at_a_write(posts: tuple[Post, Post]) -> None:
    """Whoever is killed by a rule of the proxy was meant to be."""
    posts[1].proxy.kill()
    assert not posts[1].process.running
    assert (posts[1].look(), posts[1].identity) == ("", "onair-3")


def test_frozen(posts: tuple[Post, Post]) -> None:
    """A process that is stopped is there all the while, and goes on in the end."""
    fault = next(f for f in Course.of(1, len(KINDS)).faults if f.kind == "frozen")
    play = KINDS["frozen"].play(fault, scene(posts, []))
    next(play)
    until(lambda: state(posts[0]) == "T", 10)
    assert next(play, None) is None
    until(lambda: state(posts[0]) == "S", 10)


def state(post: Post) -> str:
    """Return the letter that the kernel has for what a process does."""
    done = subprocess.run(
        ["ps", "-o", "s=", "-p", str(post.process.pid)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("share", "want"), [pytest.param(10, 1, id="starved"), pytest.param(0, 0, id="idle")]
)
def test_starving(monkeypatch: pytest.MonkeyPatch, share: int, want: int) -> None:
    """A process that waits for a core for long is an excuse; one that sleeps is none."""
    waits = count(0, share)
    monkeypatch.setattr(starving, "waited", lambda _: next(waits))
    monkeypatch.setattr(starving, "EVERY", 0)
    found = starving.Starving()
    found.look([1])
    found.look([1])
    assert len(found.outages) == want


def test_waited() -> None:
    """The kernel counts from the start; of a process that has ended nothing is known."""
    process = subprocess.Popen(["sleep", "0"])
    process.wait()
    assert waited(process.pid) == 0
    assert waited(1) >= 0
