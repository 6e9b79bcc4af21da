"""The court results of the fictional force in the national format: each hearing of each case as the message a court sends.

Written by the demo's writer of messages, in the words of its results; here only who, when and what is decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import numpy as np

from craffu.config.demo import offences as charges
from craffu.config.demo import results
from craffu.config.demo.court_messages import message
from craffu.config.demo.hearings import (
    CUSTODY,
    Charge,
    Result,
    Sent,
    Sitting,
)
from craffu.config.demo.people import FEMALE, MALE, Complainant, Defendant
from craffu.config.demo.scene import Scene
from craffu.config.demo.story import DUMMY_ARREST
from craffu.config.demo.words import PLACES
from craffu.config.generate import households, police
from craffu.config.generate.cases import NO
from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.charges import charge_of
from craffu.config.generate.court_changes import change_heard, changes_of
from craffu.config.generate.court_orders import application_ptiurns, place_of_pair
from craffu.config.generate.courts import (
    COMMUNITY,
    CONVICTED,
    FINE,
    NOT_GUILTY,
    PENDING,
    SUSPENDED,
    supervised_months,
    weeks,
)
from craffu.config.generate.days import NEVER, day_of
from craffu.config.generate.orders import CBO, DAPO, INTERIM, RO, RO_ACQUITTAL, SPO
from craffu.config.generate.records import Described, Tally, describe
from craffu.config.generate.tables import rate, words
from craffu.config.generate.truth import Records
from craffu.config.generate.world import World
from craffu.config.generate.writing import Extracts

SYSTEM = "court-results"
_ROWS = 2_000
_UNSAID = ("aliases", "pnc")
_TRIAL, _SENTENCE = "for trial", "for sentence"


@dataclass(frozen=True, slots=True)
class _Case:
    """One prosecution while its hearings are told."""

    scene: Scene
    ptiurn: str
    arrest: str
    main: Charge
    first: date
    last: date
    verdict: int
    sentence: int
    order_kind: int
    order_years: int
    pleads: bool
    in_custody: bool
    number: int
    weeks: int
    months: int
    amended: int
    late_by: int
    copied: int


# A message, and what is out of order with it.
type _Told = tuple[Sent, tuple[str, ...]]
AMENDED_LATER, AMENDS, LATE, COPY, DUMMY = "amended_later", "amends", "sent_late", "copy", "arrest_number_dummy"


def write(world: World, into: Extracts, records: Records, tally: Tally) -> int:
    """Writes the archives; how many messages they hold."""
    written = [0]
    into.archive(SYSTEM, "results", _counted(_documents(world, records, tally), written))
    return written[0]


def _counted(documents: Iterator[tuple[str, bytes]], count: list[int]) -> Iterator[tuple[str, bytes]]:
    for document in documents:
        count[0] += 1
        yield document


def _documents(world: World, records: Records, tally: Tally) -> Iterator[tuple[str, bytes]]:
    for several in (_prosecuted(world, tally), _applied(world, tally), _changed(world, tally)):
        for told, person, errors in several:
            names = []
            for position, (sent, _) in enumerate(told, 1):
                name = f"{sent.sent_on:%Y%m%d}-{sent.case}-{position:02}.xml"
                names.append(name)
                yield name, message(sent)
            marked = words([";".join(filter(None, (errors, *marks))) for _, marks in told])
            records.add(SYSTEM, "results", words(names), np.full(len(names), person), marked)


def _prosecuted(world: World, tally: Tally) -> Iterator[tuple[list[_Told], int, str]]:
    """Each prosecution's messages, whose they are, and the errors in how the court describes the defendant."""
    tried, people = world.tried, world.people
    orders = _orders_made(world)
    in_order = np.lexsort((tried.number, tried.first))
    in_order = in_order[tried.first[in_order] <= world.last_day]
    ptiurns, asns = tried.ptiurns(), tried.asns()
    for start in range(0, len(in_order), _ROWS):
        at = in_order[start : start + _ROWS]
        number = tried.number[at]
        said = describe(people, tried.suspect[at], tried.first[at], SYSTEM, number, tally, _UNSAID)
        complainants = _complainants(world, world.crimes.victim[tried.crime[at]], tried.first[at])
        drawn = _drawn(world, number, tried.verdict[at] == CONVICTED)
        for place, one in enumerate(at):
            defendant = _defendant(people.welsh, said, place, int(tried.suspect[one]), int(tried.place[one]))
            dice = Random(f"{world.seed}/{world.number}/{number[place]}/court")  # noqa: S311  # invented people, no secret
            scene = Scene(world.seed, day_of(world.last_day), defendant, complainants[place], dice)
            kind, years = orders.get(int(one), (NO, 0))
            arrest = DUMMY_ARREST if drawn["dummy"][place] else asns[one]
            case = _Case(
                scene, ptiurns[one], arrest, charge_of(world, scene, int(one)), day_of(tried.first[one]), day_of(tried.last[one]),
                int(tried.verdict[one]), int(tried.sentence[one]), kind, years, bool(tried.pleads[one]),
                bool(tried.in_custody[one]), int(number[place]), **{name: int(drawn[name][place]) for name in _OF_A_CASE},
            )  # fmt: skip
            yield _hearings(case), int(tried.suspect[one]), said.errors[place]


