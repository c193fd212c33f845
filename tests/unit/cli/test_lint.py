"""`onair lint`: what it prints where, and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onair.cli.lint import lint
from onair.lint.checks import WARNINGS
from tests.docs.pages import DOCS, ROOT, table
from tests.unit.cli.kubeconfigs import kubeconfig

MOL = ROOT / "examples/wie-is-de-mol.yaml"
WRONG = "apiVersion: onair.dev/v1alpha1\nkind: Airing\nmetadata: {name: mol}\n"
TWICE = "apiVersion: v1\nkind: ConfigMap\nkind: Secret\n"


def onair_lint(*arguments: object, stdin: str = "", color: bool = False) -> Result:
    """Run the command."""
    return CliRunner().invoke(lint, [str(each) for each in arguments], input=stdin, color=color)


def test_clean_file() -> None:
    """A file without findings prints nothing but the summary, and ends well."""
    result = onair_lint(MOL)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 file, 2 objects: 0 errors, 0 warnings\n"


def test_errors() -> None:
    """An error is one line of data, and the status is 1."""
    result = onair_lint("-", stdin=WRONG)
    assert result.exit_code == 1
    assert result.stdout == "stdin:2:1: error: kind: must be Campaign or TargetSet\n"
    assert result.stderr == "1 file, 1 object: 1 error, 0 warnings\n"


def test_warnings_alone() -> None:
    """Warnings are printed and refuse nothing."""
    result = onair_lint(MOL, "-", stdin=TWICE)
    assert result.exit_code == 0
    assert result.stdout == "stdin:3:1: warning: the key kind is there twice: the later one wins\n"
    assert result.stderr == (
        "2 files, 2 objects: 0 errors, 1 warning, 1 object of other kinds not looked at\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "there is no such file", id="a file that is not there"),
        pytest.param(b"\xff\xfe", "not UTF-8", id="another encoding"),
    ],
)
def test_unreadable_file(tmp_path: Path, content: bytes | None, message: str) -> None:
    """A file that cannot be opened or read is a wrong use: 2, and no traceback."""
    file = tmp_path / "file.yaml"
    if content is not None:
        file.write_bytes(content)
    result = onair_lint(file)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_what_cannot_be_read_hides_nothing(tmp_path: Path) -> None:
    """What is no file of text is said beside the findings in the others, and the status is 2."""
    file = tmp_path / "file.yaml"
    file.write_bytes(b"\xff\xfe")
    result = onair_lint(file, tmp_path / "nope.yaml", tmp_path, "-", stdin=WRONG)
    assert result.exit_code == 2
    assert result.stdout == "stdin:2:1: error: kind: must be Campaign or TargetSet\n"
    assert result.stderr.splitlines()[:3] == [
        f"Error: {file}: it is not UTF-8; save it as UTF-8",
        f"Error: {tmp_path}/nope.yaml: there is no such file",
        f"Error: {tmp_path}: it is a directory; name its files, such as {tmp_path}/*.yaml",
    ]


def test_json_of_a_file_that_is_not_there() -> None:
    """It is an array all the same."""
    result = onair_lint("nope.yaml", "-o", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (2, [])


@pytest.mark.parametrize(
    "stdin",
    [
        pytest.param("", id="nothing"),
        pytest.param("# a comment\n---\n", id="a comment"),
        pytest.param("apiVersion: v1\nkind: List\nitems: []\n", id="an empty list"),
    ],
)
def test_nothing_to_look_at(stdin: str) -> None:
    """Files without any object are hardly what somebody meant to check: 2, as with kubectl."""
    result = onair_lint("-", stdin=stdin)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no object in what was given" in result.stderr


def test_cluster_out_of_reach(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without its cluster the command says what it can say of the files, and the status is 2."""
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path)))
    bodies = MOL.read_text(encoding="utf-8")
    alone = bodies[bodies.rindex("---") :]
    result = onair_lint("--cluster", "-o", "json", "-", stdin=alone)
    assert result.exit_code == 2
    assert [each["reason"] for each in json.loads(result.stdout)] == ["TargetSetNotSeen"]
    assert "Error: the cluster cannot be looked at: GET http://127.0.0.1:1/apis/" in result.stderr
    assert ": connection refused; try `kubectl version`, which asks the same" in result.stderr


def test_namespace_of_the_context(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a cluster what names no namespace is where kubectl would apply it."""
    monkeypatch.setenv(
        "KUBECONFIG", str(kubeconfig(tmp_path, "cluster: a, user: a, namespace: web"))
    )
    bodies = MOL.read_text(encoding="utf-8").replace(", namespace: tv", "")
    alone = bodies[bodies.rindex("---") :]
    assert "no TargetSet web/" in onair_lint("--cluster", "-", stdin=alone).stdout
    assert "no TargetSet default/" in onair_lint("-", stdin=alone).stdout


def test_largest_floor() -> None:
    """The operator's limit on a target can be said."""
    result = onair_lint("--max-replicas-per-target", "50", MOL)
    assert "limited to 50 by the operator's --max-replicas-per-target" in result.stdout


def test_no_file() -> None:
    """Without a file the command says what it needs."""
    result = onair_lint()
    assert result.exit_code == 2
    assert "FILE" in result.stderr


@pytest.mark.parametrize(
    ("stdin", "want"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(
            WRONG,
            [
                {
                    "severity": "error",
                    "file": "stdin",
                    "line": 2,
                    "column": 1,
                    "path": "kind",
                    "reason": "InvalidManifest",
                    "message": "must be Campaign or TargetSet",
                }
            ],
            id="an error",
        ),
    ],
)
def test_json(stdin: str, want: list[dict[str, object]]) -> None:
    """As JSON the findings are an array with the fields that the documentation names."""
    result = onair_lint("-", "--output", "json", stdin=stdin)
    assert json.loads(result.stdout) == want
    fields = {field.strip("`") for field in table(DOCS / "lint.md", "field")}
    assert all(set(finding) == fields for finding in want)


def test_colours() -> None:
    """The severity is coloured on a terminal and nowhere else."""
    assert "\x1b[31merror\x1b[0m" in onair_lint("-", stdin=WRONG, color=True).stdout
    assert "\x1b[" not in onair_lint("-", stdin=WRONG).stdout


def test_namespace() -> None:
    """The namespace of objects that name none can be said."""
    bodies = MOL.read_text(encoding="utf-8").replace(", namespace: tv", "")
    assert onair_lint("-n", "radio", "-", stdin=bodies).stdout == ""
    alone = bodies[bodies.rindex("---") :]
    assert "no TargetSet radio/" in onair_lint("-n", "radio", "-", stdin=alone).stdout


def test_documented_warnings() -> None:
    """The documentation lists every warning."""
    documented = {cell.strip("`") for cell in table(DOCS / "lint.md", "warning")}
    assert documented == {*WARNINGS, "DuplicateKey", "OtherGroup"}
