"""The configuration files of the real node's programs: the templates in config/, filled in."""

from pathlib import Path

from tests.cluster.node.network import ADDRESS, PODS

TEMPLATES = Path(__file__).with_name("config")


def write_settings(folder: Path, group: str, programs: dict[str, Path]) -> None:
    """Write what containerd, its network plugins, the kubelet and kube-proxy are told.

    `folder` is the cluster's; the files go to `node` in it.
    """
    node = folder / "node"
    shim = programs["containerd-shim-runc-v2"]
    (node / "cni").mkdir(exist_ok=True)
    for file, words in {
        "containerd.toml": {"FOLDER": str(node), "SHIM": str(shim)},
        "cni/pods.conflist": {"PODS": PODS},
        "kubelet.yaml": {"FOLDER": str(folder), "ADDRESS": ADDRESS, "CGROUP": group},
        "kube-proxy.yaml": {"FOLDER": str(folder)},
    }.items():
        text = (TEMPLATES / Path(file).name).read_text()
        for word, value in words.items():
            text = text.replace(word, value)
        (node / file).write_text(text)
