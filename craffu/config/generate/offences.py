"""The offences of the fictional force and their outcomes: official codes, Home Office outcome numbers, and which are charged."""

from dataclasses import dataclass

import numpy as np

from craffu.config.generate.chance import Chance, Flags, Ints, Words
from craffu.config.generate.days import NEVER, months_of
from craffu.config.generate.tables import drawn, rate, rows_of, weights, words

OFFENCES = rows_of("offences.csv")
CONDUCTS = (*weights("cases.conduct"), "breach")
# Which offence a conduct is, in proportion: our own choice.
OFFENCE_OF = {
    "stalking": {"stalking": 60, "stalking_fear": 14, "stalking_alarm": 26},
    "harassment": {"harassment": 82, "harassment_fear": 14, "harassment_aggravated": 4},
    "malicious_communications": {"malicious_communications": 1},
    "coercive_control": {"coercive_control": 1},
    "assault": {"assault": 68, "assault_injury": 32},
    "threats": {"threats": 1},
    "damage": {"damage": 1},
    "public_order": {"public_fear": 1},
    "breach": {"breach_ro": 1},
}
_PLACES = {row["key"]: place for place, row in enumerate(OFFENCES)}
CHARGED = "1"
NOBODY_FOUND = ("14", "18")
# The victim did not support it: nobody found, and somebody found.
UNSUPPORTED = ("14", "16")


def place_of(key: str) -> int:
    return _PLACES[key]


def column(name: str) -> Words:
    """One column of the offences, with an empty place at the end for what is no crime."""
    return words([*(row[name] for row in OFFENCES), ""])


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How each crime ended: its first outcome and, where that was replaced, the second. Days are `NEVER` where there is none."""

    first: Words
    first_day: Ints
    second: Words
    second_day: Ints

    @property
    def last(self) -> Words:
        return np.where(self.second_day < NEVER, self.second, self.first)

    @property
    def charged(self) -> Flags:
        made: Flags = self.last == CHARGED
        return made

    @property
    def charged_on(self) -> Ints:
        return np.where(self.second_day < NEVER, self.second_day, self.first_day)

    @property
    def suspect_known(self) -> Flags:
        """Whether the police know who did it."""
        return ~np.isin(self.last, NOBODY_FOUND)


def outcomes_of(chance: Chance, reported_on: Ints, offence: Ints, at: Ints, last_day: int) -> Outcomes:
    """Outcomes of what was recorded as a crime; an incident has none, and what is recent none yet."""
    due = reported_on + drawn(chance.about("wait"), "cases.days_to_outcome", at)
    due = due + chance.about("days").below(at, 12)
    has = (offence >= 0) & (due <= last_day)
    others = weights("outcomes.others")
    code = words(list(others))[chance.about("other").pick(at, list(others.values()))]
    share = np.where(
        np.isin(offence, [place for place, row in enumerate(OFFENCES) if row["conduct"] == "breach"]),
        rate("outcomes.charged_breach"),
        charge_rates(reported_on),
    )
    code = np.where(chance.about("charged").hit(at, share), CHARGED, code)
    later = due + chance.about("revised on").between(at, 10, 120)
    revised = has & np.isin(code, ("15", "16")) & (later <= last_day)
    revised &= chance.about("revised").hit(at, rate("outcomes.revised"))
    second = np.where(chance.about("now charged").hit(at, 0.5), CHARGED, np.where(code == "15", "16", "15"))
    return Outcomes(
        np.where(has, code, ""),
        np.where(has, due, NEVER),
        np.where(revised, second, ""),
        np.where(revised, later, NEVER),
    )


def charge_rates(days: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The share charged by the financial year of the report."""
    by_year = weights("outcomes.charged")
    years = (months_of(days) - 3) // 12 + 1
    known = np.asarray(sorted(by_year))
    place = np.clip(np.searchsorted(known, years, side="right") - 1, 0, len(known) - 1)
    return np.asarray([by_year[year] for year in known])[place]
