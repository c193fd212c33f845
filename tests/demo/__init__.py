"""The demonstration: one evening of television on a real control plane."""
