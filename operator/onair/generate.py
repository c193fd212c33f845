"""Writes what is generated from the models: `python -m onair.generate [--check] [--root DIR]`.

With `--check` nothing is written; the exit code tells whether a file differs, and stderr which.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

import yaml

from onair.model import reasons
from onair.model.crd import campaign_crd, target_set_crd
from onair.model.rbac import rules
from onair.model.reference import api
from onair.preview.holds import Holds
from onair.preview.results import schema
from onair.simulation.results import Simulation

_HEADER: Final = "# Generated from the models by `make generate`; do not edit.\n"


def files() -> dict[str, str]:
    """Return every generated file: its path from the repository's root, and its text."""
    campaigns, target_sets = _text(campaign_crd()), _text(target_set_crd())
    return {
        "crds/campaigns.yaml": campaigns,
        "crds/targetsets.yaml": target_sets,
        "charts/onair/crds/campaigns.yaml": campaigns,
        "charts/onair/crds/targetsets.yaml": target_sets,
        "charts/onair/files/rbac.yaml": _text(rules()),
        "docs/reference/holds-schema.json": json.dumps(schema(Holds), indent=2) + "\n",
        "docs/reference/plan-schema.json": json.dumps(schema(), indent=2) + "\n",
        "docs/reference/simulation-schema.json": json.dumps(schema(Simulation), indent=2) + "\n",
        "docs/reference/api.md": api(Path(reasons.__file__).read_text(encoding="utf-8")),
    }


def differing(root: Path) -> list[str]:
    """Return the paths whose file under `root` is absent or not as it would be generated."""
    return [
        path
        for path, text in files().items()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    ]


def write(root: Path) -> None:
    """Write every generated file under `root`."""
    for path, text in files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Writes equal parts out in full: nobody reads a CRD with anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # PyYAML's signature
        return True


def _text(document: dict[str, Any]) -> str:
    return _HEADER + yaml.dump(document, Dumper=_Plain, sort_keys=False, width=100)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="onair.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say which files differ")
    parser.add_argument("--root", type=Path, default=Path(), help="the repository's root")
    options = parser.parse_args(arguments)
    if not options.check:
        write(options.root)
        return 0
    paths = differing(options.root)
    for path in paths:
        sys.stderr.write(f"{path} is not as the models say; run `make generate`\n")
    return 1 if paths else 0


if __name__ == "__main__":
    sys.exit(main())
