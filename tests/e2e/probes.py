"""What an operator process answers to probes and to Prometheus."""

from __future__ import annotations

from http.client import HTTPConnection

from tests.cluster.ports import LOOPBACK, free_ports


class Probes:
    """The answers of the operator that was started with `option`."""

    def __init__(self) -> None:
        (self._port,) = free_ports(1)

    @property
    def option(self) -> str:
        """The option that makes an operator answer here."""
        return f"--listen={LOOPBACK}:{self._port}"

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of an answer, (0, "") where nobody answers."""
        connection = HTTPConnection(LOOPBACK, self._port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except ConnectionError:
            return 0, ""
        finally:
            connection.close()

    def readyz(self) -> tuple[int, str]:
        """Return status and text of `/readyz`."""
        return self.get("/readyz")
