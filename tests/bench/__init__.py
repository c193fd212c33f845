"""Measured figures beside their bounds. Sizes are fixed, and what varies is seeded."""
