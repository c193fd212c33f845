"""The addresses of the real node, in a network namespace of the cluster's own."""

import subprocess
from collections.abc import Callable

from tests.cluster.processes import StartError

# The node's one address, on its loopback interface, where pods and the API server reach it.
ADDRESS = "10.99.0.1"
PODS = "10.244.0.0/24"
SERVICES = "10.0.0.0/16"
# The `kubernetes` Service: the first address of the range.
API_SERVICE = "10.0.0.1"

# Services need any route at all, for kube-proxy to see what the node's own programs send there.
_SET_UP = f"""\
link set lo up
address add {ADDRESS}/32 dev lo
route add {SERVICES} dev lo src {ADDRESS}
"""


def set_up_network(command: Callable[..., list[str]]) -> None:
    """Give a new network namespace its addresses; `command` wraps what is to be run in it.

    Raises:
        StartError: `ip` refused; with what it said.
    """
    done = subprocess.run(
        command("ip", "-batch", "-"), input=_SET_UP, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise StartError(f"the real node's network could not be set up: {done.stderr.strip()}")
