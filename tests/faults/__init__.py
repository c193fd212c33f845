"""Faults between the operator and the API server, and whether its promises survive them."""
