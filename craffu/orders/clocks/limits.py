"""What a limit is, who may change it, and where it may be shown (CLK-14).

A project decision: law is locked, only the force's own policy is the force's to set; what is not confirmed is worked out and
shown to staff with its mark, and never printed in a letter, a publication or as law.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from craffu.clocks.periods import NOT_CONFIRMED


class Kind(StrEnum):
    """What a limit is."""

    LAW = "law"
    CODE = "Code"
    GUIDANCE = "guidance"
    POLICY = "policy"


LABELS: Final = {Kind.LAW: "law", Kind.CODE: "Code", Kind.GUIDANCE: "guidance", Kind.POLICY: "force policy"}
# Law and Code change by a new dated row with its source.
SET_BY_A_FORCE: Final = frozenset({Kind.POLICY})


class Output(StrEnum):
    """Where a limit is about to be shown."""

    STAFF_PAGE = "staff_page"
    STAFF_PRINT = "staff_print"
    LETTER = "letter"
    PUBLICATION = "publication"
    LAW_TEXT = "law_text"


FOR_STAFF: Final = frozenset({Output.STAFF_PAGE, Output.STAFF_PRINT})


class Verification(StrEnum):
    """How far a limit was read in its source; a policy needs no source but the force."""

    VERIFIED = "VERIFIED"
    PARTLY = "PARTLY"
    UNVERIFIED = "UNVERIFIED"
    POLICY = "POLICY"


@dataclass(frozen=True, slots=True)
class Change:
    """Whether a force may change a limit, and what the limit is called."""

    allowed: bool
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether a limit may be shown somewhere, and its mark; it is always worked out."""

    shown: bool
    mark: str | None
    computed: bool = True


def verification_of(text: str | None) -> Verification:
    """How far a limit was read, from words such as 'VERIFIED (secondary)'; whatever does not say so is not confirmed."""
    first = (text or "").partition(" ")[0]
    return Verification(first) if first in set(Verification) else Verification.UNVERIFIED


def setting_change(kind: Kind) -> Change:
    """CLK-14: whether a force may set a limit of a kind for itself."""
    return Change(kind in SET_BY_A_FORCE, LABELS[kind])


def show_limit(verification: Verification, output: str) -> Shown:
    """CLK-14: what is not confirmed is for staff alone, wherever else it would go; and no policy is shown as law."""
    if verification is Verification.UNVERIFIED:
        return Shown(output in FOR_STAFF, NOT_CONFIRMED)
    return Shown(not (verification is Verification.POLICY and output == Output.LAW_TEXT), None)
