"""Two campaigns on one target: their curves add up, and there is one restore, after the last.

The first show needs 10 replicas, the second, which begins while the first is on air, 15; 4 are
the usual. Each falls to half a minute after its end and to nothing another minute later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e import tracks
from tests.e2e.evenings import (
    LATE,
    LEAD,
    NO_FIGURES,
    USUAL,
    assert_never_below,
    assert_steps,
    flat,
    minutes,
    open_evening,
    show,
)
from tests.e2e.manifests import deployment, hpa, target, target_set

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant

TOGETHER = 29
FIRST_ALONE = 14


def announce_both(tenant: Tenant, start: datetime) -> None:
    """Apply two campaigns for the target set `mol`: minutes 0 to 11, and minutes 10 to 15."""
    tenant.create(target_set("mol", target("app"), lead="8m"))
    tenant.create(show(start, "11m", name="first", load=flat(500)))
    tenant.create(show(start + minutes(10), "5m", name="second", load=flat(750)))


def test_curves_add_up(tenant: Tenant) -> None:
    """The floor of two campaigns is the sum of their curves and the usual load, counted once."""
    tenant.create(deployment("app", USUAL))
    start = open_evening(tenant)
    announce_both(tenant, start)
    tenant.wait("both are over", lambda: over(tenant, start) and not tenant.ledger(), 45)

    assert_steps(
        tracks.replicas(tenant, "app"),
        (start - LEAD, FIRST_ALONE),
        (start + minutes(10) - LEAD, TOGETHER),
        (start + minutes(12), 24),
        (start + minutes(13), 19),
        (start + minutes(16), 12),
        (start + minutes(17), USUAL),
    )


@pytest.mark.fault_row(23)
def test_one_restore_after_the_last(tenant: Tenant) -> None:
    """Of two campaigns on one HPA only the end of the last one gives anything back, once."""
    tenant.create(deployment("app", USUAL), hpa("app", USUAL, 20, metrics=NO_FIGURES))
    start = open_evening(tenant)
    announce_both(tenant, start)
    tenant.wait("given back", lambda: over(tenant, start) and tenant.limits("app") == (4, 20), 45)

    minima = [minimum for minimum, _ in tracks.limits(tenant, "app").values]
    assert minima == [USUAL, FIRST_ALONE, TOGETHER, 24, 19, 12, USUAL, USUAL]
    maxima = [maximum for _, maximum in tracks.limits(tenant, "app").values]
    assert maxima == [20, 20, 37, 37, 37, 37, 37, 20]
    assert [w.verb for w in tenant.writes("controllerrevisions") if w.verb != "patch"] == ["create"]


def test_end_of_one_keeps_the_other(tenant: Tenant) -> None:
    """A campaign deleted on air takes only its own part away, and that by a cool-down."""
    tenant.create(deployment("app", USUAL))
    start = open_evening(tenant)
    tenant.create(target_set("mol", target("app"), lead="8m"))
    tenant.create(show(start, "8m", name="first", load=flat(500)))
    tenant.create(show(start, "8m", name="second", load=flat(750)))
    tenant.wait_until(start + minutes(1))
    tenant.delete("Campaign", "second")
    deleted = tenant.clock.now()
    tenant.wait("all is over", lambda: not tenant.ledger())

    replicas = tracks.replicas(tenant, "app")
    alone = start + minutes(9)
    assert_never_below(
        replicas, (start - LEAD + LATE, TOGETHER), (deleted, FIRST_ALONE), (alone, 0)
    )
    assert set(replicas.during(start, deleted + minutes(1))) == {TOGETHER}
    assert set(replicas.during(deleted + minutes(2) + LATE, alone)) == {FIRST_ALONE}


def over(tenant: Tenant, start: datetime) -> bool:
    """Tell whether the last show is over."""
    return tenant.clock.now() > start + minutes(15)
