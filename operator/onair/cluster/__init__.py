"""The only importer of the Kubernetes client: requests, errors, Lease, ledger objects."""
