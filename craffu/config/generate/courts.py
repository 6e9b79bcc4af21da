"""Who was prosecuted for which crime, when the courts heard it, and what they decided."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from craffu.config.demo.words import PLACES
from craffu.config.generate.cases import Crimes
from craffu.config.generate.chance import Chance, Flags, Ints, Words, whole
from craffu.config.generate.days import NEVER, court_days, years_of
from craffu.config.generate.households import COURT_TOWNS
from craffu.config.generate.offences import OFFENCES, Outcomes
from craffu.config.generate.tables import rate, weights, words

SENTENCES = tuple(weights("courts.sentence"))
COMMUNITY, SUSPENDED, PRISON, FINE = range(len(SENTENCES))
CONVICTED, NOT_GUILTY, DROPPED, PENDING = range(4)
_ABOUT_STALKING = ("stalking", "harassment", "malicious_communications", "coercive_control", "breach")
_ASN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_OF_TOWN = {place.name: at for at, place in enumerate(PLACES)}
# The demo's place, with its courts and its police unit, of each of our towns.
COURT_PLACE_OF_TOWN = whole([_OF_TOWN[town] for town in COURT_TOWNS])
_FULL = 100_000


def case_reference(number: int, year: int) -> str:
    """The PTIURN of a case; nothing but its number makes it unique. `year` has two digits."""
    return f"GA{unit_of(number)}{number % _FULL:05}{year:02}"


def unit_of(number: int) -> str:
    """The two letters of a unit, another one for each hundred thousand cases. No place of the demo's stories has one of them,
    so both stand in one register under references of their own.
    """
    return f"X{chr(65 + number // _FULL)}"


@dataclass(frozen=True, slots=True)
class Prosecutions:
    """One place for each crime charged. `last` is the day it was decided, or a coming day where `verdict` is pending."""

    number: Ints
    crime: Ints
    suspect: Ints
    place: Ints
    arrested: Ints
    charged: Ints
    first: Ints
    last: Ints
    verdict: Ints
    pleads: Flags
    sentence: Ints
    restrained: Flags
    behaviour_order: Flags
    in_custody: Flags

    def __len__(self) -> int:
        return len(self.number)

    def followed_by(self, others: "Prosecutions") -> "Prosecutions":
        return Prosecutions(
            *(np.concatenate([getattr(self, field.name), getattr(others, field.name)]) for field in fields(self))
        )

    @property
    def convicted(self) -> Flags:
        made: Flags = self.verdict == CONVICTED
        return made

    def ptiurns(self) -> Words:
        return words([case_reference(at, year) for at, year in self._numbered()])

    def asns(self) -> Words:
        return words(
            [
                f"{year:02}GA{unit_of(at)}01{at:011}{_ASN_LETTERS[at % len(_ASN_LETTERS)]}"
                for at, year in self._numbered()
            ]
        )

    def _numbered(self) -> Iterator[tuple[int, int]]:
        return zip(self.number.tolist(), (years_of(self.charged) % 100).tolist(), strict=True)


def prosecutions_of(
    chance: Chance, crimes: Crimes, outcomes: Outcomes, towns: Ints, first_number: int, last_day: int
) -> Prosecutions:
    """What became of everything charged."""
    crime = np.flatnonzero(outcomes.charged)
    at = np.arange(len(crime)) + first_number
    charged = outcomes.charged_on[crime]
    first = court_days(charged + chance.about("first").between(at, 1, 35))
    last = court_days(first + chance.about("last").between(at, 21, 150))
    last = np.where(chance.about("at once").hit(at, 0.15), first, last)
    convicted = chance.about("convicted").hit(at, rate("courts.convicted"))
    other = np.where(chance.about("not guilty").hit(at, 0.5), NOT_GUILTY, DROPPED)
    verdict = np.where(last > last_day, PENDING, np.where(convicted, CONVICTED, other))
    told = [place for place, row in enumerate(OFFENCES) if row["conduct"] in _ABOUT_STALKING]
    about = np.isin(crimes.offence[crime], told)
    restrained = np.where(
        verdict == CONVICTED,
        chance.about("restrained").hit(at, rate("orders.restraining_on_conviction")),
        (verdict == NOT_GUILTY) & chance.about("restrained").hit(at, rate("orders.restraining_on_acquittal")),
    )
    # Whoever has just broken one order is sentenced for that; the order goes on.
    restrained &= about & (crimes.breach[crime] < 0)
    behaviour = (verdict == CONVICTED) & ~about & chance.about("cbo").hit(at, rate("orders.criminal_behaviour"))
    return Prosecutions(
        number=at, crime=crime, suspect=crimes.suspect[crime], place=COURT_PLACE_OF_TOWN[towns[crime]],
        arrested=np.maximum(crimes.reported_on[crime], charged - chance.about("arrested").between(at, 0, 3)),
        charged=charged, first=first, last=last, verdict=verdict,
        pleads=(verdict == CONVICTED) & chance.about("pleads").hit(at, rate("courts.pleads_guilty")),
        sentence=chance.about("sentence").pick(at, list(weights("courts.sentence").values())),
        restrained=restrained, behaviour_order=behaviour,
        in_custody=chance.about("custody").hit(at, rate("courts.custody")),
    )  # fmt: skip


def sentence_ends(chance: Chance, tried: Prosecutions) -> Ints:
    """The last day of supervision or, for prison, of the sentence; `NEVER` where there is none."""
    at = tried.number
    days = np.select(
        [np.isin(tried.sentence, (COMMUNITY, SUSPENDED)), tried.sentence == PRISON],
        [supervised_months(chance, at) * 30, weeks(chance, at) * 7],
        NEVER,
    )
    return np.where((tried.verdict == CONVICTED) & (days < NEVER), tried.last + days, NEVER)


def supervised_months(chance: Chance, at: Ints) -> Ints:
    """Months of a community order, or for which a sentence is suspended."""
    return chance.about("months").between(at, 12, 24)


def weeks(chance: Chance, at: Ints) -> Ints:
    """Weeks of imprisonment, suspended or not."""
    return whole([8, 12, 16, 20, 26, 40, 52])[chance.about("weeks").pick(at, (20, 22, 18, 14, 12, 8, 6))]
