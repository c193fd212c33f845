"""Shells and kubectl complete commands, options, choices and files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onair.cli.completion import completion
from onair.cli.main import COMMANDS

BIN = Path(sys.executable).parent
ENVIRONMENT = os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}"}


def answer(*command: str, **environment: str) -> list[str]:
    """Return the lines that a program prints."""
    done = subprocess.run(
        command, env=ENVIRONMENT | environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "want"),
    [
        pytest.param("onair st", ["start", "stop"], id="commands"),
        pytest.param("onair start --targ", ["--target-set"], id="an option"),
        pytest.param("onair completion f", ["fish"], id="a choice"),
    ],
)
def test_bash(words: str, want: list[str]) -> None:
    """A bash that has evaluated the script completes the last word."""
    last = len(words.split()) - 1
    script = (
        f'eval "$(onair completion bash)"; COMP_WORDS=({words}); COMP_CWORD={last};'
        ' _onair_completion onair; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert answer("bash", "--norc", "-c", script) == want


@pytest.mark.parametrize("shell", [pytest.param(shell, id=shell) for shell in ("zsh", "fish")])
def test_other_shells(shell: str) -> None:
    """The script asks `onair` itself, which answers with the command."""
    script = CliRunner().invoke(completion, [shell]).stdout
    assert f"_ONAIR_COMPLETE={shell}_complete" in script
    word = "1" if shell == "zsh" else "st"
    asked = {"_ONAIR_COMPLETE": f"{shell}_complete", "COMP_WORDS": "onair st", "COMP_CWORD": word}
    assert "start" in "\n".join(answer("onair", **asked))


def test_unknown_shell() -> None:
    """A shell that there is no script for is refused with those that there are."""
    result = CliRunner().invoke(completion, ["tcsh"])
    assert result.exit_code == 2
    assert "'bash', 'fish', 'zsh'" in result.stderr


@pytest.mark.parametrize(
    ("words", "want"),
    [
        pytest.param(["sto"], [f"stop\t{COMMANDS['stop'].help}", ":4"], id="a command"),
        pytest.param(["completion", "z"], ["zsh", ":4"], id="a choice"),
        pytest.param(["lint", "examples/"], [":0"], id="a file, which the shell finds itself"),
    ],
)
def test_kubectl(words: list[str], want: list[str]) -> None:
    """It gets one completion a line, and says to the shell whether files may come, too."""
    assert answer("kubectl_complete-onair", *words) == want


def test_kubectl_everything() -> None:
    """After `kubectl onair` come all commands."""
    offered = {line.partition("\t")[0] for line in answer("kubectl_complete-onair", "")}
    assert {"lint", "plan", "restore", "run", "start"} <= offered
