"""Records of invented people as a register holds them, some twice and wrongly: what the time of linking is measured on (B2).

The same count and seed give the same records.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from craffu.config.bench.misspelt import invented

# Of so many records in a hundred somebody is known already.
_AGAIN = 30
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Described:
    """What one record says of somebody; `pnc` and `address` are empty where it says none."""

    given: str
    family: str
    born_on: str
    sex: str
    pnc: str
    address: str

    def as_given(self) -> dict[str, str]:
        return {
            "given_name": self.given, "family_name": self.family, "date_of_birth": self.born_on, "sex": self.sex,
            "identifier": self.pnc, "home_token": self.address, "phone": "", "email": "",
        }  # fmt: skip


def described(count: int, seed: int) -> list[Described]:
    """So many records."""
    chance = random.Random(seed)  # noqa: S311  # invented people
    first = [
        _of(one.given, one.family, one.born_on, at, chance)
        for at, one in enumerate(invented(count * (100 - _AGAIN) // 100, seed))
    ]
    again = [slipped(chance.choice(first), chance) for _ in range(count - len(first))]
    return [*first, *again]


def _of(given: str, family: str, born_on: str, at: int, chance: random.Random) -> Described:
    pnc = f"{1970 + at % 55}/{at:07d}{'ABCDEFGHJKLMNPQRTUVWXYZ'[at % 23]}" if chance.random() < 0.5 else ""
    address = f"{chance.randrange(1, 200)} Street {chance.randrange(20_000)}" if chance.random() < 0.7 else ""
    return Described(given, family, born_on, str(1 + at % 2), pnc, address)


def slipped(one: Described, chance: random.Random) -> Described:
    """The same person, said otherwise in one or two things."""
    for _ in range(chance.randrange(1, 3)):
        slip = chance.randrange(5)
        if slip == 0:
            one = replace(one, family=_letter(one.family, chance))
        elif slip == 1:
            one = replace(one, given=_letter(one.given, chance))
        elif slip == 2 and len(one.born_on) == 10:
            one = replace(one, born_on=one.born_on[:8] + f"{chance.randrange(1, 29):02}")
        elif slip == 3:
            one = replace(one, pnc="")
        else:
            one = replace(one, address="")
    return one


def _letter(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name)) if name else 0
    return name[:at] + chance.choice(_LETTERS) + name[at + 1 :]


def as_given(records: Sequence[Described]) -> list[dict[str, str]]:
    return [one.as_given() for one in records]
