"""Ten thousand campaigns that cannot work: what those beside them notice.

Poison that no API server would take is in tests/e2e/test_etcd.py, in small numbers.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle
from math import ceil
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, MeasureError
from tests.bench.fleet import create, names, show, workloads
from tests.e2e.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster.control_plane import ControlPlane
    from tests.cluster.progress import Say

BROKEN = 10_000
HALF = 100
"""HPAs that are due at one instant: some before anything is broken, as many afterwards."""

BEGIN = datetime.fromisoformat("2027-01-09T19:00:00Z")
AHEAD = timedelta(seconds=80)
"""From an announcement until it is due; the ledger entries are made a minute before."""

RAISED = timedelta(seconds=15)
"""After an instant: when all are raised, even on a busy machine."""

LEAD = timedelta(minutes=5)
WRONG: tuple[dict[str, object], ...] = (
    {"timeZone": "Europe/Hilversum"},
    dict.fromkeys(("targets", "warmUp", "coolDown")) | {"targetSets": [{"name": "nowhere"}]},
    {},  # no such workload
)


def measure(plane: ControlPlane, say: Say) -> Iterator[Figure]:
    """Run one operator under the generated rights, and yield its figures.

    Raises:
        MeasureError: not everything was raised, or refused.
    """
    say(f"creating {2 * HALF} workloads with HPAs")
    tenant = Tenant(plane, "broken", plane.folder)
    create(tenant, workloads(2 * HALF))
    first, second = names(2 * HALF)[:HALF], names(2 * HALF)[HALF:]
    tenant.set_calendar(BEGIN.isoformat(), speed=1)
    process = tenant.start_operator()
    try:
        alone = _late(tenant, first)
        say(f"creating {BROKEN} broken campaigns")
        create(tenant, _broken())
        beside = _late(tenant, second)
        refused = sum(map(_is_refused, tenant.api.list("Campaign", tenant.namespace)))
    finally:
        process.stop()
    if refused != BROKEN:
        raise MeasureError(f"{refused} of {BROKEN} campaigns say that they cannot be planned")
    yield Figure("due_beside_10000_broken_p99", beside, "s", 2)
    yield Figure("due_beside_10000_broken_over_alone", beside / alone, "times", 2)


def _broken() -> Iterator[dict[str, object]]:
    for number, wrong in zip(range(BROKEN), cycle(WRONG), strict=False):
        body = show(f"broken-{number:05}", "nowhere", BEGIN + timedelta(hours=1))
        spec = body["spec"] | wrong
        yield body | {"spec": {key: value for key, value in spec.items() if value is not None}}


def _late(tenant: Tenant, some: list[str]) -> float:
    """Announce shows, wait until they are due; return by how many seconds 99 % are late at most."""
    due = (tenant.clock.now() + AHEAD).replace(microsecond=0)
    create(tenant, (show(name, name, due + LEAD) for name in some))
    tenant.wait_until(due + RAISED)
    raised = [r.at for r in tenant.writes("horizontalpodautoscalers") if r.name in set(some)]
    if len(raised) != len(some):
        said = "\n".join(tenant.last_words().splitlines()[:20])
        raise MeasureError(f"{len(raised)} of {len(some)} HPAs were raised within {RAISED}\n{said}")
    late = sorted((tenant.calendar_of(at) - due).total_seconds() for at in raised)
    return late[ceil(0.99 * len(late)) - 1]


def _is_refused(body: dict[str, object]) -> bool:
    status = body.get("status")
    said = status.get("conditions", ()) if isinstance(status, dict) else ()
    return any((c["type"], c["status"]) == ("Valid", "False") for c in said)
