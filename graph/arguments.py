"""The arguments of tools: JSON Schemas, and what is said of arguments that do not meet them.

The words are ours: a message of the validator would hold the value, which may be long and is not ours to repeat.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from graph.errors import BadParameter

LONGEST, MOST_VALUES, MOST_PARAMETERS, MOST_ROWS, FARTHEST = 300, 50, 20, 500, 1_000_000
TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST}
VALUES: Mapping[str, Any] = {
    "type": "object",
    "maxProperties": MOST_PARAMETERS,
    "additionalProperties": {
        "type": ["string", "array"],
        "minLength": 1,
        "maxLength": LONGEST,
        "minItems": 1,
        "maxItems": MOST_VALUES,
        "items": TEXT,
    },
}
"""A text, or several that are alternatives, by name."""
NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS}
OFFSET: Mapping[str, Any] = {"type": "integer", "minimum": 0, "maximum": FARTHEST}

_SAID = {
    "type": "is to be of type {}",
    "minLength": "is empty",
    "minItems": "is empty",
    "maxLength": "is longer than {} characters",
    "maxItems": "has more than {} values",
    "maxProperties": "has more than {} names",
    "minimum": "is at least {}",
    "maximum": "is at most {}",
}
"""What is said of a value, by the rule of JSON Schema that it breaks."""
_SHOWN = 40
"""Characters of a name of theirs that are repeated."""


def schema(properties: Mapping[str, Mapping[str, Any]], *required: str) -> dict[str, Any]:
    """Return the JSON Schema of arguments: those of ``properties``, and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def checked(tool: str, schema: Mapping[str, Any], given: Mapping[str, object]) -> dict[str, Any]:
    """Return the arguments ``given`` to ``tool``. Raises: BadParameter naming the first that does not meet ``schema``.

    A number that is whole is an integer, however it is written.
    """
    wrong = sorted(Draft202012Validator(schema).iter_errors(given), key=lambda error: list(map(str, error.path)))
    if wrong:
        raise _refusal(tool, wrong[0], schema)
    return {name: int(value) if isinstance(value, float) else value for name, value in given.items()}


def _refusal(tool: str, error: ValidationError, schema: Mapping[str, Any]) -> BadParameter:
    where = ".".join(_short(part) for part in error.path)
    known = ", ".join(schema["properties"]) or "none"
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return BadParameter(f"{tool}: {missing} is missing", param=missing)
    if error.validator == "additionalProperties":
        other = next(name for name in error.instance if name not in schema["properties"])
        return BadParameter(f"{tool} has no argument {_short(other)!r}; it takes: {known}", param=_short(other))
    wanted = error.validator_value
    told = " or ".join(wanted) if isinstance(wanted, list) else wanted
    return BadParameter(f"{tool}: {where or 'what is given'} {_SAID[str(error.validator)].format(told)}", param=where)


def _short(name: object) -> str:
    text = str(name)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}\u2026"
