"""What a printed breach history is for, on which basis another force is answered, and what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from craffu.access.exports.reasons import PURPOSES as OF_EXPORTS
from craffu.access.exports.rules import Purpose


class For(StrEnum):
    """For whom a history is printed. Keys are stored."""

    COURT = "court"
    FORCE = "another_force"


class Basis(StrEnum):
    """On what another force is answered. Keys are stored. The project's own list: a force's lawyer may want it longer."""

    LAW_ENFORCEMENT = "law_enforcement"
    SAFEGUARDING = "safeguarding"
    COURT_ORDER = "court_order"
    STATUTE = "statute"


ANOTHER_FORCE: Final = "another_force"
_ANSWERS: Final[Mapping[str, Promise]] = {ANOTHER_FORCE: _("To answer another force")}


def purposes_of(printed_for: str) -> Mapping[str, Promise]:
    """What it may be taken out for (SEC-07)."""
    if printed_for == For.FORCE:
        return _ANSWERS
    return {one: OF_EXPORTS[one] for one in (Purpose.COURT, Purpose.PROSECUTION)}


@dataclass(frozen=True, slots=True)
class NewHistoryPaper:
    """A history that was put on paper: what it tells and the digest of that, and the file."""

    printed_for: str
    language: str
    rows: int
    left_out: int
    facts: str
    content: bytes = field(repr=False)
    basis: str = ""
