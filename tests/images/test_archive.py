"""The OCI archives hold together, and are the same for the same content."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from images.archive import Image, write
from images.layer import write_layer
from images.reading import image_name, layers, unpacked_size

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

IMAGE = Image("onair.dev/example:1", ("/bin/example", "--now"), ("PATH=/bin",))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a root folder with a program, a text, a link and a /tmp."""
    return _fill(tmp_path / "root")


@pytest.fixture
def archive(root: Path, tmp_path: Path) -> Path:
    """Return an archive of that folder, with another text in a second layer."""
    above = tmp_path / "above"
    (above / "etc").mkdir(parents=True)
    (above / "etc" / "other").write_text("other")
    write([_layer(root), _layer(above)], IMAGE, tmp_path / "example")
    return tmp_path / "example"


def test_every_part_is_where_its_digest_says(archive: Path) -> None:
    """The index leads to the manifest, and it to config and layers, with digests and sizes."""
    blobs = _files(archive)
    manifest = _follow(json.loads(blobs["index.json"])["manifests"][0], blobs)
    config = _follow(json.loads(manifest)["config"], blobs)
    packed = [_follow(layer, blobs) for layer in json.loads(manifest)["layers"]]
    plain = [hashlib.sha256(gzip.decompress(layer)).hexdigest() for layer in packed]
    assert json.loads(config)["rootfs"]["diff_ids"] == [f"sha256:{digest}" for digest in plain]
    assert json.loads(blobs["oci-layout"]) == {"imageLayoutVersion": "1.0.0"}


def test_a_runtime_learns_how_to_start_it(archive: Path) -> None:
    """The archive carries the image's name; the config the user without rights and the command."""
    blobs = _files(archive)
    manifest = json.loads(_follow(json.loads(blobs["index.json"])["manifests"][0], blobs))
    config = json.loads(_follow(manifest["config"], blobs))["config"]
    assert config == {
        "User": "65532:65532",
        "Env": ["PATH=/bin"],
        "Entrypoint": ["/bin/example", "--now"],
        "WorkingDir": "/",
    }
    assert image_name(archive) == "onair.dev/example:1"


def test_layers_keep_their_order(archive: Path) -> None:
    """What was given first is the lowest layer."""
    assert [layer.getnames()[-1] for layer in layers(archive)] == ["tmp", "etc/other"]


def test_only_root_may_write_what_is_in_it(archive: Path) -> None:
    """All files belong to root; programs stay programs, and only /tmp is open to all."""
    entries = {entry.name: entry for layer in layers(archive) for entry in layer}
    assert {(entry.uid, entry.gid, entry.mtime) for entry in entries.values()} == {(0, 0, 0)}
    modes = {name: oct(entry.mode) for name, entry in entries.items() if not entry.issym()}
    assert modes == {
        "bin": "0o755",
        "bin/example": "0o755",
        "etc": "0o755",
        "etc/other": "0o644",
        "etc/text": "0o644",
        "tmp": "0o1777",
    }
    assert entries["bin/link"].linkname == "/bin/example"


def test_its_size_is_that_of_its_files(archive: Path) -> None:
    """The unpacked size counts the bytes of the files in all layers."""
    assert unpacked_size(archive) == len("program") + len("text") + len("other")


def test_the_same_content_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """Another folder, umask and time make no difference; other content does."""
    mask = os.umask(0o077)
    try:
        again = _fill(tmp_path / "again")
    finally:
        os.umask(mask)
    os.utime(again / "etc" / "text", (1, 1))
    write([_layer(root)], IMAGE, tmp_path / "first")
    write([_layer(again)], IMAGE, tmp_path / "second")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()

    (again / "etc" / "text").write_text("other")
    write([_layer(again)], IMAGE, tmp_path / "second")
    assert (tmp_path / "first").read_bytes() != (tmp_path / "second").read_bytes()


def test_a_layer_carries_no_time_and_no_chance(root: Path) -> None:
    """The packed tar has no date (MTIME of RFC 1952), and its entries come in their order."""
    packed = _layer(root)
    assert packed.read_bytes()[4:8] == bytes(4)
    with tarfile.open(packed) as files:
        assert files.getnames() == ["bin", "bin/example", "bin/link", "etc", "etc/text", "tmp"]


def _fill(root: Path) -> Path:
    for folder in ("etc", "bin", "tmp"):
        (root / folder).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    (root / "bin" / "example").write_text("program")
    (root / "bin" / "example").chmod(0o775)
    (root / "bin" / "link").symlink_to("/bin/example")
    (root / "etc" / "text").write_text("text")
    return root


def _layer(root: Path) -> Path:
    """Return the layer of a folder, beside it."""
    output = root.with_name(f"{root.name}.layer")
    write_layer(root, output)
    return output


def _files(archive: Path) -> dict[str, bytes]:
    """Return the content of every file in a tar by its name."""
    found = {}
    with tarfile.open(archive) as tar:
        for entry in tar:
            content = tar.extractfile(entry)
            assert content
            found[entry.name] = content.read()
    return found


def _follow(descriptor: Mapping[str, Any], blobs: Mapping[str, bytes]) -> bytes:
    """Return what a descriptor leads to, after comparing it with what the descriptor says."""
    kind, _, digest = descriptor["digest"].partition(":")
    content = blobs[f"blobs/{kind}/{digest}"]
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (digest, descriptor["size"])
    return content
