"""Who can be hit by a fault at the moment, and the one place where it is told what was hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.soak.stage import HOME

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.soak.faults import Fault
    from tests.soak.owners import Owners
    from tests.soak.posts import Post
    from tests.soak.stage import Stage

LEASE = f"/apis/coordination.k8s.io/v1/namespaces/{HOME}/leases/onair"


class Scene:
    """What a fault needs to know; `tell` takes one line about each."""

    def __init__(
        self, stage: Stage, posts: tuple[Post, Post], owners: Owners, tell: Callable[[str], None]
    ) -> None:
        self._stage = stage
        self._posts = posts
        self.owners = owners
        self._tell = tell

    def say(self, fault: Fault, what: str) -> None:
        """Tell what a fault hits, in a few words."""
        self._tell(f"minute {fault.at / 60:6.2f}: {fault.kind}: {what}")

    def leader(self) -> Post:
        """Return the post whose process holds the Lease; any, while none does."""
        spec = self._stage.api.request("GET", LEASE)["spec"]
        holders = (post for post in self._posts if post.identity == spec.get("holderIdentity"))
        return next(holders, self._posts[0])

    def standby(self) -> Post:
        """Return the other post."""
        leader = self.leader()
        return next(post for post in self._posts if post is not leader)

    def posts(self, whom: str) -> tuple[Post, ...]:
        """Return the posts that are meant by "leader", "standby" or "both"."""
        named = {"leader": self.leader, "standby": self.standby}
        return (named[whom](),) if whom in named else self._posts

    def version(self) -> int:
        """Return the newest resource version of all."""
        path = f"/api/v1/namespaces/{HOME}/configmaps"
        body = self._stage.api.request("GET", path, query={"limit": "1"})
        return int(body["metadata"]["resourceVersion"])
