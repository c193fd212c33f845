"""The API reference as Markdown: what the CRDs and the reasons say, in tables for people.

Everything comes from the models: types, bounds and rules from the structural schemas, meanings and
defaults from the fields' docstrings (`...; 10m if absent.`), reasons from their own module's text.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from onair.model import reasons as known
from onair.model.crd import campaign_crd, target_set_crd
from onair.model.names import GROUP, VERSION

Json = dict[str, Any]

CONDITIONS: Final = {
    "Valid": "Whether everything in the manifest could be planned.",
    "Ready": "Whether every floor that is due has its ready replicas.",
    "Restored": "Whether every number is its owner's.",
    "Feasible": "Only there, and False, while a limit keeps a floor below what is needed.",
    "Stopped": "Only there, and True, while somebody keeps a target that we hold at zero replicas.",
    "Contested": (
        "Only there while others undo a floor (True), or could (Unknown) because no clamp is in"
        " force."
    ),
    "ClockSkew": (
        "Only there, and True, while the operator's clock is not the API server's: floors rise by"
        " the one that is ahead and fall by the one that is behind."
    ),
}
"""What each type of condition is about."""

ELSEWHERE: Final = {
    "Valid": (known.LEDGER_DAMAGED,),
    "Ready": (
        known.TARGET_MISSING,
        known.SEVERAL_HPAS,
        known.HPA_OWNED,
        known.SELECTOR_MATCHES_LEDGER,
        known.AT_ZERO,
        known.STOPPED_BY_OWNER,
    ),
    "Restored": (
        known.BLOCKED,
        known.REVERTED,
        known.CANNOT_READ,
        known.OBSERVING,
        known.STOPPED_BY_OWNER,
        known.LEDGER_DAMAGED,
    ),
    "Contested": (known.REVERTED,),
}
"""The reasons that a condition shares with another one, below which they are explained."""

_WRITTEN: Final = ("field", "type", "default", "allowed", "meaning")
_READ: Final = ("field", "type", "values", "meaning")
_DEFAULT: Final = re.compile(r"(?P<meaning>.*); (?P<default>[^;]+) if absent\.", re.DOTALL)
_SECTION: Final = "# --- "

_INTRODUCTION: Final = f"""\
<!-- Generated from the models by `make generate`; do not edit. -->
# API reference

Group `{GROUP}`, version `{VERSION}`; both kinds are namespaced.
The API server refuses what these tables do not allow, with a message that names the field.
It stores a manifest as it was written: a default is what OnAir takes for an absent field.

`[]` is each item of a list.
Requests are counted per second, and replicas are pods.
A complete example is [wie-is-de-mol.yaml](../../examples/wie-is-de-mol.yaml).
"""


def api(reasons: str) -> str:
    """Return the whole page.

    Args:
        reasons: the text of the module with the reasons: `# --- Type ---` begins those of a type
            of condition, and comments above a constant say what it means.

    Raises:
        ValueError: that text is not built like that.
    """
    target_set, campaign = _properties(target_set_crd()), _properties(campaign_crd())
    shared = target_set["spec"]["properties"]
    parts = [
        _INTRODUCTION,
        f"## TargetSet\n\n{target_set['spec']['description']}\n",
        "### TargetSet: spec\n",
        _spec(target_set["spec"], {}),
        f"## Campaign\n\n{campaign['spec']['description']}\n",
        "### Campaign: spec\n",
        _spec(campaign["spec"], shared),
        "### Campaign: status\n\nOnAir writes it; nobody else needs to.\n",
        _status(campaign["status"]),
        "### Campaign: conditions\n",
        *_conditions(reasons),
    ]
    return "\n".join(parts)


def _properties(crd: Json) -> Json:
    (version,) = crd["spec"]["versions"]
    properties: Json = version["schema"]["openAPIV3Schema"]["properties"]
    return properties


def _spec(schema: Json, shared: Json) -> str:
    """Return the table of a spec's fields and the rules between them."""
    rows = []
    for path, field, required in _walk(schema, shared):
        default, meaning = _default_and_meaning(field.get("description", ""))
        if path in shared:
            meaning += " As in a TargetSet."
        default = "required" if required else default
        rows.append((f"`{path}`", _type(field), default, _allowed(field), meaning))
    rules = "\n".join(
        f"- {f'`{path}`: ' if path else ''}{rule['message']}"
        for path, part in _objects(schema, shared)
        for rule in part.get("x-kubernetes-validations", ())
    )
    return f"{_table(_WRITTEN, rows)}\nRules between fields:\n\n{rules}\n"


