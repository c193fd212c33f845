"""One cluster for several processes that begin and end when they like."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cluster.cluster import Cluster
from tests.cluster.lock import only_one
from tests.cluster.progress import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Prepare = Callable[[Path], AbstractContextManager[Cluster]]

OTHERS_END_WITHIN = 900.0
POLL = 0.1


@contextmanager
def shared(folder: Path, me: str, prepare: Prepare) -> Iterator[Cluster]:
    """Yield the cluster that somebody else has prepared, or prepare one for all.

    Who prepared it keeps it until nobody uses it any more, and who comes later still prepares a new
    one. `folder` is common to all, `me` a name of the caller's own in it; `prepare` is given the
    folder of the new cluster.

    Raises:
        TimeoutError: the others used it for another 15 minutes.
    """
    used_by = folder / "used-by"
    used_by.mkdir(exist_ok=True)
    ready = folder / "ready"
    with ExitStack() as at_end:
        with only_one(folder / "lock", silent):
            if ready.exists():
                cluster = Cluster(Path(ready.read_text()))
            else:
                home = folder / me
                home.mkdir()
                cluster = at_end.enter_context(prepare(home))
                ready.write_text(str(home))
                at_end.callback(_close, folder)
            (used_by / me).touch()
            at_end.callback((used_by / me).unlink)
        yield cluster


def _close(folder: Path) -> None:
    """Return when nobody uses the cluster, and nobody will."""
    deadline = time.monotonic() + OTHERS_END_WITHIN
    while True:
        with only_one(folder / "lock", silent):
            if not any((folder / "used-by").iterdir()):
                (folder / "ready").unlink()
                return
        if time.monotonic() > deadline:
            raise TimeoutError(f"others use the cluster after {OTHERS_END_WITHIN:.0f} s")
        time.sleep(POLL)
