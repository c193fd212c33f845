"""Running `onair plan` on the example."""

from __future__ import annotations

import yaml
from click.testing import CliRunner, Result

from onair.cli.main import main
from tests.docs.pages import ROOT

MOL = ROOT / "examples" / "wie-is-de-mol.yaml"
LEAP = ("--from", "2027-01-01T00:00:00Z")
EVENING = ("--from", "2027-01-09T18:00", "--until", "2027-01-09")


def onair_plan(*arguments: object, given: str | None = None) -> Result:
    """Run the command as on a terminal of 80 columns, without colours."""
    runner = CliRunner(env={"COLUMNS": "80"})
    return runner.invoke(main, ["plan", *map(str, arguments)], input=given)


def campaign(**changes: object) -> str:
    """Return the example's campaign alone, some fields of its spec changed."""
    body = next(b for b in yaml.safe_load_all(MOL.read_text()) if b["kind"] == "Campaign")
    body["spec"] |= changes
    return yaml.safe_dump(body)
