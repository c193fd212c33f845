"""Make an OCI archive of layers: the same input always gives the same bytes.

The format is the OCI image specification v1.1.1: `image-layout.md` for the files in the archive,
`image-index.md`, `manifest.md`, `config.md` and `descriptor.md` for what is in them.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import platform
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from images.reading import blob

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MEDIA = "application/vnd.oci.image"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
"""Go's names, which the specification asks for, where the kernel has another one."""

NONROOT = "65532:65532"
"""User and group of every image, without rights: the numbers of distroless images' `nonroot`."""


@dataclass(frozen=True, slots=True)
class Image:
    """What a container runtime is told: the name with its tag, and how to start the process."""

    name: str
    entrypoint: tuple[str, ...]
    environment: tuple[str, ...] = ()


def write(layers: Sequence[Path], image: Image, output: Path) -> None:
    """Write the archive of an image from the files of its layers (layer.py), the lowest first."""
    packed = [layer.read_bytes() for layer in layers]
    config = _json(_config(image, [_digest_unpacked(layer) for layer in layers]))
    manifest = _json(_manifest(config, packed))
    with tarfile.open(output, "w") as archive:
        _add(archive, "oci-layout", _json({"imageLayoutVersion": "1.0.0"}))
        _add(archive, "index.json", _json(_index(image, manifest)))
        for content in (config, manifest, *packed):
            _add(archive, blob(_digest(content)), content)


def _config(image: Image, unpacked: Sequence[str]) -> Mapping[str, object]:
    machine = platform.machine()
    return {
        "architecture": ARCHITECTURES.get(machine, machine),
        "os": "linux",
        "config": {
            "User": NONROOT,
            "Env": list(image.environment),
            "Entrypoint": list(image.entrypoint),
            "WorkingDir": "/",
        },
        "rootfs": {"type": "layers", "diff_ids": list(unpacked)},
    }


def _manifest(config: bytes, layers: Sequence[bytes]) -> Mapping[str, object]:
    return {
        "schemaVersion": 2,
        "mediaType": f"{MEDIA}.manifest.v1+json",
        "config": _descriptor("config.v1+json", config),
        "layers": [_descriptor("layer.v1.tar+gzip", layer) for layer in layers],
    }


def _index(image: Image, manifest: bytes) -> Mapping[str, object]:
    names = {
        "io.containerd.image.name": image.name,
        "org.opencontainers.image.ref.name": image.name.rpartition(":")[2],
    }
    entry = _descriptor("manifest.v1+json", manifest)
    return {
        "schemaVersion": 2,
        "mediaType": f"{MEDIA}.index.v1+json",
        "manifests": [{**entry, "annotations": names}],
    }


def _descriptor(kind: str, content: bytes) -> Mapping[str, object]:
    return {"mediaType": f"{MEDIA}.{kind}", "digest": _digest(content), "size": len(content)}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _digest_unpacked(layer: Path) -> str:
    with gzip.open(layer) as tar:
        return f"sha256:{hashlib.file_digest(tar, 'sha256').hexdigest()}"


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True).encode()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))
