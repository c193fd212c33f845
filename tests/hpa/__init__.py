"""The HPA of the simulation beside the real controller on the embedded control plane."""
