"""What manifests and their status say: parsed once into values, with the schema from one place.

Nothing here reads a clock, a file or the network.
"""
