"""What a kubeconfig of `tests.cluster` says: where the API server is, and who asks."""

from __future__ import annotations

import base64
import json
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Access:
    """The address, the authority that is trusted, and the token and the namespace of the user."""

    url: str
    trust: ssl.SSLContext
    token: str
    namespace: str

    @classmethod
    def read(cls, kubeconfig: Path) -> Self:
        """Read a kubeconfig."""
        config = json.loads(kubeconfig.read_text())
        cluster = config["clusters"][0]["cluster"]
        authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
        return cls(
            cluster["server"],
            ssl.create_default_context(cadata=authority),
            config["users"][0]["user"]["token"],
            config["contexts"][0]["context"]["namespace"],
        )
