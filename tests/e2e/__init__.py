"""End to end: a real API server, real controllers, the operator under its own rights."""
