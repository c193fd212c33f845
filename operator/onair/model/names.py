"""Names that OnAir writes into a cluster: its API group, its labels and its annotations."""

from typing import Final

GROUP: Final = "onair.dev"
VERSION: Final = "v1alpha1"

MANAGER: Final = "onair"
"""The field manager of every write of ours."""

MANAGED_BY_LABEL: Final = {"app.kubernetes.io/managed-by": "onair"}
"""The label by which ledger entries are found."""

# On an HPA that we hold.
HELD: Final = "onair.dev/held"
FLOOR: Final = "onair.dev/floor"
CEILING: Final = "onair.dev/ceiling"

# On a ledger entry.
STATE: Final = "onair.dev/state"
CAMPAIGNS: Final = "onair.dev/campaigns"
CHANGED: Final = "onair.dev/changed"
WRITTEN: Final = "onair.dev/written"
PLAN: Final = "onair.dev/plan"
LAST_FLOOR: Final = "onair.dev/last-floor"
SETTLED: Final = "onair.dev/settled"
