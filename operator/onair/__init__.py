"""OnAir ties the marketing calendar to Kubernetes."""
