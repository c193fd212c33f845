"""Make an OCI archive from a root folder: the same input always gives the same bytes.

The format is the OCI image specification v1.1.1: `image-layout.md` for the files in the archive,
`manifest.md`, `config.md`, and `layer.md` for the tar of the root folder.
"""

from __future__ import annotations

import hashlib
import io
import json
import platform
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from images.layer import write_layer
from images.reading import blob

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MEDIA = "application/vnd.oci.image"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
"""Go's names, which the specification asks for, of what the kernel calls its machines."""

NONROOT = "65532:65532"
"""User and group of every image, without rights: the numbers of distroless images' `nonroot`."""


@dataclass(frozen=True, slots=True)
class Image:
    """What a container runtime is told: the name with its tag, and how to start the process."""

    name: str
    entrypoint: tuple[str, ...]
    environment: tuple[str, ...] = ()


def write(root: Path, image: Image, output: Path) -> None:
    """Write the archive of an image whose only layer is the content of `root` (see layer.py).

    Raises:
        KeyError: this machine's architecture has no name among images yet.
    """
    packed = output.with_name(f"{output.name}.layer")
    try:
        layer = write_layer(root, packed)
        config = _json(_config(image, layer.content))
        manifest = _json(_manifest(config, layer.packed, packed.stat().st_size))
        with tarfile.open(output, "w") as archive:
            _add(archive, "oci-layout", _json({"imageLayoutVersion": "1.0.0"}))
            _add(archive, "index.json", _json(_index(image, manifest)))
            for content in (config, manifest):
                _add(archive, blob(_digest(content)), content)
            entry = tarfile.TarInfo(blob(layer.packed))
            entry.size = packed.stat().st_size
            with packed.open("rb") as file:
                archive.addfile(entry, file)
    finally:
        packed.unlink(missing_ok=True)


def _config(image: Image, layer: str) -> Mapping[str, object]:
    return {
        "architecture": ARCHITECTURES[platform.machine()],
        "os": "linux",
        "config": {
            "User": NONROOT,
            "Env": list(image.environment),
            "Entrypoint": list(image.entrypoint),
            "WorkingDir": "/",
        },
        "rootfs": {"type": "layers", "diff_ids": [layer]},
    }


def _manifest(config: bytes, layer: str, size: int) -> Mapping[str, object]:
    return {
        "schemaVersion": 2,
        "mediaType": f"{MEDIA}.manifest.v1+json",
        "config": _descriptor("config.v1+json", _digest(config), len(config)),
        "layers": [_descriptor("layer.v1.tar+gzip", layer, size)],
    }


def _index(image: Image, manifest: bytes) -> Mapping[str, object]:
    names = {
        "io.containerd.image.name": image.name,
        "org.opencontainers.image.ref.name": image.name.rpartition(":")[2],
    }
    entry = _descriptor("manifest.v1+json", _digest(manifest), len(manifest))
    return {
        "schemaVersion": 2,
        "mediaType": f"{MEDIA}.index.v1+json",
        "manifests": [{**entry, "annotations": names}],
    }


def _descriptor(kind: str, digest: str, size: int) -> Mapping[str, object]:
    return {"mediaType": f"{MEDIA}.{kind}", "digest": digest, "size": size}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True).encode()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))
