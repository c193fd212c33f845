"""Every module of the package stands under the import contracts."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
MODULES = {f"onair.{p.stem}" for p in (ROOT / "operator/onair").glob("[a-z]*")}


def test_every_module_has_a_layer() -> None:
    """Each module stands in the layers, and nothing else does."""
    (layers,) = (contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    assert {module for layer in layers for module in layer.split(" | ")} == MODULES


@pytest.mark.parametrize(
    ("library", "user"),
    [
        pytest.param("kubernetes", "onair.cluster", id="kubernetes"),
        pytest.param("kopf", "onair.handlers", id="kopf"),
    ],
)
def test_one_user(library: str, user: str) -> None:
    """Each module but one is forbidden to import a library that has one user."""
    (sources,) = (
        contract["source_modules"]
        for contract in CONTRACTS
        if contract.get("forbidden_modules") == [library]
    )
    assert set(sources) == MODULES - {user}
