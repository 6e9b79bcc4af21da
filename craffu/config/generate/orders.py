"""The civil orders of the fictional force: who applied, what the court made, for how long, on which terms, and whether served.

Kinds and their limits: Stalking Protection Act 2019, Sentencing Act 2020, Family Law Act 1996, Crime and Security Act 2010,
Domestic Abuse Act 2021.
"""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from craffu.config.generate.cases import Crimes, Pairs
from craffu.config.generate.chance import Chance, Flags, Ints, Words
from craffu.config.generate.courts import Prosecutions
from craffu.config.generate.days import NEVER, court_days, number, years_later
from craffu.config.generate.offences import CONDUCTS
from craffu.config.generate.tables import drawn, rate, words

KINDS = ("RO", "RO on acquittal", "SPO", "interim SPO", "NMO", "DVPO", "CBO", "DAPO")
RO, RO_ACQUITTAL, SPO, INTERIM, NMO, DVPO, CBO, DAPO = range(len(KINDS))
RESULT_CODES = words(["3047", "3260", "3307", "3306", "", "", "1177", "3326"])
CHANGED_CODE = "3263"
BREACH_OFFENCES = (
    "breach_ro",
    "breach_ro_acquittal",
    "breach_spo",
    "breach_spo",
    "breach_nmo",
    "breach_dvpo",
    "breach_cbo",
    "breach_dapo",
)
STALKING_PROTECTION_BEGAN = number(date(2020, 1, 20))
DOMESTIC_ABUSE_PROTECTION_BEGAN = number(date(2024, 11, 27))
CONDITIONS = ("contact", "place", "publication", "follow", "notify")
IN_FORCE, ENDED, DISCHARGED, SUPERSEDED = range(4)
STATUSES = words(["in_force", "ended", "discharged", "superseded"])
NO = -1


