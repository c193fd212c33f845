"""The load generator: when it sends, what it records, what it refuses."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from tests.crowd.answers import Answer, read
from tests.crowd.loopback import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Curve = list[tuple[float, float]]

CURVE: Curve = [(0, 20), (2, 100), (4, 0)]
NOBODY = "http://127.0.0.1:1/"


def test_stalled_server_does_not_slow_the_sending(generator: Path, tmp_path: Path) -> None:
    """Requests leave at their instants although no answer comes, and each of them is recorded."""
    with _silence() as url:
        answers = _generate(generator, tmp_path, CURVE, url)
    assert Counter(answer.outcome for answer in answers) == {"timeout": len(answers)}
    assert 180 < len(answers) < 300
    assert all(answer.lag < 0.5 for answer in answers)
    assert all(answer.latency == pytest.approx(2, abs=0.5) for answer in answers)


def test_latency_counts_from_the_planned_instant(
    generator: Path, server: Path, tmp_path: Path
) -> None:
    """A generator that was held up for a second sends late, and says so: nothing is left out."""
    with running(server, SLOTS="100", SERVICE_TIME="0s") as app:
        process = _start(generator, tmp_path, CURVE, app.url)
        with process:
            time.sleep(1 + 2)  # in the middle of the curve
            process.send_signal(signal.SIGSTOP)
            time.sleep(1)
            process.send_signal(signal.SIGCONT)
    answers = read(tmp_path / "answers.csv")
    assert max(answer.lag for answer in answers) == pytest.approx(1, abs=0.4)
    assert all(answer.latency >= answer.lag for answer in answers)


def test_curve_is_followed(generator: Path, tmp_path: Path) -> None:
    """Each stretch has about as many arrivals as its rate says, however short the stretches."""
    fine: Curve = [(tenth / 10, 20 if tenth < 20 else 100) for tenth in range(40)]
    planned = [a.planned for a in _generate(generator, tmp_path, [*fine, (4, 0)], NOBODY)]
    assert planned == sorted(planned)
    assert planned[-1] < 4
    assert sum(second < 2 for second in planned) == pytest.approx(40, abs=20)
    assert sum(second >= 2 for second in planned) == pytest.approx(200, abs=45)


def test_speed_shortens_the_seconds(generator: Path, tmp_path: Path) -> None:
    """At speed 4 the curve passes in a quarter of the time; the rates stay what they are."""
    planned = [a.planned for a in _generate(generator, tmp_path, CURVE, NOBODY, speed=4)]
    assert planned[-1] < 1
    assert sum(second >= 0.5 for second in planned) == pytest.approx(50, abs=25)


def test_one_seed_is_one_crowd(generator: Path, tmp_path: Path) -> None:
    """The same seed gives the same instants, another seed others."""
    short: Curve = [(0, 50), (1, 0)]
    one, same, other = (
        [a.planned for a in _generate(generator, tmp_path, short, NOBODY, seed=seed)]
        for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other


def test_every_answer_is_told_apart(generator: Path, server: Path, tmp_path: Path) -> None:
    """What is served, what is refused by a full server, and that nobody listens."""
    with running(server, SLOTS="1", QUEUE="0", SERVICE_TIME="100ms") as app:
        answers = _generate(generator, tmp_path, CURVE, app.url)
    assert {answer.outcome for answer in answers} == {"200", "503"}
    assert all(answer.latency >= 0.1 for answer in answers if not answer.failed)
    refused = _generate(generator, tmp_path, [(0, 20), (1, 0)], app.url)
    assert {answer.outcome for answer in refused} == {"refused"}


@pytest.mark.parametrize(
    ("url", "want"),
    [
        pytest.param("http://192.0.2.1/", "only addresses in 10.0.0.0/16", id="another network"),
        pytest.param("http://localhost/", "only addresses in 10.0.0.0/16", id="a name"),
        pytest.param("http://10.1.0.1/", "only addresses in 10.0.0.0/16", id="beyond the range"),
        pytest.param("http://10.0.0.1/", "it leads outside", id="outside the cluster"),
    ],
)
def test_only_a_service_of_the_cluster_is_asked(
    generator: Path, tmp_path: Path, url: str, want: str
) -> None:
    """It refuses an address that is not a Service's, and any from a network with a gateway."""
    assert want in _refusal(generator, tmp_path, CURVE, url)


@pytest.mark.parametrize(
    ("curve", "speed", "want"),
    [
        pytest.param([(0, 1001), (1, 0)], 1, "between 0 and 1000 are allowed", id="rate"),
        pytest.param([(0, -1), (1, 0)], 1, "between 0 and 1000 are allowed", id="negative rate"),
        pytest.param([(0, "NaN"), (1, 0)], 1, "between 0 and 1000 are allowed", id="no rate"),
        pytest.param([(0, 1), (901, 0)], 1, "a run may last 15m0s", id="time"),
        pytest.param([(0, 1), (451, 0)], 0.5, "a run may last 15m0s", id="time, slowed down"),
        pytest.param([(0, 1), (0, 2), (1, 0)], 1, "seconds must increase", id="order"),
        pytest.param([(0, 1)], 1, "have a second line", id="no end"),
        pytest.param([(0, 1), (1, 0)], 0, "-speed must be above 0", id="speed"),
    ],
)
def test_bounds_hold_whatever_is_asked(
    generator: Path,
    tmp_path: Path,
    curve: Curve,
    speed: float,
    want: str,
) -> None:
    """A rate above 1,000/s, a run above 15 minutes and a broken curve are refused unsent."""
    assert want in _refusal(generator, tmp_path, curve, NOBODY, speed=speed)


def _generate(
    generator: Path, folder: Path, curve: Curve, url: str, **options: float
) -> list[Answer]:
    code, said = _run(generator, folder, curve, url, **options)
    assert code == 0, said
    return read(folder / "answers.csv")


def _refusal(generator: Path, folder: Path, curve: Curve, url: str, **options: float) -> str:
    code, said = _run(generator, folder, curve, url, **options)
    assert code == 1
    assert not (folder / "answers.csv").exists()
    return said


def _run(
    generator: Path, folder: Path, curve: Curve, url: str, **options: float
) -> tuple[int, str]:
    with _start(generator, folder, curve, url, **options) as process:
        _, said = process.communicate(timeout=60)
    return process.returncode, said


def _start(
    generator: Path, folder: Path, curve: Curve, url: str, **options: float
) -> subprocess.Popen[str]:
    rates = folder / "rates.csv"
    rates.write_text("".join(f"{second},{rate}\n" for second, rate in curve))
    begin = Clock.real_now() + timedelta(seconds=1)
    given = [f"-{name}={value}" for name, value in options.items()]
    return subprocess.Popen(
        [
            *(generator, "-rates", rates, "-answers", folder / "answers.csv"),
            *("-begin", begin.isoformat(), *given, url),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def _silence() -> Iterator[str]:
    """Listen on loopback, and never answer."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