_OF_A_CASE = ("weeks", "months", "amended", "late_by", "copied")


def _drawn(world: World, number: Ints, convicted: Flags) -> dict[str, Ints | Flags]:
    """What befalls the messages of each case, and how long its sentence is."""
    chance, sentences = world.chance.about("messages"), world.chance.about("sentences")
    late = chance.about("late").hit(number, rate("courts.late"))
    return {
        "weeks": weeks(sentences, number),
        "months": supervised_months(sentences, number),
        "dummy": chance.about("dummy").hit(number, rate("courts.arrest_number_dummy")),
        "amended": convicted & chance.about("amended").hit(number, rate("courts.amended")),
        "late_by": np.where(late, chance.about("late by").between(number, 3, 60), 0),
        "copied": chance.about("copied").hit(number, rate("courts.copied")),
    }


def _orders_made(world: World) -> dict[int, tuple[int, int]]:
    """The kind and years of the order that ended each prosecution, by its place."""
    orders = world.orders
    by_court = np.flatnonzero(orders.prosecution != NO)
    return {int(orders.prosecution[at]): (int(orders.kind[at]), int(orders.years[at])) for at in by_court}


def _complainants(world: World, victims: Ints, days: Ints) -> list[Complainant]:
    people, addresses = world.people, world.people.chance.about("addresses")
    homes = people.homes.at(victims, days)
    names: Words = people.forenames(victims) + (" " + people.surnames(victims, days))
    streets = households.street_lines(addresses, homes)
    towns = households.TOWNS[households.towns_of(addresses, homes)]
    return [Complainant(*each) for each in zip(names, streets, towns, strict=True)]


def _defendant(welsh: Flags, said: Described, at: int, person: int, place: int) -> Defendant:
    born = said.born[at]
    return Defendant(
        number=person,
        title=said.title[at],
        given_names=tuple(said.forenames[at].split(" ")) if said.forenames[at] else (),
        family_name=said.surname[at],
        birth_date=date.fromisoformat(born) if born else None,
        gender=FEMALE if said.sex[at] == "F" else MALE if said.sex[at] else "9",
        address=tuple(part for part in (said.address[at], said.town[at], said.postcode[at]) if part)
        or ("No fixed address",),
        telephone=said.telephone[at] or None,
        email=said.email[at] or None,
        speaks_welsh=bool(welsh[person]),
        place=PLACES[place],
    )


