# The node's own view of the file system; it vanishes with the mount namespace it is run in.
# $1: the folder whose `lib` and `log` are its disk, and whose `tunables` are written here.
set -eu

# What the machine mounts and unmounts is seen here, and nothing the other way round.
mount --make-rslave /

# Of the node's own PID namespace.
mount -t proc proc /proc

# The places where kubelet and containerd keep things, some of them not to be configured.
mkdir -p "$1/lib" "$1/log" "$1/tunables"
mount --bind "$1/lib" /var/lib
mount --bind "$1/log" /var/log
mount -t tmpfs tmpfs /run

# The kubelet insists on these, and would set them for the whole machine
# (pkg/kubelet/cm/container_manager_linux.go, setupKernelTunables).
while read -r tunable value; do
  echo "$value" > "$1/tunables/${tunable##*/}"
  mount --bind "$1/tunables/${tunable##*/}" "/proc/sys/$tunable"
done <<TUNABLES
vm/overcommit_memory 1
vm/panic_on_oom 0
kernel/panic 10
kernel/panic_on_oops 1
kernel/keys/root_maxkeys 1000000
kernel/keys/root_maxbytes 25000000
TUNABLES
