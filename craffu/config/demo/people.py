"""The demo's invented people: a defendant by number, and the person they would not leave alone.

The same seed and number give the same people on any machine and any day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from craffu.config.demo.words import FAMILIES, MEN, PLACES, STREETS, WOMEN, Place

MALE, FEMALE = "1", "2"
_OLDEST = date(1948, 1, 1)
_DAYS_OF_BIRTH = 20_500  # the youngest is born in February 2004


@dataclass(frozen=True, slots=True)
class Defendant:
    """Somebody who never lived, as a court describes them. `birth_date` is None where a court left it out."""

    number: int
    title: str
    given_names: tuple[str, ...]
    family_name: str
    birth_date: date | None
    gender: str
    address: tuple[str, ...]
    telephone: str | None
    email: str | None
    speaks_welsh: bool
    place: Place

    @property
    def name(self) -> str:
        return " ".join((*self.given_names, self.family_name))


@dataclass(frozen=True, slots=True)
class Complainant:
    """Whom it was done to: also invented."""

    name: str
    street: str
    town: str


def chance(seed: int, number: int, about: str) -> Random:
    """The dice for one person and one purpose: adding a purpose changes no other throw."""
    return Random(f"{seed}/{number}/{about}")  # noqa: S311  # invented people, no secret


def defendant(seed: int, number: int) -> Defendant:
    """The defendant of a number: mostly men, as in the published figures; one in three speaks Welsh."""
    dice = chance(seed, number, "defendant")
    is_man = dice.random() < 0.82
    given = dice.sample(MEN if is_man else WOMEN, 2)
    place = dice.choice(PLACES)
    speaks_welsh = number % 3 == 2
    title = "Mr" if is_man else dice.choice(("Ms", "Mrs", "Miss"))
    town = place.welsh if speaks_welsh else place.name
    return Defendant(
        number=number,
        title=title,
        given_names=tuple(given if dice.random() < 0.3 else given[:1]),
        family_name=dice.choice(FAMILIES),
        birth_date=_OLDEST + timedelta(days=dice.randrange(_DAYS_OF_BIRTH)),
        gender=MALE if is_man else FEMALE,
        address=(f"{dice.randint(1, 148)} {dice.choice(STREETS)}", town),
        # The ranges kept free for drama, and the domain that never receives post.
        telephone=f"07700 900{dice.randrange(1000):03}" if dice.random() < 0.5 else None,
        email=f"invented.{number}@example.com" if dice.random() < 0.25 else None,
        speaks_welsh=speaks_welsh,
        place=place,
    )


def complainant(seed: int, about: Defendant) -> Complainant:
    """Whom the defendant pursued: mostly women, in the same town."""
    dice = chance(seed, about.number, "complainant")
    given = dice.choice([name for name in (WOMEN if dice.random() < 0.8 else MEN) if name not in about.given_names])
    family = dice.choice([name for name in FAMILIES if name != about.family_name])
    street = dice.choice([street for street in STREETS if street not in about.address[0]])
    return Complainant(f"{given} {family}", street, about.address[-1])
