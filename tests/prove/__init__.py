"""Proof that the end-to-end tests see what they are there for: seeded defects turn them red."""
