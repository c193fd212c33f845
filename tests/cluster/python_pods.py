"""Real pods that run the machine's own Python, lent to them by hostPath: no image is needed."""

import sys
from pathlib import Path
from typing import Any

Body = dict[str, Any]

# Where Python, its modules and the libraries that it needs are.
_LENT = sorted({"/usr", "/lib", "/lib64", sys.base_prefix})


def python_pod(code: str, **container: object) -> Body:
    """Return the `spec` of a pod of one container, `main`, that runs Python code once."""
    volumes = [path for path in _LENT if Path(path).exists()]
    return {
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": 0,
        # Python may live in root's home.
        "securityContext": {"runAsUser": 0},
        "containers": [
            {
                "name": "main",
                "image": "onair.dev/pause:test",
                "imagePullPolicy": "Never",
                "command": [python(), "-u", "-c", code],
                "resources": {"requests": {"cpu": "5m", "memory": "16Mi"}},
                "volumeMounts": [
                    {"name": f"lent-{n}", "mountPath": path, "readOnly": True}
                    for n, path in enumerate(volumes)
                ],
                **container,
            }
        ],
        "volumes": [
            {"name": f"lent-{n}", "hostPath": {"path": str(Path(path).resolve())}}
            for n, path in enumerate(volumes)
        ],
    }


def python() -> str:
    """Return the path of the interpreter in those pods."""
    return f"{sys.base_prefix}/bin/python3"