def _status(schema: Json) -> str:
    """Return the table of a status's fields."""
    rows = [
        (f"`{path}`", _type(field), _values(field), field.get("description", ""))
        for path, field, _ in _walk(schema, {})
    ]
    return _table(_READ, rows)


def _default_and_meaning(description: str) -> tuple[str, str]:
    found = _DEFAULT.fullmatch(description)
    return (found["default"], f"{found['meaning']}.") if found else ("", description)


def _walk(schema: Json, shared: Json, path: str = "") -> Iterator[tuple[str, Json, bool]]:
    """Yield every field below an object: its path, its schema, whether it is required.

    What is below a field of `shared` stands at another place already.
    """
    for name, field in schema.get("properties", {}).items():
        yield f"{path}{name}", field, name in schema.get("required", ())
        if f"{path}{name}" not in shared:
            yield from _walk(*_inside(f"{path}{name}", field, shared))


def _objects(schema: Json, shared: Json) -> Iterator[tuple[str, Json]]:
    """Yield every object with its path, the outermost first."""
    yield "", schema
    for path, field, _ in _walk(schema, shared):
        inner, _, at = _inside(path, field, shared)
        if "properties" in inner and path not in shared:
            yield at.removesuffix("."), inner


def _inside(path: str, field: Json, shared: Json) -> tuple[Json, Json, str]:
    """Return what `_walk` takes for the fields of an object or of the items of a list."""
    return field.get("items", field), shared, f"{path}{'[]' if 'items' in field else ''}."


def _type(field: Json) -> str:
    if "x-kubernetes-int-or-string" in field:
        return "integer or string"
    if field["type"] == "array":
        return f"list of {_type(field['items'])}s"
    return "date-time" if field.get("format") == "date-time" else str(field["type"])


def _allowed(field: Json) -> str:
    """Return the bounds of one value in words."""
    if "enum" in field:
        return _values(field)
    if "maxItems" in field:
        keys = f", each with a {keyed[0]} of its own" if (keyed := _keys(field)) else ""
        each = f", each {allowed}" if (allowed := _allowed(field["items"])) else ""
        return f"{field.get('minItems', 0)} to {field['maxItems']} items{keys}{each}"
    if "minimum" in field:
        most = f" to {field['maximum']}" if "maximum" in field else " or more"
        return f"{field['minimum']}{most}"
    if "properties" not in field and "x-kubernetes-validations" in field:
        said = [rule["message"] for rule in field["x-kubernetes-validations"]]
        return "; ".join(message.removeprefix("must be ") for message in said)
    return f"at most {field['maxLength']} characters" if "maxLength" in field else ""


def _values(field: Json) -> str:
    return ", ".join(f"`{value}`" for value in field.get("enum", ()))


def _keys(field: Json) -> list[str]:
    keys: list[str] = field.get("x-kubernetes-list-map-keys", [])
    return keys


def _conditions(source: str) -> Iterator[str]:
    said = reasons_in(source)
    if said.keys() != CONDITIONS.keys():
        raise ValueError(f"reasons stand for {sorted(said)}, not for {sorted(CONDITIONS)}")
    for kind, meaning in CONDITIONS.items():
        rows = [(f"`{reason}`", why) for reason, why in said[kind].items()]
        yield f"#### {kind}\n\n{meaning}\n"
        yield _table(("reason", "meaning"), rows)
        if kind in ELSEWHERE:
            shared = ", ".join(f"`{reason}`" for reason in ELSEWHERE[kind])
            yield f"Also, with the meaning that they have in another of these tables: {shared}.\n"


def reasons_in(source: str) -> dict[str, dict[str, str]]:
    """Return what each reason means, by its condition's type, from the text of the module.

    Raises:
        ValueError: a reason has no comment or belongs to no condition.
    """
    said: dict[str, dict[str, str]] = {}
    kind, comment = "", ""
    for line in source.splitlines():
        reason = re.fullmatch(r'[A-Z_]+: Final = "(\w+)"', line)
        if line.startswith(_SECTION):
            kind, comment = line.removeprefix(_SECTION).removesuffix(" ---"), ""
            said[kind] = {}
        elif line.startswith("# "):
            comment = f"{comment} {line[2:]}".strip()
        elif reason:
            if not kind or not comment:
                raise ValueError(f"{reason[1]} needs a comment and a condition above it")
            said[kind][reason[1]] = comment
            comment = ""
    return said


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "".join(f"| {' | '.join(map(_escaped, line))} |\n" for line in lines)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
