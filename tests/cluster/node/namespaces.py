"""How to run something where a cluster with a real node lives: known by the cluster's folder."""

from pathlib import Path

# Files with the process that holds the namespaces, in the folder that goes with the node.
NETWORK = "node/network.pid"
NODE = "node/init.pid"


def in_network(folder: Path) -> list[str]:
    """Return what to put before a command so that it reaches the cluster; often nothing."""
    holder = folder / NETWORK
    return _enter(holder, "--net") if holder.exists() else []


def in_node(folder: Path) -> list[str]:
    """Return what to put before a command so that it runs on the real node."""
    return _enter(folder / NODE, "--net", "--pid", "--mount")


def _enter(holder: Path, *namespaces: str) -> list[str]:
    return ["nsenter", f"--target={holder.read_text()}", *namespaces]