@dataclass(frozen=True, slots=True)
class Orders:
    """One place for each order made. `ends` is `NEVER` for an order until further order; days that never came are `NEVER`."""

    kind: Ints
    pair: Ints
    prosecution: Ints
    application: Ints
    made: Ints
    ends: Ints
    served: Ints
    varied: Ints
    discharged: Ints
    superseded: Ints
    lapse_unnoticed: Flags
    years: Ints

    def __len__(self) -> int:
        return len(self.kind)

    def kept(self, which: Flags | Ints) -> "Orders":
        return Orders(*(getattr(self, field.name)[which] for field in fields(self)))

    @property
    def over(self) -> Ints:
        """The first day on which the order no longer binds."""
        return np.minimum(np.minimum(self.ends, self.discharged), self.superseded)

    def status(self, last_day: int) -> Ints:
        """As the court's list has it: some orders that have lapsed are still called in force."""
        status = np.where((self.ends <= last_day) & ~self.lapse_unnoticed, ENDED, IN_FORCE)
        status = np.where(self.superseded <= last_day, SUPERSEDED, status)
        return np.where(self.discharged <= last_day, DISCHARGED, status)

    def refs(self) -> Words:
        return words([f"ORD-{at + 1:06}" for at in range(len(self))])

    def has_condition(self, chance: Chance, which: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Which of `CONDITIONS` each order holds."""
        held = np.ones((len(which), len(CONDITIONS)), dtype=bool)
        by_list = np.isin(self.kind[which], (NMO, DVPO, CBO))
        held[:, 3] = by_list & chance.about("follow").hit(which, 0.5)
        held[:, 4] = np.isin(self.kind[which], (SPO, INTERIM, DAPO))
        return held


@dataclass(frozen=True, slots=True)
class Applications:
    """Applications to the court by the police: for an order, or to vary or discharge one (`order` is its place)."""

    kind: Ints
    action: Words
    pair: Ints
    order: Ints
    lodged: Ints
    heard: Ints
    result: Words

    def __len__(self) -> int:
        return len(self.kind)


def orders_of(
    chance: Chance, pairs: Pairs, crimes: Crimes, tried: Prosecutions, last_day: int
) -> tuple[Orders, Applications]:
    """All orders, in the order in which they were made, and the applications for them."""
    asked = _asked(chance, pairs, crimes, last_day)
    made = [*_by_criminal_courts(chance, pairs, crimes, tried), *_by_application(chance, asked)]
    made.append(_in_family_court(chance, pairs))
    joined = Orders(*(np.concatenate([getattr(part, field.name) for part in made]) for field in fields(Orders)))
    joined = joined.kept(joined.made <= last_day)
    joined = joined.kept(np.argsort(joined.made, kind="stable"))
    joined = _later_life(chance, joined, last_day)
    return joined, _with_later_applications(chance, joined, asked, last_day)


def _blank(
    kind: int, pair: Ints, made: Ints, prosecution: Ints | None = None, application: Ints | None = None
) -> Orders:
    none, never = np.full(len(pair), NO), np.full(len(pair), NEVER)
    return Orders(
        np.full(len(pair), kind), pair, none if prosecution is None else prosecution,
        none if application is None else application, made, never, made, never, never, never,
        np.zeros(len(pair), dtype=bool), np.zeros(len(pair), dtype=np.int64),
    )  # fmt: skip


def _by_criminal_courts(chance: Chance, pairs: Pairs, crimes: Crimes, tried: Prosecutions) -> list[Orders]:
    """What the court made at the end of a prosecution: one order, and between partners in later years the newer kind."""
    between_partners = pairs.intimate[crimes.pair[tried.crime]] & (tried.last >= DOMESTIC_ABUSE_PROTECTION_BEGAN)
    newer = between_partners & chance.about("dapo").hit(tried.number, rate("orders.domestic_abuse_protection"))
    on_conviction = tried.restrained & tried.convicted
    return [
        _blank(kind, crimes.pair[tried.crime[which]], tried.last[which], prosecution=which)
        for kind, which in (
            (RO, np.flatnonzero(on_conviction & ~newer)),
            (RO_ACQUITTAL, np.flatnonzero(tried.restrained & ~tried.convicted)),
            (CBO, np.flatnonzero(tried.behaviour_order)),
            (DAPO, np.flatnonzero(on_conviction & newer)),
        )
    ]


def _asked(chance: Chance, pairs: Pairs, crimes: Crimes, last_day: int) -> Applications:
    """For a stalking protection order after the first stalking of a pair; for a domestic violence protection order at once."""
    stalking = (crimes.conduct == CONDUCTS.index("stalking")) & (crimes.reported_on >= STALKING_PROTECTION_BEGAN)
    pair, first = np.unique(crimes.pair[stalking], return_index=True)
    day = crimes.reported_on[stalking][first]
    chosen = chance.about("spo").hit(pair, rate("orders.stalking_protection"))
    pair, day = pair[chosen], day[chosen]
    lodged = day + chance.about("lodged").between(pair, 10, 110)
    near = np.flatnonzero(
        pairs.intimate & chance.about("dvpo").hit(np.arange(len(pairs)), rate("orders.domestic_violence_protection"))
    )
    quick = pairs.first_day[near] + 2
    kind = np.concatenate([np.full(len(pair), SPO), np.full(len(near), DVPO)])
    pair, lodged = np.concatenate([pair, near]), np.concatenate([lodged, quick])
    wait = np.where(kind == SPO, chance.about("heard").between(pair, 14, 60), 1)
    heard = court_days(lodged + wait)
    granted = (kind == DVPO) | chance.about("granted").hit(pair, rate("orders.stalking_protection_granted"))
    refused = words(["refused", "withdrawn"])[chance.about("refused").pick(pair, (60, 40))]
    result = np.where(heard > last_day, "not_yet_heard", np.where(granted, "granted", refused))
    keep = lodged <= last_day
    made = Applications(kind, words(["make"] * len(kind)), pair, np.full(len(kind), NO), lodged, heard, result)
    return Applications(*(getattr(made, field.name)[keep] for field in fields(made)))


def _by_application(chance: Chance, asked: Applications) -> list[Orders]:
    at = np.arange(len(asked))
    granted = at[asked.result == "granted"]
    for_spo, for_dvpo = granted[asked.kind[granted] == SPO], granted[asked.kind[granted] == DVPO]
    interim = at[asked.kind == SPO]
    interim = interim[chance.about("interim").hit(interim, rate("orders.stalking_protection_interim"))]
    began = np.minimum(court_days(asked.lodged[interim] + 3), asked.heard[interim])
    early = interim[began < asked.heard[interim]]
    first = _blank(INTERIM, asked.pair[early], court_days(asked.lodged[early] + 3), application=early)
    first = replace(first, ends=asked.heard[early])
    return [
        first,
        _blank(SPO, asked.pair[for_spo], asked.heard[for_spo], application=for_spo),
        _blank(DVPO, asked.pair[for_dvpo], asked.heard[for_dvpo], application=for_dvpo),
    ]


def _in_family_court(chance: Chance, pairs: Pairs) -> Orders:
    at = np.arange(len(pairs))
    pair = at[pairs.intimate & chance.about("nmo").hit(at, rate("orders.non_molestation"))]
    return _blank(NMO, pair, court_days(pairs.first_day[pair] + chance.about("nmo day").between(pair, 5, 90)))


def _later_life(chance: Chance, orders: Orders, last_day: int) -> Orders:
    """How long each lasts, whether it was served, and whether it was varied, discharged or lapsed without a word."""
    at = np.arange(len(orders))
    years = drawn(chance.about("years"), "orders.length_years", at)
    years = np.where(np.isin(orders.kind, (SPO, CBO)) & (years == 1), 2, years)
    years = np.where((orders.kind == NMO) & (years != 0), 1, years)
    ends = np.where(years == 0, NEVER, years_later(orders.made, years))
    ends = np.where(orders.kind == DVPO, orders.made + chance.about("dvpo length").between(at, 14, 28), ends)
    ends = np.where(orders.kind == INTERIM, orders.ends, ends)
    by_hand = np.isin(orders.kind, (SPO, INTERIM, NMO, DVPO))
    served = np.where(by_hand, orders.made + chance.about("served").pick(at, (50, 25, 12, 6, 4, 3)), orders.made)
    served = np.where(by_hand & chance.about("unserved").hit(at, rate("orders.unserved")), NEVER, served)
    day = orders.made + chance.about("changed").between(at, 40, 500)
    alive = (day < ends) & (day <= last_day) & ~np.isin(orders.kind, (DVPO, INTERIM))
    varied = alive & chance.about("varied").hit(at, rate("orders.varied"))
    ended = alive & ~varied & chance.about("discharged").hit(at, rate("orders.discharged"))
    return replace(
        orders, years=np.where(np.isin(orders.kind, (DVPO, INTERIM)), 0, years), ends=ends, served=served,
        varied=np.where(varied, court_days(day), NEVER), discharged=np.where(ended, court_days(day), NEVER),
        lapse_unnoticed=chance.about("lapse").hit(at, rate("orders.lapsed_not_closed")),
    )  # fmt: skip


def _with_later_applications(chance: Chance, orders: Orders, asked: Applications, last_day: int) -> Applications:
    """The first applications with the order each led to, and those to vary or discharge a stalking protection order."""
    led_to = np.full(len(asked), NO)
    full = np.flatnonzero((orders.application != NO) & (orders.kind != INTERIM))
    led_to[orders.application[full]] = full
    parts = [replace(asked, order=led_to)]
    for action, days in (("vary", orders.varied), ("discharge", orders.discharged)):
        which = np.flatnonzero((days <= last_day) & (orders.kind == SPO))
        lodged = days[which] - chance.about(action).between(which, 10, 35)
        parts.append(
            Applications(
                orders.kind[which], words([action] * len(which)), orders.pair[which], which, lodged, days[which],
                words(["granted"] * len(which)),
            )
        )  # fmt: skip
    return Applications(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Applications))
    )
