"""Read an OCI archive of one image, as archive.py writes it."""

from __future__ import annotations

import json
import tarfile
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def image_name(archive: Path) -> str:
    """Return the name, with its tag, that a container runtime will know the image by."""
    with tarfile.open(archive) as tar:
        annotations = _json(tar, "index.json")["manifests"][0]["annotations"]
    name: str = annotations["io.containerd.image.name"]
    return name


def unpacked_size(archive: Path) -> int:
    """Return the bytes of all files in the image."""
    return sum(entry.size for layer in layers(archive) for entry in layer)


def layers(archive: Path) -> Iterator[tarfile.TarFile]:
    """Yield the tar of each layer, the lowest first, to be read once from beginning to end."""
    with tarfile.open(archive) as tar:
        index = _json(tar, "index.json")
        manifest = _json(tar, blob(index["manifests"][0]["digest"]))
        for layer in manifest["layers"]:
            packed = _open(tar, blob(layer["digest"]))
            with tarfile.open(fileobj=packed, mode="r|gz") as files:
                yield files


def blob(digest: str) -> str:
    """Return where in an archive the content with this digest is."""
    return f"blobs/{digest.replace(':', '/')}"


def _json(tar: tarfile.TarFile, name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.load(_open(tar, name)))


def _open(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    """Open a file of an archive; only other entries than files have no content."""
    return cast("IO[bytes]", tar.extractfile(name))
