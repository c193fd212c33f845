"""What `onair holds` says, in the words and numbers of its JSON (docs/reference/holds-schema.json).

All instants are UTC, all stretches of time half-open.
"""

from datetime import datetime
from typing import Literal

from onair.preview.results import Result


class Limits(Result):
    """What an owner set."""

    minimum: int
    """The minimum of an HPA, or the replicas of a workload without one."""
    maximum: int | None
    """The maximum of an HPA; null for a workload without one."""


class Number(Result):
    """A number that OnAir raises, as it stands in the cluster, and who stands behind it."""

    field: Literal["minReplicas", "maxReplicas", "replicas"]
    """The field of the object through which the target is steered."""
    value: int
    """What it says now."""
    whose: Literal["onair", "baseline", "echo", "owner"]
    """OnAir's; what is restored; what OnAir wrote, but from another writer; an owner's edit."""
    managers: tuple[str, ...]
    """The field managers that own it according to managedFields, OnAir's own left out."""
    wanted: int | None
    """What another writer wanted instead, when the clamp kept it: restored unless it is OnAir's."""


class Holder(Result):
    """A campaign for which a target is held."""

    campaign: str
    """The campaign, as namespace/name."""
    airing: datetime
    """The start of its airing."""
    demand_until: datetime
    """The end of that airing's demand."""
    until: datetime
    """When its cool-down is over; a change of the plan may move it."""


class Hold(Result):
    """A target of which OnAir keeps what its owner had set."""

    namespace: str
    """The workload's namespace."""
    kind: str
    """Deployment or StatefulSet."""
    name: str
    """The workload's name."""
    steered_by: str
    """The object whose numbers are raised, as Kind/name: its HPA, or the workload itself."""
    entry: str
    """The ControllerRevision in which it is kept."""
    state: Literal["captured", "raised", "restored"]
    """Noted before the first raise, raised, or given back and noted for the usual load alone."""
    noted: datetime
    """When OnAir first noted what its owner had set, by the API server's clock."""
    floor: int
    """The last floor put in force, in replicas; 0 where all is being given back."""
    since: datetime
    """Since when it is in force; where it is 0, since when all is being given back."""
    ceiling: int | None
    """The maximum of the HPA while the floor holds; null without a floor or an HPA."""
    cooling_since: datetime | None
    """When an edit, a deletion or a suspension was seen that a cool-down follows; else null."""
    campaigns: tuple[Holder, ...]
    """The campaigns for which it is held, or was until the last change."""
    until: datetime | None
    """When the last cool-down is over; null where no campaign is noted."""
    baseline: Limits
    """What is restored: what was noted, with what its owner has wanted since."""
    usual_replicas: int
    """Replicas that the ordinary load needs, as OnAir noted them before the first raise."""
    writers: tuple[str, ...]
    """The field managers that had written these numbers before the raise, and may do so again."""
    numbers: tuple[Number, ...]
    """The numbers as they stand; empty where `unseen` says why."""
    replicas: int | None
    """The workload's replicas as it asks for them; null where they could not be read."""
    ready: int | None
    """Its ready replicas."""
    unseen: str | None
    """Why the numbers are not known: in words, null where they are."""


class Damage(Result):
    """A target or an entry of which nobody knows what the owner had set."""

    namespace: str
    """Its namespace."""
    about: str
    """What is damaged, as Kind/name: a target, or an entry that names none."""
    why: str
    """What is wrong and what to do, in words."""


class Operator(Result):
    """Who holds the Lease by which one process at a time writes."""

    lease: str
    """The Lease, as namespace/name."""
    holder: str | None
    """The process that holds it; null if none does or nobody knows."""
    unknown: str | None
    """Why nobody knows, in words; else null."""


class Holds(Result):
    """What OnAir holds in a cluster."""

    at: datetime
    """When it was looked at."""
    namespaces: tuple[str, ...]
    """The namespaces that were looked at; empty for all of them."""
    holds: tuple[Hold, ...]
    """Sorted by namespace, kind and name."""
    damages: tuple[Damage, ...]
    """Sorted by namespace."""
    operator: Operator
    """Who restores all that, when its time has come."""
