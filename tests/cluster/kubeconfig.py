"""Kubeconfig files: everything a client needs to reach one API server as one user."""

import base64
import json
from pathlib import Path


def write_kubeconfig(path: Path, url: str, authority: bytes, token: str, namespace: str) -> Path:
    """Write a kubeconfig that carries the authority (PEM) and the token itself; return its path.

    JSON is YAML, and needs no care about quoting.
    """
    cluster = {
        "server": url,
        "certificate-authority-data": base64.b64encode(authority).decode(),
    }
    context = {"cluster": "onair", "user": "onair", "namespace": namespace}
    path.touch(mode=0o600)
    path.write_text(
        json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": "onair", "cluster": cluster}],
                "users": [{"name": "onair", "user": {"token": token}}],
                "contexts": [{"name": "onair", "context": context}],
                "current-context": "onair",
            },
            indent=2,
        ),
    )
    return path
