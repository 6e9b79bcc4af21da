"""What a breach of a kind of order is, and whether the offence may still be charged (BRC-02; rules.md, Annex A)."""

from dataclasses import dataclass

from craffu.orders.catalogue.kinds import Breach, Kind
from craffu.orders.effect.rules import Enforceable


@dataclass(frozen=True, slots=True)
class Charging:
    """What a breach is. A civil breach stands in the history and is never counted as a crime."""

    breach_is: Breach
    is_offence: bool
    may_charge: bool


def charging(kind: Kind, *, has_contempt_proceedings: bool = False) -> Charging:
    """BRC-02: the offence and contempt are never both pursued for the same conduct."""
    is_offence = kind.effect.breach_is is Breach.OFFENCE
    return Charging(kind.effect.breach_is, is_offence, is_offence and not has_contempt_proceedings)


def gravity(kind: Kind, found: Enforceable, *, is_interim: bool) -> tuple[bool, bool, bool, int, bool]:
    """By what orders are sorted for an officer at a door, the least first: the project's own order (page map, P07).

    What a breach can be laid at their door for now, then what is in force, an offence before anything else, the longer term of
    custody that the catalogue names, and a full order before an interim one.
    """
    months = kind.effect.max_custody_months or 0
    return (not found.enforceable, not found.in_force, not charging(kind).is_offence, -months, is_interim)
