"""The HorizontalPodAutoscaler's controller as Kubernetes 1.37.2 has it: metrics to replicas.

Written after `pkg/controller/podautoscaler` (`horizontal.go`, `replica_calculator.go`) and
`pkg/apis/autoscaling/v2/defaults.go`; each function names the one that it follows.
"""
