"""Decides whether a file is a form that can be loaded, and says of each fault what to do about it (RSK-01; ADR 32).

A form is a small part of JSON Schema 2020-12: an object of named questions, each a choice, words of a greatest length, a whole
number, or yes or no. A library that knows JSON Schema checks it against `SUBSET`; ours are the words.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from craffu.cases.risk.forms.facts import FormRead

LARGEST: Final = 256 * 1024
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_TITLE: Final = {"type": "string", "minLength": 1, "maxLength": 300, "pattern": r"\S"}
_ABOUT: Final = {"title": _TITLE, "x-title-cy": _TITLE}
_OPTIONS: Final = {
    "type": "array", "minItems": 2, "maxItems": 20, "uniqueItems": True,
    "items": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": r"\S"},
}  # fmt: skip
_WHOLE: Final = {"type": "integer", "minimum": -1_000_000, "maximum": 1_000_000}
_KINDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "choice": {"type": {"const": "string"}, **_ABOUT, "enum": _OPTIONS, "x-enum-cy": _OPTIONS},
    "words": {"type": {"const": "string"}, **_ABOUT, "maxLength": {"type": "integer", "minimum": 1, "maximum": 4000}},
    "number": {"type": {"const": "integer"}, **_ABOUT, "minimum": _WHOLE, "maximum": _WHOLE},
    "yes_or_no": {"type": {"const": "boolean"}, **_ABOUT},
}
_KEY: Final = {"type": "string", "minLength": 1, "pattern": r"\S"}
SUBSET: Final[Mapping[str, Any]] = {
    "$schema": DIALECT,
    "type": "object",
    "additionalProperties": False,
    "required": ["$schema", "x-tool", "x-version", "x-licence", "type", "properties", "additionalProperties"],
    "properties": {
        "$schema": {"const": DIALECT},
        "x-tool": {**_KEY, "maxLength": 80},
        "x-version": {**_KEY, "maxLength": 40},
        "x-licence": {**_KEY, "maxLength": 80},
        "type": {"const": "object"},
        "additionalProperties": {"const": False},
        "required": {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
        "properties": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 150,
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]{0,39}$"},
            "additionalProperties": {"type": "object"},
        },
    },
}

# What to do about each kind of fault; the values are those of the fault itself.
_TO_DO: Final = {
    "required": "Add what is missing: {message}.",
    "additionalProperties": "Take out what a form may not hold: {message}.",
    "const": "Write {wanted} here.",
    "type": "Write a value of the type {wanted} here.",
    "pattern": "Write something that is not blank and, for the name of a question, small letters, digits and _ alone.",
    "minLength": "Write at least {wanted} character.",
    "maxLength": "Write at most {wanted} characters.",
    "minimum": "Write {wanted} or more.",
    "maximum": "Write {wanted} or less.",
    "minItems": "Give at least {wanted} options.",
    "maxItems": "Give at most {wanted} options.",
    "uniqueItems": "Write each one once.",
    "minProperties": "Ask at least {wanted} question.",
    "maxProperties": "Ask at most {wanted} questions.",
}


class UnfitForm(ValueError):
    """A file is no form that can be loaded; `faults` say where, and what to do."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def read_form(data: bytes) -> FormRead:
    """A form from its file. Raises UnfitForm."""
    if len(data) > LARGEST:
        raise UnfitForm(
            f"The file is larger than {LARGEST // 1024} KiB. A form is a list of questions, so check the file."
        )
    try:
        said = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except UnfitForm:
        raise
    except (UnicodeDecodeError, ValueError, RecursionError) as fault:
        raise UnfitForm(
            "The file is not JSON in UTF-8. Write it again with an editor that says where it goes wrong."
        ) from fault
    faults = list(_faults(said))
    if faults:
        raise UnfitForm(*faults)
    return FormRead(said["x-tool"].strip(), said["x-version"].strip(), said["x-licence"].strip(), said)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise UnfitForm(f"{', '.join(twice)}: stands twice in the same object. Keep one of them.")
    return said


def _faults(said: Any) -> Iterator[str]:
    errors = sorted(Draft202012Validator(SUBSET).iter_errors(said), key=lambda one: list(map(str, one.absolute_path)))
    if errors:
        yield from map(_in_words, errors)
        return
    for name, question in said["properties"].items():
        kind = _kind(question)
        if kind is None:
            yield (
                f"properties.{name}: Say what kind of answer it takes: a string with enum, a string with maxLength, an integer, "
                "or a boolean."
            )
            continue
        schema = {"type": "object", "additionalProperties": False, "properties": kind, "required": list(kind)}
        yield from (
            _in_words(error, "properties", name) for error in Draft202012Validator(schema).iter_errors(question)
        )
        yield from _unlike(name, question)
    for name in said.get("required", ()):
        if name not in said["properties"]:
            yield f"required: {name} is no question of this form. Take it out, or add the question."


def _kind(question: Mapping[str, Any]) -> Mapping[str, Any] | None:
    what = question.get("type")
    if what == "string":
        named = "choice" if "enum" in question else "words" if "maxLength" in question else ""
    else:
        named = {"integer": "number", "boolean": "yes_or_no"}.get(what if isinstance(what, str) else "", "")
    return _KINDS.get(named)


def _unlike(name: str, question: Mapping[str, Any]) -> Iterator[str]:
    """What no schema says: as many Welsh options as English ones, and bounds in their order."""
    english, welsh = question.get("enum"), question.get("x-enum-cy")
    if isinstance(english, list) and isinstance(welsh, list) and len(english) != len(welsh):
        yield f"properties.{name}.x-enum-cy: Give one Welsh option for each of the {len(english)} in enum, in the same order."
    lowest, highest = question.get("minimum"), question.get("maximum")
    if isinstance(lowest, int) and isinstance(highest, int) and lowest > highest:
        yield f"properties.{name}.minimum: Write a minimum that is not above the maximum."


def _in_words(error: ValidationError, *within: str) -> str:
    place = ".".join([*within, *map(str, error.absolute_path)]) or "the form"
    to_do = _TO_DO.get(str(error.validator), "Compare it with the form in the documentation.")
    return f"{place}: {to_do.format(message=error.message, wanted=json.dumps(error.validator_value))}"
