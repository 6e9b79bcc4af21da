"""Conditions that can be taken ready worded: what each needs to know, which behaviour it answers and how it is checked.

ORD-14 (each condition names a behaviour; vague words are pointed out), MON-02 (how it is checked), BIL-02 (both languages).
"""

import json
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from craffu.orders.conditions.rules import ConditionType

CONDITIONS_FILE: Final = Path(__file__).resolve().parents[1] / "reference" / "conditions.json"
LANGUAGES: Final = ("en", "cy")
_HOLE: Final = re.compile(r"\{([a-z]+)\}")
_ROW: Final = frozenset({"key", "type", "words", "inputs", "answers", "checks", "evidence"})


class Behaviour(StrEnum):
    """What a condition answers: the acts that the 1997 Act s.2A(3) names as associated with stalking, and what goes with them."""

    FOLLOWING = "following"
    CONTACTING = "contacting"
    PUBLISHING = "publishing"
    MONITORING = "monitoring"
    LOITERING = "loitering"
    WATCHING = "watching"
    GIFTS = "gifts"
    THROUGH_OTHERS = "through_others"


class Input(StrEnum):
    """What the words of a condition need to be told."""

    PERSON = "person"
    CHANNEL = "channel"
    SUBJECT = "subject"
    DISTANCE = "distance"
    BOUNDARY = "boundary"
    STREET = "street"
    FROM = "from"
    UNTIL = "until"
    DAYS = "days"
    NAME = "name"
    DATE = "date"
    ADDRESS = "address"
    STATION = "station"
    DEVICE = "device"
    TIME = "time"
    PROGRAMME = "programme"
    PROVIDER = "provider"
    SUPERVISOR = "supervisor"
    ASSESSOR = "assessor"
    END = "end"
    NUMBER = "number"


class Check(StrEnum):
    """How somebody finds out whether a condition is kept (MON-02)."""

    ASK_VICTIM = "ask_victim"
    MESSAGES_AND_CALLS = "messages_and_calls"
    PATROL = "patrol"
    TAG_ALERTS = "tag_alerts"
    CAMERAS = "cameras"
    DEVICE_CHECK = "device_check"
    ACCOUNT_RECORDS = "account_records"
    ONLINE_SEARCH = "online_search"
    VISIT = "visit"
    CALL = "call"
    LIST_RECEIVED = "list_received"
    RECEIPT = "receipt"
    PROVIDER_REPORT = "provider_report"
    STATION_REGISTER = "station_register"


class Evidence(StrEnum):
    """What proves a breach of it."""

    KEPT_MESSAGES = "kept_messages"
    STATEMENT_OF_OTHER = "statement_of_other"
    KEPT_ITEM = "kept_item"
    SIGHTING_WITH_PLACE = "sighting_with_place"
    DEVICE_REPORT = "device_report"
    ACCOUNT_RECORD = "account_record"
    SAVED_PAGE = "saved_page"
    VISIT_RECORD = "visit_record"
    SIGNED_LIST = "signed_list"
    RECEIPT_GIVEN = "receipt_given"
    ATTENDANCE_RECORD = "attendance_record"
    REGISTER_ENTRY = "register_entry"
    TAG_REPORT = "tag_report"


@dataclass(frozen=True, slots=True)
class Worded:
    """One condition of the library, as one version of it has it: `words` by language, with `{person}` where an input goes."""

    key: str
    type: ConditionType
    words: Mapping[str, str]
    inputs: tuple[Input, ...]
    answers: tuple[Behaviour, ...]
    checks: tuple[Check, ...]
    evidence: Evidence
    number: int = 1

    @property
    def named(self) -> str:
        """The key and version that a condition of an order keeps, to say from which wording it began."""
        return f"{self.key}:{self.number}"


class LibraryFaulty(ValueError):
    """The library cannot be used; it says what is wrong of which condition."""

    code = "library_faulty"


@cache
def shipped() -> Mapping[str, Worded]:
    """The conditions that ship with the product, by key, in their order."""
    return types.MappingProxyType(read_library(json.loads(CONDITIONS_FILE.read_text(encoding="utf-8"))))


def read_library(said: Mapping[str, Any]) -> dict[str, Worded]:
    """Raises LibraryFaulty with everything that is wrong, each with its condition."""
    faults: list[str] = []
    found: dict[str, Worded] = {}
    try:
        date.fromisoformat(said["verified_on"])
    except (KeyError, ValueError):
        faults.append("verified_on: a day is wanted")
    for row in said.get("conditions", ()):
        key = str(row.get("key", "?"))
        try:
            one = _worded(row)
        except (KeyError, ValueError) as error:
            faults.append(f"{key}: {error}")
            continue
        faults += [f"{key}: {fault}" for fault in faults_of(one)]
        if key in found:
            faults.append(f"{key}: stands twice")
        found[key] = one
    if faults or not found:
        raise LibraryFaulty("; ".join(faults) or "no conditions")
    return found


def _worded(row: Mapping[str, Any]) -> Worded:
    if set(row) != _ROW:
        raise ValueError(f"fields {', '.join(sorted(_ROW ^ set(row)))} are lacking or too many")
    return Worded(
        row["key"], ConditionType(row["type"]), types.MappingProxyType(dict(row["words"])), tuple(map(Input, row["inputs"])),
        tuple(map(Behaviour, row["answers"])), tuple(map(Check, row["checks"])), Evidence(row["evidence"]),
    )  # fmt: skip


def faults_of(one: Worded) -> Iterator[str]:
    """What is wrong with a wording: a language without words, or words that ask for other inputs than it has."""
    for language in LANGUAGES:
        text = one.words.get(language, "")
        if not text.strip():
            yield f"no words in {language}"
        elif set(_HOLE.findall(text)) != set(one.inputs):
            yield f"the {language} words do not ask for exactly: {', '.join(one.inputs)}"
        elif "{" in _HOLE.sub("", text) or "}" in _HOLE.sub("", text):
            yield f"a brace is left open in the {language} words"
    if not (one.answers and one.checks):
        yield "no behaviour or no check"


def reworded(one: Worded, number: int, words: Mapping[str, str]) -> Worded:
    """A later version of it, in a force's own words."""
    return replace(one, number=number, words=types.MappingProxyType({name: words[name].strip() for name in LANGUAGES}))


def missing(one: Worded, inputs: Mapping[str, str]) -> list[Input]:
    """The inputs that were not given, in their order."""
    return [name for name in one.inputs if not inputs.get(name, "").strip()]


def filled(one: Worded, inputs: Mapping[str, str], language: str) -> str:
    """The words with what was given in them. Raises KeyError for an input that was not given."""
    return _HOLE.sub(lambda hole: inputs[hole[1]].strip(), one.words[language])
