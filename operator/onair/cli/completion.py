"""`onair completion`, and the answers that kubectl asks its plugins for."""

from __future__ import annotations

import sys
from typing import Final

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from onair.cli.main import main

_SHELLS: Final = {"bash": BashComplete, "fish": FishComplete, "zsh": ZshComplete}

_FILES: Final = 0
_NO_FILES: Final = 4
"""Directives of cobra (shell_completions.go): with 4 the shell does not offer files itself."""


@click.command()
@click.argument("shell", type=click.Choice(tuple(_SHELLS)))
def completion(shell: str) -> None:
    """Print the script that completes commands.

    \b
    Examples:
      eval "$(onair completion bash)"        # in ~/.bashrc
      eval "$(onair completion zsh)"         # in ~/.zshrc
      onair completion fish > ~/.config/fish/completions/onair.fish
    """  # noqa: D301 - click's mark for lines to leave alone
    click.echo(_SHELLS[shell](main, {}, "onair", "_ONAIR_COMPLETE").source(), nl=False)


def for_kubectl() -> None:
    """Answer kubectl, which calls `kubectl_complete-onair` with the words after `kubectl onair`.

    One completion a line, its help after a tab, and cobra's directive after a colon.
    https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/
    """
    *words, incomplete = sys.argv[1:] or [""]
    items = ShellComplete(main, {}, "onair", "").get_completions(words, incomplete)
    plain = [item for item in items if item.type == "plain"]
    for item in plain:
        click.echo(f"{item.value}\t{item.help}" if item.help else item.value)
    click.echo(f":{_NO_FILES if len(plain) == len(items) else _FILES}")
