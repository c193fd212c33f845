"""The chart: what it renders, what it refuses, and the rights that it really gives."""
