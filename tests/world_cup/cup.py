"""What comes of the World Cup, by the commands of its page and in a folder as its reader has it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from onair.simulation.results import Simulation
from tests.docs.outputs import COLUMNS
from tests.docs.pages import INSIDE, ROOT
from tests.traces import TRACES
from tests.world_cup.changes import CHANGES, Change
from tests.world_cup.page import Block, blocks

FILES = {
    "invocation_count.csv": "worldcup98_requests_per_minute.csv",
    "matches.csv": "worldcup98_matches.csv",
}
"""What the page calls the files there."""

TARGET_SET = "examples/world-cup/target-set.yaml"
NEXT = ROOT / "examples" / "world-cup" / "next.yaml"
SPEED = 10
GROUPS = "--from 1998-06-10 --until 1998-06-26"
SPIKE = "--from 1998-05-12 --until 1998-05-12"
"""The group stage, and the day of a crowd that no match brought."""


class Cup:
    """The trace and the matches in a folder, and what commands make of them, each run once."""

    def __init__(self, folder: Path) -> None:
        """Put into a folder what the commands need."""
        for name, file in FILES.items():
            (folder / name).symlink_to(TRACES / file)
        (folder / "examples").symlink_to(ROOT / "examples")
        self.folder = folder
        self._swept: dict[int, Simulation] = {}

    @cached_property
    def printed(self) -> dict[Block, str]:
        """What the blocks of the page print; the files that they write are in the folder then."""
        return {block: self.run(block.commands).rstrip() + "\n" for block in blocks()}

    def swept(self, speed: int) -> Simulation:
        """Return what comes of the fitted campaigns at a speed, and at any headroom."""
        if speed not in self._swept:
            self._swept[speed] = self._simulated("fitted.yaml", speed, "--sweep headroom=0..100%")
        return self._swept[speed]

    @cached_property
    def modest(self) -> Simulation:
        """What comes of a modest cron job as fast as the crowd came."""
        return self._simulated("fitted.yaml", 1, "--cron 64")

    @cached_property
    def late(self) -> Simulation:
        """What comes of them announced an hour late."""
        return self._simulated("late.yaml", SPEED)

    @cached_property
    def unguessed(self) -> Simulation:
        """What comes of them where the first match of a class is not announced."""
        return self._simulated("unguessed.yaml", SPEED)

    @cached_property
    def unannounced(self) -> Simulation:
        """What comes of them on a day with a crowd and no airing."""
        return self._simulated("fitted.yaml", SPEED, span=SPIKE)

    @cached_property
    def changed(self) -> dict[str, Simulation]:
        """What comes of them with each of the settings said otherwise."""
        return {what: self._changed(change) for what, change in CHANGES.items()}

    @cached_property
    def fitted(self) -> str:
        """What `onair fit` prints: of each class the load of the next match, and past errors."""
        assert self.printed
        return self.run("onair fit --trace trace.csv --calendar campaigns.yaml")

    @property
    def load(self) -> str:
        """The load of weekday evenings that is to be pasted."""
        found = re.search(
            r"^Campaign cup/weekday-evening$.*?^load:\n(.*?)\n\n", self.fitted, INSIDE
        )
        assert found
        return found[1]

    @property
    def forecasts(self) -> str:
        """How wrong the forecast of each match was, class by class."""
        return "\n\n".join(re.findall(r"^  airing .*?(?=\n\n|\Z)", self.fitted, INSIDE))

    def run(self, commands: str) -> str:
        """Return what commands of a shell print in the folder.

        Raises:
            subprocess.CalledProcessError: one of them fails.
        """
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        said = subprocess.run(
            ["bash", "-o", "errexit", "-o", "pipefail", "-c", commands],
            cwd=self.folder,
            env=os.environ | {"PATH": path, "COLUMNS": str(COLUMNS)},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return said.stdout

    def loads(self, campaigns: str) -> dict[str, object]:
        """Return the load of every airing of a file by its start and its campaign."""
        return {
            f"{airtime['start']} {body['metadata']['name']}": airtime.get("load")
            for body in self._bodies(campaigns)
            for airtime in body["spec"]["airtimes"]
        }

    def _changed(self, change: Change) -> Simulation:
        assert self.printed
        fit = "cp fitted.yaml changed.yaml"
        if change.calendar:
            fit = next(block.commands for block in blocks() if "| onair import" in block.commands)
            fit = fit.replace("< matches.csv", f"< matches.csv | sed -E '{change.calendar}'")
            fit = fit.replace("campaigns.yaml", "classes.yaml")
            fit = fit.replace("fitted.yaml", "changed.yaml")
        self.run(
            f"{fit}\nsed -i -E '{change.campaigns}' changed.yaml\n"
            f"sed -E '{change.target_set}' {TARGET_SET} > set.yaml"
        )
        return self._simulated("changed.yaml", SPEED, target_set="set.yaml")

    def _simulated(
        self,
        campaigns: str,
        speed: int,
        options: str = "",
        span: str = GROUPS,
        target_set: str = TARGET_SET,
    ) -> Simulation:
        assert self.printed
        files = f"{target_set} {campaigns} --trace trace.csv"
        said = self.run(f"onair simulate {files} {span} --speed {speed} {options} -o json")
        return Simulation.model_validate_json(said)

    def _bodies(self, file: str) -> list[dict[str, Any]]:
        return list(yaml.safe_load_all((self.folder / file).read_text()))
