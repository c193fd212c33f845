"""A real Kubernetes control plane on loopback ports, with simulated nodes (see control_plane)."""
