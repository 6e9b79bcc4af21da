"""Records of the register as the model is given them, and what it says of two as linkage keeps it."""

import math
from collections.abc import Sequence
from typing import Final

from craffu.linkage.facts import Scored
from craffu.linkage.rules import Link
from craffu.linkage.standard.rows import BETWEEN_ALIASES, BETWEEN_NAMES
from craffu.people.queries import HOME_BY_STREET, SaidLast

# A pair that the model no longer finds worth a look.
FORGOTTEN: Final = 0.0
_SURE: Final = 1 - 1e-9


def given_of(one: SaidLast) -> dict[str, str]:
    """What a record says last, as the model takes it. Contacts are compared by keyed tokens, for equality alone (SEC-06)."""
    return {
        "given_name": one.given_names, "family_name": one.family_name, "date_of_birth": one.born_on, "sex": one.sex,
        "identifier": one.pnc, "home_token": one.tokens.get("address", ""), "street_token": one.tokens.get(HOME_BY_STREET, ""),
        "aliases": BETWEEN_ALIASES.join(f"{given}{BETWEEN_NAMES}{family}" for given, family in one.aliases),
        "phone": one.tokens.get("phone", ""), "email": one.tokens.get("email", ""),
    }  # fmt: skip


def scored_of(numbers: Sequence[int], link: Link, said: Sequence[tuple[str, str, float]]) -> Scored:
    """The pair's weight is what all of it adds up to."""
    levels = tuple(said)
    weight = round(math.fsum(one for _what, _level, one in levels), 6)
    return Scored(numbers[link.left], numbers[link.right], link.probability, weight, levels)


def weight_of(probability: float) -> float:
    """Log 2 of the odds, within what a page can show."""
    held = min(max(probability, 1 - _SURE), _SURE)
    return round(math.log2(held / (1 - held)), 3)
