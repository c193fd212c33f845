"""Campaign manifests: their bodies, and whether OnAir takes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onair.importing.notes import LeftOutError, Note
from onair.model.errors import InvalidManifest
from onair.model.names import GROUP, VERSION
from onair.model.parse import parse_campaign, parse_metadata
from onair.schedule.airings import check

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """The campaigns of a file, sorted by name, and what there is to say."""

    manifests: tuple[Body, ...]
    notes: tuple[Note, ...]


def campaign(
    name: str,
    title: str,
    time_zone: str,
    airtimes: Sequence[Body],
    target_sets: Iterable[str],
    namespace: str | None,
) -> Body:
    """Return the body of a Campaign; a load that all airtimes share stands once.

    Raises:
        LeftOutError: OnAir would not take it; the message begins with the field.
    """
    spec: Body = {"title": " ".join(title.split()), "timeZone": time_zone}
    loads = [airtime["load"] for airtime in airtimes]
    if all(load == loads[0] for load in loads):
        spec["airtimes"] = [_without_load(airtime) for airtime in airtimes]
        spec["load"] = loads[0]
    else:
        spec["airtimes"] = list(airtimes)
    spec["targetSets"] = [{"name": each} for each in target_sets]
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    body = {
        "apiVersion": f"{GROUP}/{VERSION}",
        "kind": "Campaign",
        "metadata": metadata,
        "spec": spec,
    }
    try:
        parse_metadata(body)
        check(parse_campaign(body))
    except InvalidManifest as error:
        only = "airtimes[0]." if len(airtimes) == 1 else ""
        raise LeftOutError(error.faults[0].removeprefix("spec.").removeprefix(only)) from error
    return body


def by_name(manifests: Iterable[Body]) -> tuple[Body, ...]:
    """Return manifests sorted by their names, so that their order follows from nothing else."""
    return tuple(sorted(manifests, key=lambda body: str(body["metadata"]["name"])))


def _without_load(airtime: Mapping[str, Any]) -> Body:
    return {key: value for key, value in airtime.items() if key != "load"}
