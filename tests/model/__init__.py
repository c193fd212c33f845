"""An explicit-state model of the ledger protocol, around the operator's own decision function."""
