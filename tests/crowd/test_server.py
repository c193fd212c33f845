"""The application that a crowd can exhaust."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cluster.waiting import until
from tests.crowd.loopback import SETTINGS, Running, running


def test_beyond_slots_and_queue_it_answers_503_at_once(server: Path) -> None:
    """Of five at a time two are served, one waits for a slot and is served, two get 503 at once."""
    with running(server) as app, ThreadPoolExecutor() as pool:
        began = time.monotonic()
        answers = list(pool.map(lambda _: _timed(app, began), range(5)))
    assert Counter(status for status, _ in answers) == {200: 3, 503: 2}
    served = sorted(seconds for status, seconds in answers if status == 200)
    assert all(1 <= seconds < 1.7 for seconds in served[:2])
    assert 2 <= served[2] < 2.7
    assert all(seconds < 0.7 for status, seconds in answers if status == 503)


def test_slot_is_free_again_afterwards(server: Path) -> None:
    """A full server serves again as soon as it has served."""
    with running(server, SERVICE_TIME="10ms") as app:
        assert [app.ask() for _ in range(5)] == [200] * 5


def test_request_burns_processor_time(server: Path) -> None:
    """Ten requests of 50 ms of processor time use half a second of it."""
    with running(server, CPU_PER_REQUEST="50ms", SERVICE_TIME="0s") as app:
        before = _processor_seconds(app.process.pid)
        assert [app.ask() for _ in range(10)] == [200] * 10
        assert 0.45 <= _processor_seconds(app.process.pid) - before < 0.7


def test_ready_after_its_start_up(server: Path) -> None:
    """/readyz answers 503 until START_UP has passed."""
    began = time.monotonic()
    with running(server, START_UP="1s") as app:
        assert app.ask("/readyz") == 503
        until(lambda: app.ask("/readyz") == 200, seconds=10)
        assert 0.9 <= time.monotonic() - began < 3


def test_sigterm_serves_what_it_has(server: Path) -> None:
    """After SIGTERM it is no longer Ready, accepts while it drains, and ends when all is served."""
    with running(server, SERVICE_TIME="2s", DRAIN="500ms") as app:
        accepted = HTTPConnection("127.0.0.1", app.port, timeout=30)
        accepted.request("GET", "/")
        assert app.ask("/readyz") == 200  # it accepts in order: so it has the first one, too
        app.process.send_signal(signal.SIGTERM)
        until(lambda: app.ask("/readyz") == 503, seconds=10)
        assert accepted.getresponse().status == 200
        assert app.process.wait(timeout=10) == 0
        with pytest.raises(ConnectionRefusedError):
            app.ask()


@pytest.mark.parametrize(
    ("name", "value", "want"),
    [
        pytest.param("SLOTS", "0", "a number of at least 1, not ", id="no slot"),
        pytest.param("QUEUE", "-1", "a number of at least 0, not ", id="negative queue"),
        pytest.param("SERVICE_TIME", "200", "a duration such as 200ms, not ", id="no unit"),
        pytest.param("START_UP", "-1s", "a duration such as 200ms, not ", id="negative duration"),
        pytest.param("LISTEN", "", "must be set in the environment", id="missing"),
    ],
)
def test_wrong_setting_is_named(server: Path, name: str, value: str, want: str) -> None:
    """It does not start with a setting that makes no sense, and says which and why."""
    done = subprocess.run(
        [server],
        env=SETTINGS | {name: value},
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name} must")
    assert want in done.stderr


def _timed(app: Running, began: float) -> tuple[int, float]:
    return app.ask(), time.monotonic() - began


def _processor_seconds(pid: int) -> float:
    """Return what the scheduler has counted for every thread of a process (schedstat, ns)."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
