"""What a breach of a kind of order is, and whether the offence may still be charged (BRC-02; rules.md, Annex A)."""

from dataclasses import dataclass

from craffu.orders.catalogue.kinds import Breach, Kind


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
