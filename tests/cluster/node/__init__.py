"""One real node (kubelet, containerd, kube-proxy, real pods) beside the simulated ones."""
