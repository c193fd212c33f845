"""The chart on a real node: the operator as a pod of its own, in front of real pods."""
