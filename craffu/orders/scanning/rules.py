"""What of those whom an order protects stands in the pack that goes to its respondent, and whether it may go (VIC-09, ORD-11).

An image cannot be read here: a person looks at each paper and says so.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from craffu.orders.conditions.rules import ConditionType
from craffu.victims.leaks.rules import leaks

# Where somebody may not go: a zone whose words name a home is drawn round it, and tells where it is.
ZONES: Final = frozenset({ConditionType.EXCLUSION_ZONE, ConditionType.NO_APPROACH})
_HOMES: Final = frozenset({"address", "postcode"})


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a pack: where it stands, and whether it draws a zone."""

    where: str
    text: str
    is_zone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """That something protected of a kind stands somewhere. The value is never kept."""

    where: str
    kind: str


class Stands(StrEnum):
    """How the search of a pack stands, as the pack is now."""

    NOT_SCANNED = "not_scanned"
    HOLDS = "holds"
    CLEAN = "clean"
    RELEASED = "released"


MAY_GO: Final = frozenset({Stands.CLEAN, Stands.RELEASED})


@dataclass(frozen=True, slots=True)
class Scan:
    """A search that was made, or a release: of what, and whether it found anything."""

    covers: str
    holds_something: bool
    is_release: bool = False


def found_in(parts: Iterable[Part], protected: Sequence[tuple[str, str]]) -> list[Found]:
    """VIC-09: what of these contacts stands where. A zone whose words name a home gives it away besides."""
    found = []
    for part in parts:
        kinds = leaks(part.text, protected)
        if part.is_zone and _HOMES.intersection(kinds):
            kinds = leaks(part.text, protected, zone_is_centred_on_her=True)
        found += [Found(part.where, kind) for kind in kinds]
    return found


@dataclass(frozen=True, slots=True)
class Against:
    """What a pack is compared with, by row numbers alone: the records of the protected, their last contact and agreement."""

    records: tuple[int, ...] = ()
    last_contact: int = 0
    last_agreement: int = 0


def cover(terms: int, said: Iterable[int], papers: Iterable[int], against: Against) -> str:
    """What a search is of and against: whatever is added to the pack, or becomes known of the protected, asks for another."""
    parts = (
        f"terms {terms}", f"said {sorted(said)}", f"papers {sorted(papers)}", f"records {sorted(against.records)}",
        f"contact {against.last_contact}", f"agreement {against.last_agreement}",
    )  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def stands(covers: str, scans: Iterable[Scan]) -> Stands:
    """ORD-11: how the search of a pack stands that is now so; what was said of another pack is nothing said of this."""
    of_this = [one for one in scans if one.covers == covers]
    if not of_this:
        return Stands.NOT_SCANNED
    last = of_this[-1]
    if last.is_release:
        return Stands.RELEASED
    return Stands.HOLDS if last.holds_something else Stands.CLEAN
