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

# What others wanted of a number that the clamp has kept (charts/onair/templates/clamp-*.yaml).
WANTED_MIN: Final = "onair.dev/wanted-min"
WANTED_MAX: Final = "onair.dev/wanted-max"
WANTED_REPLICAS: Final = "onair.dev/wanted-"
"""An annotation in the managedFields entry of who applied, with the number behind it."""

WANTED_MANAGER: Final = "onair-wanted-"
"""A field manager of `spec.replicas`, with the number behind it, beside who else wrote."""

# On a campaign, by `onair stop --now`.
STOP: Final = "onair.dev/stop"
AT_ONCE: Final = "now"

# On a ledger entry.
STATE: Final = "onair.dev/state"
CAMPAIGNS: Final = "onair.dev/campaigns"
CHANGED: Final = "onair.dev/changed"
WRITTEN: Final = "onair.dev/written"
PLAN: Final = "onair.dev/plan"
LAST_FLOOR: Final = "onair.dev/last-floor"
SETTLED: Final = "onair.dev/settled"
SEEN: Final = "onair.dev/seen"
DIGEST: Final = "onair.dev/digest"

# On the answer to a dry run that creates a ControllerRevision of this name, by the clamp.
PROBE: Final = "onair-probe"
CLAMP: Final = "onair.dev/clamp"
