"""What a machine must have for a real node; missing packages of Debian are installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cluster.progress import Say, silent

# Each program that the node needs from the machine, and the Debian package that has it.
PACKAGES = {
    "ip": "iproute2",
    "nft": "nftables",
    "nsenter": "util-linux",
    "ptp": "containernetworking-plugins",
    "runc": "runc",
}
FOLDERS = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/cni"
# A hierarchy that only cgroup v1 has.
CPU_GROUPS = Path("/sys/fs/cgroup/cpu")


def missing(say: Say = silent) -> list[str]:
    """Return what this machine lacks for a real node, in words for a person; often nothing.

    As root on Debian or a relative of it, packages that are missing are installed first.
    """
    if sys.platform != "linux":
        return ["Linux"]
    if os.geteuid() != 0:
        return ["root"]
    lacking = _missing_rights()
    if not CPU_GROUPS.is_dir():
        lacking.append(f"cgroup v1 ({CPU_GROUPS} is not there; v2 alone has not been tried)")
    packages = _missing_packages()
    if packages and not lacking and shutil.which("apt-get"):
        _install(packages, say)
        packages = _missing_packages()
    return lacking + [f"the Debian package {package}" for package in packages]


def _missing_rights() -> list[str]:
    trial = ["unshare", "--net", "--pid", "--fork", "--mount", "--propagation=slave", "true"]
    try:
        subprocess.run(trial, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        return ["the Debian package util-linux (for unshare)"]
    except subprocess.CalledProcessError as error:
        return [f"the right to make namespaces ({error.stderr.strip()})"]
    return []


def _missing_packages() -> list[str]:
    return [
        package for program, package in PACKAGES.items() if not shutil.which(program, path=FOLDERS)
    ]


def _install(packages: list[str], say: Say) -> None:
    """Install packages; the package lists are fetched only if it fails without."""
    say(f"installing the Debian packages {', '.join(packages)}")
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    if not _succeeds(install) and _succeeds(["apt-get", "update", "--quiet"]):
        _succeeds(install)


def _succeeds(command: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return (
        subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
    )
