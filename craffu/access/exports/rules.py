"""What an export has to say before anything leaves, and what it says of whose records it holds (SEC-07, SEC-10).

Project decision: a reason has ten characters, so that a word is none, and a row of the log names five hundred records at most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_WORDS = 10
REFS_A_ROW = 500


class Purpose(StrEnum):
    """What records are taken out of Craffu for."""

    COURT = "court"
    PROSECUTION = "prosecution"
    SAFEGUARDING = "safeguarding"
    MANAGEMENT = "management"
    OVERSIGHT = "oversight"
    RIGHTS_REQUEST = "rights_request"


class Lacks(StrEnum):
    """What an export that was asked for does not say yet."""

    PURPOSE = "purpose"
    WORDS = "words"
    RECIPIENT = "recipient"
    ORGANISATION = "organisation"
    FACTOR = "fresh_sign_in_factor"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says who takes records out: what for, coded and in words, and who will have them."""

    purpose: str
    words: str
    recipient: str
    organisation: str

    @property
    def told_to(self) -> str:
        """The recipient as the log and the file name them."""
        return f"{' '.join(self.recipient.split())}, {' '.join(self.organisation.split())}"


def lacks(asked: Asked, purposes: Iterable[str], *, factor_is_fresh: bool) -> list[Lacks]:
    """What is missing, in the order in which it is asked for; nothing, and it may leave. `purposes` are those allowed."""
    found = {
        Lacks.PURPOSE: asked.purpose not in set(purposes),
        Lacks.WORDS: len(" ".join(asked.words.split())) < SHORTEST_WORDS,
        Lacks.RECIPIENT: not asked.recipient.strip(),
        Lacks.ORGANISATION: not asked.organisation.strip(),
        Lacks.FACTOR: not factor_is_fresh,
    }
    return [one for one, is_missing in found.items() if is_missing]


def batches(refs: Sequence[str], size: int = REFS_A_ROW) -> Iterator[Sequence[str]]:
    """The records of an export, each once and in order, in as many rows of the log as they need: at least one."""
    once = list(dict.fromkeys(refs))
    for start in range(0, max(1, len(once)), size):
        yield once[start : start + size]


REGIMES = ("part_3", "uk_gdpr")
BASIS_FIELDS = ("controller", "regime", "sharing_basis")


@dataclass(frozen=True, slots=True)
class Basis:
    """Whether a record may be stored for what it says of its controller, regime and sharing, and why not."""

    stored: bool
    why: list[str]


def check_basis(record: Mapping[str, object]) -> Basis:
    """A record names its controller, its regime and the basis on which it is shared; 'not shared' is an answer (SEC-10)."""
    why = [f"missing:{name}" for name in BASIS_FIELDS if not str(record.get(name) or "").strip()]
    if "missing:regime" not in why and record["regime"] not in REGIMES:
        why.append("unknown_regime")
    return Basis(not why, why)
