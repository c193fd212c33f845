"""What of the machine a real node could change: its settings, mounts, network and folders."""

import os
import subprocess
from pathlib import Path
from typing import IO

# Figures of the kernel itself, which anybody may set and nobody does.
COUNTERS = {"kernel/ns_last_pid", "kernel/perf_event_max_sample_rate"}
# Where kubelet, containerd, their plugins and `ip netns` would keep things by default.
PLACES = (
    "/etc/cni",
    "/opt/cni",
    "/opt/containerd",
    "/run/containerd",
    "/run/netns",
    "/usr/libexec/kubernetes",
    "/var/lib/cni",
    "/var/lib/containerd",
    "/var/lib/kubelet",
    "/var/log/containers",
    "/var/log/pods",
)
NETWORK = (
    ("ip", "-brief", "address"),
    ("ip", "route", "show", "table", "all"),
    ("ip", "rule"),
    ("nft", "--stateless", "list", "ruleset"),
)


def settings() -> dict[str, str]:
    """Return the machine's settings by name, as far as anybody may change them."""
    root = Path("/proc/sys")
    found = {}
    for path in root.rglob("*"):
        name = str(path.relative_to(root))
        if path.is_file() and path.stat().st_mode & 0o222 and name not in COUNTERS:
            try:
                found[name] = path.read_text(errors="replace")
            except OSError:
                continue  # only to be written, or without a value at the moment
    return found


def changed(before: dict[str, str]) -> dict[str, str | None]:
    """Return the settings that are not what they were.

    New ones are not among them: the kernel adds some with each module that it loads.
    """
    now = settings()
    return {name: now.get(name) for name, value in before.items() if now.get(name) != value}


def surroundings() -> dict[str, list[str]]:
    """Return the machine's mounts, links, addresses, routes, packet filters and folders."""
    told = {
        " ".join(command): subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout.splitlines()
        for command in NETWORK
    }
    places = [str(path) for place in PLACES for path in (Path(place), *Path(place).glob("*"))]
    places = [place for place in places if Path(place).exists()]
    mounts = Path("/proc/self/mountinfo").read_text().splitlines()
    return told | {"places": places, "mounts": mounts}


def control_groups() -> set[Path]:
    """Return the folders of control groups in which nothing runs: what a node could leave."""
    found = set()
    for folder, _, _ in os.walk("/sys/fs/cgroup", topdown=False):
        path = Path(folder)
        try:
            empty = not (path / "cgroup.procs").read_text()
        except OSError:
            continue  # gone since
        if empty:
            found.add(path)
    return found


def processes_in(namespace: IO[bytes]) -> list[Path]:
    """Return the processes in a namespace, given one of its files such as /proc/1/ns/net.

    As long as the file is open, no other namespace takes its number.
    """
    number = os.fstat(namespace.fileno()).st_ino
    found = []
    for link in Path("/proc").glob(f"[0-9]*/ns/{Path(namespace.name).name}"):
        try:
            if link.stat().st_ino == number:
                found.append(link.parents[1])
        except OSError:
            continue  # gone since
    return found
