"""Why a condition is as it is: one PascalCase constant for each reason."""

from typing import Final

# --- Valid ---
# Everything in the manifest could be planned.
ACCEPTED: Final = "Accepted"
# A field says something that the schema or one of its rules forbids.
INVALID_MANIFEST: Final = "InvalidManifest"
# The time zone database has no zone of that name.
UNKNOWN_TIME_ZONE: Final = "UnknownTimeZone"
# The repetition is not a rule that RFC 5545 or this version knows.
UNPARSABLE_RULE: Final = "UnparsableRule"
# The repetition is well-formed, but no date fulfils it.
RULE_NEVER_OCCURS: Final = "RuleNeverOccurs"
# The first date is not one of the dates of its own repetition.
START_OUTSIDE_RULE: Final = "StartOutsideRule"
# An airing would begin before the one before it has ended.
AIRTIME_OVERLAPS_ITSELF: Final = "AirtimeOverlapsItself"
# In an airing of this length the points of a custom shape go back in time.
POINTS_OUT_OF_ORDER: Final = "PointsOutOfOrder"
# A defect of OnAir itself: it could not read the manifest, whatever it says.
DEFECT: Final = "Defect"
# No TargetSet of that name is in the campaign's namespace.
TARGET_SET_MISSING: Final = "TargetSetMissing"
# A target of a TargetSet does not say what a replica serves, and the load needs it.
PER_REPLICA_MISSING: Final = "PerReplicaMissing"
# A load that is a multiplier reaches one workload through two TargetSets.
MULTIPLIED_TWICE: Final = "MultipliedTwice"
# No workload of that kind and name is in the campaign's namespace.
TARGET_MISSING: Final = "TargetMissing"
# Several HPAs scale the same workload: raising one makes it flap.
SEVERAL_HPAS: Final = "SeveralHPAs"
# The HPA belongs to another controller, which would undo what we write.
HPA_OWNED: Final = "HPAOwned"
# The workload's selector would adopt our ledger entries.
SELECTOR_MATCHES_LEDGER: Final = "SelectorMatchesLedger"
# The workload has zero replicas: its owner switched it off.
AT_ZERO: Final = "AtZero"

# --- Feasible ---
# The target's own maxReplicas keeps the floor below the requirement.
LIMITED_BY_MAX_REPLICAS: Final = "LimitedByMaxReplicas"
# The operator's limit for every target keeps the floor below the requirement.
LIMITED_BY_OPERATOR: Final = "LimitedByOperator"
# The load is a multiple of a usual load that is 0 or not known.
USUAL_LOAD_UNKNOWN: Final = "UsualLoadUnknown"

# --- Ready ---
# No floor is due, so nothing can be late.
NOTHING_DUE: Final = "NothingDue"
# Every floor that is due has its ready replicas.
FLOOR_MET: Final = "FloorMet"
# A floor is due that has too few ready replicas.
FLOOR_UNMET: Final = "FloorUnmet"
# The API server refuses our write.
BLOCKED: Final = "Blocked"
# Another writer undid the floor.
REVERTED: Final = "Reverted"
# The ledger entry of a target cannot be read or is gone, so nothing is written to the target.
LEDGER_DAMAGED: Final = "LedgerDamaged"

# Objects that this depends on cannot be read: the message says which and why.
CANNOT_READ: Final = "CannotRead"
# Nobody looks after the campaign since `onair restore` has given everything back.
NO_OPERATOR: Final = "NoOperator"
# This operator may only observe: the message says what it would do.
OBSERVING: Final = "Observing"

# --- Restored ---
# Every number is back at what its owner set.
RESTORED: Final = "Restored"
# A floor holds: nothing is to be restored yet.
HOLDING: Final = "Holding"
# The baseline is being given back.
RESTORING: Final = "Restoring"
# The load keeps replicas above the baseline's maximum, which waits for them.
CROWD_STAYS: Final = "CrowdStays"
# The HPA's owner forbids it to scale down, so a restored maximum would cut pods at once.
OWNER_FORBIDS_SCALE_DOWN: Final = "OwnerForbidsScaleDown"
# The HPA cannot scale down by itself, for want of metrics.
CANNOT_SCALE_DOWN: Final = "CannotScaleDown"

# --- Stopped ---
# Somebody set a target that we hold to zero replicas.
STOPPED_BY_OWNER: Final = "StoppedByOwner"

# --- Contested ---
# Others have written numbers that OnAir raises, and would cut pods by writing them again on air.
REVERT_WOULD_CUT: Final = "RevertWouldCut"

# --- ClockSkew ---
# The operator's clock and the API server's are more than five seconds apart.
CLOCKS_DIFFER: Final = "ClocksDiffer"