def _hearings(case: _Case) -> list[_Told]:
    """Every message of a case, in the order sent."""
    told: list[_Told] = []
    always = (DUMMY,) if case.arrest == DUMMY_ARREST else ()
    if case.first != case.last:
        told.append((_sent(case, _remanded(case)), always))
    if case.verdict != PENDING:
        final = _sent(case, _decided(case, 0))
        marks = (*always, LATE) if case.late_by else always
        final = replace(final, sent_on=final.sent_on + timedelta(days=case.late_by))
        if case.amended:
            # Sent first with another length, then again as it should be.
            wrong = _sent(case, _decided(case, 1))
            told.append((wrong, (*always, AMENDED_LATER)))
            final = replace(final, sent_on=max(final.sent_on, wrong.sent_on + timedelta(days=2)))
            marks = (*marks, AMENDS)
        told.append((final, marks))
    if case.copied:
        last, marks = told[-1]
        told.append((replace(last, sent_on=last.sent_on + timedelta(days=1)), (*marks, COPY)))
    return told


def _remanded(case: _Case) -> Sitting:
    """A hearing after which the case goes on."""
    scene = case.scene
    reason = _SENTENCE if case.pleads else _TRIAL
    if case.in_custody:
        waiting = results.in_custody(scene.next(case.last, reason))
        return scene.sitting(case.first, replace(case.main, results=(waiting,)), bail=CUSTODY)
    return scene.remanded(case.first, case.last, reason, case.main)


def _sent(case: _Case, sitting: Sitting) -> Sent:
    return Sent(case.scene.defendant, case.ptiurn, case.arrest, sitting, sitting.held_on)


def _decided(case: _Case, wrong: int) -> Sitting:
    """The hearing that ends the case; `wrong` makes every length and sum larger than it is."""
    scene, main = case.scene, case.main
    # The same words however often the result is sent.
    at = replace(scene, dice=Random(f"{case.number}/decided"))  # noqa: S311  # invented people, no secret
    order = _order(case, wrong)
    if case.verdict == CONVICTED:
        return at.sitting(case.last, scene.convicted(main, case.last, _sentence(case, wrong), *order))
    if case.verdict == NOT_GUILTY:
        return at.sitting(case.last, scene.cleared(main, results.not_guilty(), *order))
    ended = results.withdrawn() if case.number % 2 else results.no_evidence()
    return at.sitting(case.last, replace(main, final=True, results=(ended,)))


def _order(case: _Case, wrong: int) -> tuple[Result, ...]:
    terms = case.scene.terms
    if case.order_kind in (RO, RO_ACQUITTAL):
        years = case.order_years and case.order_years + wrong
        return (results.restraining_order(terms, case.last, years or None, acquitted=case.order_kind == RO_ACQUITTAL),)
    if case.order_kind == DAPO:
        years = case.order_years and case.order_years + wrong
        return (results.domestic_abuse_protection_order(terms, case.last, years or None),)
    if case.order_kind == CBO:
        return (Result(f"Criminal behaviour order made. {terms.order()}.", "1177"),)
    return ()


def _sentence(case: _Case, wrong: int) -> Result:
    if case.sentence == FINE:
        return results.fine(120 + case.number % 9 * 40 + 100 * wrong)
    if case.sentence == COMMUNITY:
        return results.community_order(case.last, case.months + wrong)
    if case.sentence == SUSPENDED:
        return results.suspended(case.weeks + 2 * wrong, case.months)
    return results.prison(case.weeks + 2 * wrong)


