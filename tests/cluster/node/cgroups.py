"""The control groups of one real node: a folder of its own in each hierarchy of the machine."""

import secrets
import shutil
from pathlib import Path

HIERARCHIES = Path("/sys/fs/cgroup")


def new_group() -> str:
    """Return the name of a group that nobody has: its path below each hierarchy."""
    return f"/onair-{secrets.token_hex(4)}"


def folders(group: str) -> list[Path]:
    """Return the folders of a group; some machines know a hierarchy under several names."""
    roots = {path.resolve() for path in HIERARCHIES.iterdir() if path.is_dir()}
    return [root / group.removeprefix("/") for root in sorted(roots)]


def make_empty(group: str) -> None:
    """Make a group's folders, without what an earlier life of the node has left in them.

    The kubelet would wait 3 s for each dead container whose folder it finds.
    """
    for folder in folders(group):
        # The files in it refuse to go, but need not be gone before the folder.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
