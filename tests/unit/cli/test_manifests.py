"""What a plan takes out of files: their campaigns, what is wrong, and what is passed over."""

from onair.cli.manifests import Manifests, manifests
from onair.documents import read
from tests.docs.pages import ROOT

MOL = (ROOT / "examples/wie-is-de-mol.yaml").read_text()
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
OTHER_GROUP = "apiVersion: onair.io/v1\nkind: Campaign\nmetadata: {name: a}\n"


def of(*texts: str) -> Manifests:
    """Return what several files say."""
    return manifests([read(text, f"{n}.yaml") for n, text in enumerate(texts)], "default")


def test_text_that_cannot_be_read_is_an_error() -> None:
    """With its place, and it hides no campaign of another document."""
    found = of(f"{MOL}\n---\n{{\n")
    (error,) = found.errors
    assert (error.severity, error.reason) == ("error", "Unreadable")
    assert [named.name for named in found.campaigns] == ["wie-is-de-mol"]


def test_what_is_read_in_another_way_is_a_warning() -> None:
    """A key that is there twice, and an object of a group that only looks like ours."""
    found = of(MOL, CONFIG_MAP + "kind: Secret\n", OTHER_GROUP)
    assert found.errors == []
    assert [(each.file, each.reason) for each in found.warnings] == [
        ("1.yaml", "DuplicateKey"),
        ("2.yaml", "OtherGroup"),
    ]


def test_what_is_passed_over_is_counted() -> None:
    """Objects that are not OnAir's, and neither its own nor what is wrong with them."""
    assert of(MOL, CONFIG_MAP, OTHER_GROUP).passed_over == 2
    wrong = of("apiVersion: onair.dev/v1alpha1\nkind: Airing\nmetadata: {name: a}\n")
    assert (wrong.passed_over, len(wrong.errors)) == (0, 1)
