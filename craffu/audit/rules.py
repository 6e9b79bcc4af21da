"""Which verb an act is logged under, what a log row must hold, and how each row is chained to the one before.

SEC-04: the six verbs of DPA 2018 s.62, with time and person, and a disclosure with its recipient.
SEC-05: hash = sha256(previous hash + row as canonical JSON), the first previous hash being 64 noughts.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

BEFORE_THE_FIRST = "0" * 64
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class Verb(StrEnum):
    """The six verbs of DPA 2018 s.62, then the two of our own."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    AUTHENTICATION = "authentication"
    DENIED = "denied"


# The six that the law asks for.
BY_LAW = (
    Verb.COLLECTION,
    Verb.ALTERATION,
    Verb.CONSULTATION,
    Verb.DISCLOSURE,
    Verb.COMBINATION,
    Verb.ERASURE,
)


class Purpose(StrEnum):
    """The only uses of the log that DPA 2018 s.62(4) allows. None of them is how much anybody works."""

    LAWFULNESS = "lawfulness"
    SELF_MONITORING = "self_monitoring"
    INTEGRITY = "integrity"
    CRIMINAL_PROCEEDINGS = "criminal_proceedings"


VERB_OF_ACT: Mapping[str, Verb] = {
    "intake": Verb.COLLECTION,
    "create": Verb.COLLECTION,
    "edit": Verb.ALTERATION,
    "decide": Verb.ALTERATION,
    "view": Verb.CONSULTATION,
    "screen_search": Verb.CONSULTATION,
    "print": Verb.CONSULTATION,
    "export": Verb.DISCLOSURE,
    "download": Verb.DISCLOSURE,
    "letter_sent": Verb.DISCLOSURE,
    "verbal_update": Verb.DISCLOSURE,
    "link": Verb.COMBINATION,
    "merge": Verb.COMBINATION,
    "unlink": Verb.COMBINATION,
    "split": Verb.COMBINATION,
    "erase": Verb.ERASURE,
    "sign_in": Verb.AUTHENTICATION,
    "sign_out": Verb.AUTHENTICATION,
    "refuse": Verb.DENIED,
}


def verb_of(act: str) -> Verb:
    """The verb an act is logged under. An act nobody has placed is an error, never a guess."""
    try:
        return VERB_OF_ACT[act]
    except KeyError:
        raise ValueError(f"no verb of DPA 2018 s.62 has been chosen for the act {act!r}") from None


def missing_fields(verb: Verb, row: Mapping[str, object]) -> list[str]:
    """What a row lacks before it may be logged: always when and who, and for a disclosure to whom."""
    needed = ["at", "actor", *(["recipient"] if verb is Verb.DISCLOSURE else [])]
    return [name for name in needed if not row.get(name)]


@dataclass(frozen=True, slots=True)
class EventCheck:
    """Under which verb an act is logged, and whether the row says enough to be."""

    verb: Verb
    accepted: bool
    missing: list[str]


def check_event(act: str, row: Mapping[str, object]) -> EventCheck:
    """Whether a row may be logged for an act."""
    verb = verb_of(act)
    missing = missing_fields(verb, row)
    return EventCheck(verb, not missing, missing)


REFERENCE = re.compile(r"[a-z][a-z_]*/\S{1,100}")
FORCE = re.compile(r"[A-Za-z0-9_-]{1,20}")


def is_reference(text: str) -> bool:
    """Whether a text points at a record (`person/P-10001`) rather than saying something about somebody."""
    return REFERENCE.fullmatch(text) is not None


def is_force(text: str) -> bool:
    """Whether a text can be a force's code: it also names the file that holds the force's signed heads."""
    return FORCE.fullmatch(text) is not None


def storable(text: str) -> str:
    """The text with what a database or UTF-8 cannot hold replaced: odd input must never keep a row out of the log."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def instant_text(at: datetime) -> str:
    """An instant as the log writes it: UTC, microseconds, Z. Texts sort as the instants do."""
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be logged")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical(row: Mapping[str, object]) -> str:
    """A row as the one text that is hashed: keys sorted, no spaces, nothing escaped that UTF-8 can say."""
    return CANONICAL.encode(row)


def link(previous: str, payload: str) -> str:
    """The hash that ties a row to the one before it."""
    return hashlib.sha256((previous + payload).encode()).hexdigest()


def links(previous: str, payloads: Iterable[str]) -> list[str]:
    """The hashes of rows that follow one another."""
    hashes = []
    for payload in payloads:
        previous = link(previous, payload)
        hashes.append(previous)
    return hashes


def unbroken(previous: bytes, payloads: Sequence[bytes], hashes: Sequence[bytes]) -> bool:
    """Whether every stored hash is that of its row and of the hash stored before it, all as UTF-8.

    The one loop that runs over every row of the log, so it is one expression.
    """
    sha256 = hashlib.sha256
    befores = (previous, *hashes)[:-1]
    return [
        sha256(before + payload).hexdigest().encode() for before, payload in zip(befores, payloads, strict=True)
    ] == list(hashes)


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """The hash each row should have, and the first row (counted from 1) that has another."""

    hashes: list[str]
    ok: bool
    first_bad: int | None


def check_chain(rows: Iterable[Mapping[str, object]]) -> ChainCheck:
    """Check rows that carry their own `hash`, or work out the hashes of rows that carry none yet.

    A row is held against the hash *stored* before it, so that one bad row is named and not all that follow it.
    """
    hashes: list[str] = []
    first_bad = None
    previous = BEFORE_THE_FIRST
    for number, row in enumerate(rows, start=1):
        content = {name: value for name, value in row.items() if name != "hash"}
        due = link(previous, canonical(content))
        hashes.append(due)
        previous = str(row.get("hash", due))
        if previous != due and first_bad is None:
            first_bad = number
    return ChainCheck(hashes, first_bad is None, first_bad)