def _applied(world: World, tally: Tally) -> Iterator[tuple[list[_Told], int, str]]:
    """Stalking protection orders: the application, the interim order and the order, without any arrest."""
    asked, orders = world.applications, world.orders
    made = {
        (int(orders.application[at]), int(orders.kind[at])): at
        for at in np.flatnonzero(orders.application != NO).tolist()
    }
    which = np.flatnonzero((asked.kind == SPO) & (asked.action == "make"))
    ptiurns, places = application_ptiurns(world), place_of_pair(world, asked.pair)
    for start in range(0, len(which), _ROWS):
        at = which[start : start + _ROWS]
        who = world.pairs.suspect[asked.pair[at]]
        said = describe(world.people, who, asked.lodged[at], SYSTEM, at + 10_000_000, tally, _UNSAID)
        complainants = _complainants(world, world.pairs.victim[asked.pair[at]], asked.lodged[at])
        for place, one in enumerate(at.tolist()):
            defendant = _defendant(world.people.welsh, said, place, int(who[place]), int(places[one]))
            dice = Random(f"{world.seed}/{world.number}/{one}/application")  # noqa: S311  # invented people, no secret
            scene = Scene(world.seed, day_of(world.last_day), defendant, complainants[place], dice)
            sittings = _protection(world, scene, one, made.get((one, INTERIM)), made.get((one, SPO)))
            told: list[_Told] = [
                (Sent(defendant, ptiurns[one], DUMMY_ARREST, each, each.held_on), ()) for each in sittings
            ]
            if told:
                yield told, int(who[place]), said.errors[place]


def _protection(world: World, scene: Scene, asked: int, interim: int | None, full: int | None) -> list[Sitting]:
    orders, heard = world.orders, day_of(world.applications.heard[asked])
    lodged = day_of(world.applications.lodged[asked])
    application = scene.charge(charges.SPO_APPLICATION, lodged, on=lodged)
    sittings = []
    if interim is not None:
        held = day_of(orders.made[interim])
        after = scene.next(heard, "for the full hearing")
        result = results.interim_stalking_protection_order(scene.terms, held, after)
        sittings.append(scene.sitting(held, replace(application, results=(result,))))
    if full is not None:
        years = int(orders.years[full])
        result = (
            results.stalking_protection_order(scene.terms, heard, years)
            if orders.ends[full] < NEVER
            else Result(f"Stalking protection order made until further order. {scene.terms.order()}.", "3307")
        )
        sittings.append(scene.sitting(heard, replace(application, final=True, results=(result,))))
    return sittings


def _changed(world: World, tally: Tally) -> Iterator[tuple[list[_Told], int, str]]:
    """Orders varied or discharged: one hearing each, in a case of its own."""
    changes, orders = changes_of(world), world.orders
    places = place_of_pair(world, orders.pair[changes.order])
    for start in range(0, len(changes), _ROWS):
        at = np.arange(len(changes))[start : start + _ROWS]
        order, day = changes.order[at], changes.day[at]
        who = world.pairs.suspect[orders.pair[order]]
        said = describe(world.people, who, day, SYSTEM, at + 20_000_000, tally, _UNSAID)
        complainants = _complainants(world, world.pairs.victim[orders.pair[order]], day)
        for place, one in enumerate(at.tolist()):
            defendant = _defendant(world.people.welsh, said, place, int(who[place]), int(places[one]))
            dice = Random(f"{world.seed}/{world.number}/{one}/change")  # noqa: S311  # invented people, no secret
            scene = Scene(world.seed, day_of(world.last_day), defendant, complainants[place], dice)
            held, made = day_of(day[place]), day_of(orders.made[order[place]])
            sitting = change_heard(scene, int(orders.kind[order[place]]), bool(changes.ended[one]), made, held)
            sent = Sent(defendant, changes.ptiurns[one], DUMMY_ARREST, sitting, held)
            yield [(sent, ())], int(who[place]), said.errors[place]


def known_to_courts(world: World) -> Flags:
    """Which breaches were charged as a breach and came before a court by the last day."""
    made = np.zeros(len(world.breaches), dtype=bool)
    crime = world.tried.crime[world.tried.first <= world.last_day]
    breach = world.crimes.breach[crime]
    breach = breach[breach != NO]
    made[breach] = police.crimes_told(world)[breach]
    return made
