"""Tests of OnAir, and the embedded control plane that they run against."""
