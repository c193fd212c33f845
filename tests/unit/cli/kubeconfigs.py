"""Kubeconfigs of a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def kubeconfig(folder: Path, context: str = "cluster: a, user: a") -> Path:
    """Write a kubeconfig whose API server does not answer, with this context."""
    path = folder / "kubeconfig"
    path.write_text(
        "apiVersion: v1\nkind: Config\n"
        'clusters: [{name: a, cluster: {server: "http://127.0.0.1:1"}}]\n'
        "users: [{name: a, user: {}}]\n"
        f"contexts: [{{name: a, context: {{{context}}}}}]\ncurrent-context: a\n"
    )
    return path
