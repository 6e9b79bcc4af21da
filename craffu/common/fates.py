"""Every field has a fate: does it identify somebody, how long is it kept, what does erasure do to it (SEC-08, SEC-09).

Each model lists its fields in an inner class `Handling`; an architecture test fails on a field that is missing.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kept(StrEnum):
    """What decides how long a value is kept."""

    WITH_PERSON = "with_person"
    WITH_CASE = "with_case"
    WITH_AUDIT = "with_audit"
    WITH_ACCOUNT = "with_account"
    WITH_RUN = "with_run"
    WITH_REVIEW = "with_review"
    REFERENCE = "reference"


class OnErasure(StrEnum):
    """What erasing the person it is about does to a value."""

    ERASE = "erase"
    KEEP = "keep"


class InDigest(StrEnum):
    """Whether a value tells two registers apart: what was said does, when our own clock heard it does not."""

    CONTENT = "content"
    CLOCK = "clock"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Fate:
    identifying: bool
    kept: Kept
    on_erasure: OnErasure
    digest: InDigest = InDigest.CONTENT


def personal(kept: Kept = Kept.WITH_PERSON) -> Fate:
    """A value that identifies a person or could help to."""
    return Fate(True, kept, OnErasure.ERASE)


def plain(kept: Kept) -> Fate:
    """A value that says nothing about who somebody is."""
    return Fate(False, kept, OnErasure.KEEP)


def clock(kept: Kept) -> Fate:
    """How and when we heard something, an instant of our own clock or a place in a file: kept, but not what was said."""
    return Fate(False, kept, OnErasure.KEEP, InDigest.CLOCK)


def internal(kept: Kept) -> Fate:
    """A row number, a link or a token that only this database understands."""
    return Fate(False, kept, OnErasure.KEEP, InDigest.INTERNAL)
