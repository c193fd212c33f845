"""One at a time on a machine, for work that ends in files."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.progress import Say


@contextmanager
def only_one(lock: Path, say: Say) -> Iterator[None]:
    """Run the block while nobody else on this machine holds the lock file; say it when waiting."""
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another build is running: waiting for it")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
