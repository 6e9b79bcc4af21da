"""The truth of a fictional force: as many of everything as the documented rates say, and everything in a possible order."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from craffu.config.generate import households
from craffu.config.generate.cases import COUNTING_RULE_CHANGED, EX_PARTNER, NO, Crimes
from craffu.config.generate.chance import Ints
from craffu.config.generate.courts import COMMUNITY, PENDING
from craffu.config.generate.days import NEVER, day_of, years_of
from craffu.config.generate.offences import CONDUCTS, OFFENCES, charge_rates
from craffu.config.generate.orders import DVPO, INTERIM, NMO, SPO
from craffu.config.generate.people import ORIGINS, SUSPECT, VICTIM
from craffu.config.generate.tables import MAN, WOMAN, rate, weights
from craffu.config.generate.world import World, world_of

PEOPLE = 15_000
FIRST, LAST = date(2016, 9, 1), date(2026, 9, 30)
STALKING = CONDUCTS.index("stalking")


# Not `world`: whoever asks for that is given a database.
@pytest.fixture(scope="module", name="made")
def a_world() -> World:
    return world_of(11, 0, PEOPLE, 0, FIRST, LAST)


def within(hits: int, of: int, share: float) -> bool:
    """Whether a count is within five standard deviations of what the rate leads to expect."""
    return bool(abs(hits - share * of) <= 5 * (of * share * (1 - share)) ** 0.5 + 1)


type Counted = Callable[[World], tuple[int, int]]


def of_conduct(crimes: Crimes) -> tuple[Ints, Ints]:
    first = crimes.breach == NO
    return crimes.conduct[first], crimes.offence[first]


def stalking_seen(made: World, before: bool) -> tuple[int, int]:
    conduct, offence = of_conduct(made.crimes)
    day = made.crimes.reported_on[made.crimes.breach == NO]
    here = (conduct == STALKING) & ((day < COUNTING_RULE_CHANGED) == before)
    as_stalking = [place for place, row in enumerate(OFFENCES) if row["conduct"] == "stalking"]
    return int(np.isin(offence[here], as_stalking).sum()), int(here.sum())


def other_incidents(made: World) -> tuple[int, int]:
    conduct, offence = of_conduct(made.crimes)
    here = conduct != STALKING
    return int((offence[here] == NO).sum()), int(here.sum())


RATES: dict[str, Counted] = {
    "people.suspect_is_man": lambda w: counted(w.people.sex == MAN, alone(w) & (w.people.role == SUSPECT)),
    "people.alias": lambda w: counted(w.people.alias_forename >= 0, w.people.role == SUSPECT),
    "people.pnc": lambda w: counted(w.people.has_pnc, w.people.role == SUSPECT),
    "people.changed_surname_woman": lambda w: counted(w.people.changed_on < NEVER, w.people.sex == WOMAN),
    "cases.stalking_recorded_before_2020": lambda w: stalking_seen(w, before=True),
    "cases.stalking_recorded_from_2020": lambda w: stalking_seen(w, before=False),
    "cases.recorded_as_incident": other_incidents,
    "courts.convicted": lambda w: counted(w.tried.convicted, w.tried.verdict != PENDING),
    "courts.pleads_guilty": lambda w: counted(w.tried.pleads, w.tried.convicted),
    "courts.custody": lambda w: counted(w.tried.in_custody, w.tried.number > 0),
    "orders.unserved": lambda w: counted(w.orders.served == NEVER, np.isin(w.orders.kind, (SPO, INTERIM, NMO, DVPO))),
    "orders.lapsed_not_closed": lambda w: counted(w.orders.lapse_unnoticed, w.orders.kind >= 0),
    "orders.non_molestation": lambda w: (int((w.orders.kind == NMO).sum()), int(w.pairs.intimate.sum())),
    "breaches.told_police": lambda w: counted(w.breaches.told_police, w.breaches.order >= 0),
    "breaches.recorded_as_breach": lambda w: counted(w.breaches.as_breach, w.breaches.told_police),
    "breaches.second_condition": lambda w: counted(w.breaches.second != NO, w.breaches.second >= NO),
}
# Fewer than drawn, because some come to nothing: an order after the last day, the same condition twice.
AT_MOST = {"orders.non_molestation", "breaches.second_condition"}


def counted(
    hit: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]", where: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"
) -> tuple[int, int]:
    return int((hit & where).sum()), int(where.sum())


def alone(made: World) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """People whose sex no household decides."""
    made: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = made.people.kind == households.NONE
    return made


@pytest.mark.deep
@pytest.mark.parametrize("name", RATES)
def test_a_documented_rate_is_kept(made: World, name: str) -> None:
    hits, of = RATES[name](made)
    assert of > 100
    assert hits > 0
    if name in AT_MOST:
        assert hits <= rate(name) * of * 1.1
    else:
        assert within(hits, of, rate(name))


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("people.role", lambda w: w.people.role),
        ("cases.relationship", lambda w: w.pairs.relationship),
        ("courts.sentence", lambda w: w.tried.sentence),
        ("households.kind", lambda w: w.people.kind[::2]),
    ],
)
def test_weights_are_kept(made: World, name: str, drawn: Callable[[World], Ints]) -> None:
    listed = weights(name)
    places = drawn(made)
    for place, weight in enumerate(listed.values()):
        assert within(int((places == place).sum()), len(places), weight / sum(listed.values()))


@pytest.mark.parametrize("year", [2017, 2019, 2020, 2021, 2022, 2024])
def test_charges_follow_the_published_share_of_the_year(made: World, year: int) -> None:
    crimes, outcomes = made.crimes, made.outcomes
    here = (years_of(crimes.reported_on - 90) == year - 1) & (outcomes.first != "") & (crimes.breach == NO)
    expected = charge_rates(crimes.reported_on[here])
    assert within(int((outcomes.first[here] == "1").sum()), int(here.sum()), float(expected.mean()))


def test_names_come_from_every_tradition_as_documented(made: World) -> None:
    origin = made.people.origin
    for place, weight in enumerate(weights("people.origin").values()):
        assert within(int((origin == place).sum()), len(origin), weight / 100)
    assert len(ORIGINS) == 8


def test_nobody_shares_an_identity_with_another(made: World) -> None:
    people = made.people
    everybody = people.everybody
    days = np.full(len(people), made.last_day)
    for identities in (
        people.ids(everybody), people.pnc_ids(everybody), people.crns(everybody), people.prison_numbers(everybody),
        people.telephones(everybody, days), people.emails(everybody, days), people.cro_numbers(everybody),
    ):  # fmt: skip
        assert len(set(identities)) == len(people)


def test_nobody_of_one_force_is_anybody_of_another() -> None:
    one, two = world_of(3, 0, 500, 0, FIRST, LAST).people, world_of(3, 1, 500, 500, FIRST, LAST).people
    assert not set(one.ids(one.everybody)) & set(two.ids(two.everybody))
    assert not set(one.pnc_ids(one.everybody)) & set(two.pnc_ids(two.everybody))


def test_everybody_but_a_witness_is_in_a_pair_and_nobody_pursues_themselves(made: World) -> None:
    pairs, people = made.pairs, made.people
    assert set(people.everybody[people.role == SUSPECT]) == set(pairs.suspect)
    assert set(people.everybody[people.role == VICTIM]) == set(pairs.victim)
    assert np.bincount(pairs.suspect).max() > 3
    assert 0.05 < (np.bincount(pairs.victim, minlength=len(people))[people.role == VICTIM] > 1).mean() < 0.1
    assert not (pairs.suspect == pairs.victim).any()
    assert not (made.crimes.suspect == made.crimes.victim).any()


def test_twins_are_born_on_one_day_and_a_father_is_older_than_the_son_of_his_name(made: World) -> None:
    people = made.people
    first = people.everybody[::2]
    twins = first[people.kind[first] == households.TWINS]
    assert (people.born[twins] == people.born[twins + 1]).all()
    assert (people.forename[twins] != people.forename[twins + 1]).mean() > 0.98
    fathers = first[people.kind[first] == households.SAME_NAME]
    assert (people.forename[fathers] == people.forename[fathers + 1]).all()
    assert (people.surname[fathers] == people.surname[fathers + 1]).all()
    assert (people.born[fathers + 1] - people.born[fathers] > 18 * 365).all()
    together = first[people.kind[first] != households.NONE]
    assert (people.homes.ids[together, 0] == people.homes.ids[together + 1, 0]).all()


def test_nobody_is_too_young_and_no_day_has_many(made: World) -> None:
    people, latest = made.people, made.last_day - 18 * 366
    first = people.everybody[::2]
    fathers = first[people.kind[first] == households.SAME_NAME]
    assert (people.born[fathers] <= made.last_day - 45 * 366).all()
    apart = people.born[fathers + 1] - people.born[fathers]
    assert ((apart >= 22 * 365) & (apart < 39 * 365) & (people.born[fathers + 1] <= latest)).all()
    siblings = first[people.kind[first] == households.SIBLINGS]
    between = np.abs(people.born[siblings + 1] - people.born[siblings])
    assert ((between >= 330) & (between <= 2_900)).all()
    assert (people.born <= made.last_day - 18 * 365).all()
    once = people.born[people.kind != households.TWINS]
    assert np.bincount(once - once.min()).max() <= 20


def test_ages_are_of_the_classes_documented(made: World) -> None:
    people = made.people
    drawn = people.born[people.everybody[::2]]
    drawn = drawn[people.kind[::2] != households.SAME_NAME]
    ages = weights("people.age")
    for low, high, weight in zip(ages, [*list(ages)[1:], 90], ages.values(), strict=True):
        days = made.last_day - drawn - 5
        assert within(int(((days >= int(low) * 365) & (days < int(high) * 365)).sum()), len(drawn), weight / 100), low


def test_former_partners_have_lived_together(made: World) -> None:
    pairs, homes = made.pairs, made.people.homes.ids
    former = (pairs.relationship == EX_PARTNER) & (made.people.kind[pairs.suspect] == households.NONE)
    shared = (homes[pairs.suspect[former], 0] == homes[pairs.victim[former], 0]).mean()
    # Less than drawn: whoever has several victims cannot have begun in the home of each.
    assert 0.35 < shared <= rate("cases.ex_partners_lived_together") + 0.03


def test_days_follow_each_other(made: World) -> None:
    crimes, tried, orders = made.crimes, made.tried, made.orders
    assert (crimes.began <= crimes.ended).all()
    assert (crimes.ended < crimes.reported).all()
    assert (crimes.reported < crimes.recorded).all()
    assert crimes.recorded.max() // 1440 <= made.last_day
    dated = made.outcomes.first_day < NEVER
    assert (made.outcomes.first_day[dated] >= crimes.reported_on[dated]).all()
    assert (tried.arrested <= tried.charged).all()
    assert (tried.charged < tried.first).all()
    assert (tried.first <= tried.last).all()
    assert (orders.ends > orders.made).all()
    assert (orders.served >= orders.made).all()
    assert (made.breaches.day >= orders.made[made.breaches.order]).all()


def test_courts_sit_on_working_days(made: World) -> None:
    for at in np.concatenate([made.tried.first, made.orders.made])[:2_000]:
        assert day_of(at).weekday() < 5


def test_a_stalking_protection_order_lasts_at_least_two_years_and_a_protection_order_at_most_28_days(
    made: World,
) -> None:
    orders = made.orders
    length = orders.ends - orders.made
    assert length[orders.kind == SPO].min() >= 730
    assert 14 <= length[orders.kind == DVPO].min() <= length[orders.kind == DVPO].max() <= 28


def test_an_order_follows_its_conviction_or_application(made: World) -> None:
    orders, tried = made.orders, made.tried
    by_court = orders.prosecution != NO
    assert (orders.made[by_court] == tried.last[orders.prosecution[by_court]]).all()
    assert (made.pairs.suspect[orders.pair[by_court]] == tried.suspect[orders.prosecution[by_court]]).mean() > 0.97
    asked = made.applications
    full = orders.kind == SPO
    assert (asked.result[orders.application[full]] == "granted").all()
    assert COMMUNITY == 0


def test_a_force_of_twice_the_people_has_twice_of_everything(made: World) -> None:
    half = world_of(11, 0, PEOPLE // 2, 0, FIRST, LAST)
    for name in ("crimes", "records", "orders", "breaches", "tried"):
        assert 1.8 < len(getattr(made, name)) / len(getattr(half, name)) < 2.2
