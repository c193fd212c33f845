"""A TLS proxy between one operator and its API server that lets them suffer faults (see proxy)."""
