"""A man, a woman, and something about her in every kind of record, each of it to be looked for in what leaves (SEC-11)."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from craffu.access.acting import Acting
from craffu.cases.advice.actions import ask_advice
from craffu.cases.advice.rules import Adviser
from craffu.cases.models import CaseRole
from craffu.cases.risk.actions import record_event, record_observation
from craffu.cases.risk.facts import NewEvent, NewObservation
from craffu.cases.risk.rules import Asks, Observed, Reply
from craffu.clocks.london import day_of
from craffu.intake.records.layout import layout_of
from craffu.intake.running import take_in
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import move_order
from craffu.orders.models import Order
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.prevention.planning.rules import Option
from craffu.victims.advocates.actions import name_advocate
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.answering.rules import Span
from craffu.victims.noting.actions import note_for_her
from craffu.victims.noting.facts import NewEntry
from craffu.victims.noting.kinds import Proof, Way
from craffu.victims.queries import find_victim
from craffu.victims.safeguarding.actions import record_help, record_measure, record_need
from craffu.victims.safeguarding.facts import NewMeasure, NewNeed, NewStep
from craffu.victims.safeguarding.kinds import Answer, Help, Measure, Need
from craffu.victims.safeguarding.kinds import Step as HelpStep
from craffu.victims.voice.actions import record_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, MaySee, Route, Subject
from tests.factories import plans
from tests.factories.breaches import reported
from tests.factories.crimes import UNGRADED
from tests.factories.detentions import send_detention
from tests.factories.extracts import row, write
from tests.factories.identities import score
from tests.factories.orders import order_of, scanned
from tests.factories.victims import AGREED, agreed

HIS = {
    "forenames": "Gethin", "surname": "Prydderch", "aliases": "", "date_of_birth": "1979-02-11", "sex": "M",
    "pnc_id": "2003/0123456A", "cro_number": "", "email": "gethin@example.org", "telephone": "07700 900777",
}  # fmt: skip
HERS = {
    "forenames": "Heulwen Factone", "surname": "Facttwo", "aliases": "Factthree", "date_of_birth": "1988-09-17",
    "address": "17 Heol Factfour", "town": "Factfive", "postcode": "SA99 1ZZ", "telephone": "07700 900555",
    "email": "factsix@example.org", "sex": "F", "pnc_id": "", "cro_number": "", "ethnicity": "Factseven",
}  # fmt: skip
# Where she went from him, as another crime's record of her says, and the child who went with her.
MOVED = HERS | {
    "address": "4 Lon Facteight", "town": "Factnine", "postcode": "LL99 2ZZ", "telephone": "07700 900556",
    "email": "factten@example.org",
}  # fmt: skip
CHILD = MOVED | {"forenames": "Nonfact", "date_of_birth": "2015-05-04", "aliases": "", "email": "", "telephone": ""}
# Her words for him, and the telephone from which he rings her: in a crime of which nobody has told him.
AS_SHE_SAYS = HIS | {
    "title": "Factmister", "aliases": "Facteleven", "telephone": "07700 900888", "email": "", "cro_number": "34567/91K",
    "address": "Facttwelve House", "town": "", "postcode": "SA99 3ZZ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """His reference and hers; the facts, each with the kind of record that it stands in."""

    him: str
    her: str
    case: str
    facts: dict[str, str]


class _Words:
    """Strings that stand nowhere else, each with where it was put."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def new(self, where: str) -> str:
        word = f"plantedfact{len(self.told):03}"
        self.told[word] = where
        return word


def planted(system: Acting, acting_as: Callable[..., Acting], folder: Path, now: datetime) -> Planted:
    """Takes in what other systems say of both, and records what officers do."""
    words = _Words()
    _crimes(system, folder / "crimes", words)
    send_detention(system, folder, 1, **{one: HIS[one] for one in ("forenames", "surname", "date_of_birth", "sex", "pnc_id")}, **{
        "arrested_at": "2026-11-20 10:30:00", "released_at": "2026-11-20 18:30:00", "disposal": "", "bail_ends_on": "",
        "bail_conditions": f"Not to go near {words.new('bail conditions')}", "telephone": "", "address": "", "postcode": "",
    })  # fmt: skip
    roles = {
        (one.case.reference, one.role): one for one in CaseRole.objects.for_system("a test").select_related("case")
    }
    case, covert = (one.case.reference for one in sorted(
        (one for key, one in roles.items() if key[1] == "suspect"), key=lambda one: one.case.pk)[:2])  # fmt: skip
    played = [roles[one, part].record_id for part in ("suspect", "victim") for one in (case, covert)]
    for left, right in itertools.batched(played, 2):
        score(system, left, right)
    # He was arrested of the one crime, which says nothing to him of the other.
    score(system, played[0], SourceRecord.objects.for_system("a test").get(source="custody").pk)
    people = people_of_records(system, played)
    him, her = (people[roles[case, role].record_id].reference for role in ("suspect", "victim"))
    _other_systems(system, folder / "others", words)
    officer, team = acting_as("victim_officer"), acting_as("orders_team")
    _orders(team, case, covert, him, words, now)
    _of_the_case(acting_as, case, him, words, now)
    _of_her(officer, case, her, words, now)
    unserved = Order.objects.for_system("a test").get(case__reference=covert)
    terms = replace(
        AGREED, safe_word=words.new("safe word"), never_say=words.new("agreement"), urgent_words=words.new("agreement"),
        next_revisit_on="2026-12-09",
    )  # fmt: skip
    agreed(officer, her, terms)
    named = {
        **{value: "her record" for name, value in HERS.items() if name != "sex"},
        **{value: "her record elsewhere" for name, value in MOVED.items() if name != "sex"},
        **{value: "a child" for name, value in CHILD.items() if name in ("forenames", "date_of_birth")},
        **{AS_SHE_SAYS[name]: "her words for him" for name in ("title", "aliases", "telephone", "address", "postcode")},
        AS_SHE_SAYS["cro_number"]: "a number in a crime of which he was not told",
        # Written otherwise, and in part.
        "Factone": "her record", "1988": "her record", "SA991ZZ": "her record", "LL992ZZ": "her record elsewhere",
        "900556": "her record elsewhere", "17HEOLFACTFOUR": "her record", "Lon Facteight": "her record elsewhere",
        her: "her reference", covert: "a case of which he was not told", unserved.reference: "an order not served",
        "NMO": "an order not served", "09 December": "agreement", "2026-12-09": "agreement",
    }  # fmt: skip
    return Planted(him, her, case, {text: where for text, where in {**named, **words.told}.items() if text})


def _crimes(system: Acting, inbox: Path, words: _Words) -> None:
    """The crime for which he was arrested, one of which he was not told, and one of hers in which somebody else is suspected."""
    crimes, involved = [], []
    suspects, theirs = {1: 11, 2: 13, 3: 14}, {1: 10, 2: 12, 3: 12}
    for number, suspect in suspects.items():
        said = {"summary": words.new("crime"), "location": words.new("crime"), "offence_title": words.new("crime")}
        crimes.append(row("rms", "crimes", number, **UNGRADED | said | {"station": "Aberfan"}))
        parts = [(theirs[number], "victim", ""), (suspect, "suspect", words.new("relationship"))]
        parts += [(15, "witness", "")] if number == 1 else []
        involved += [
            row("rms", "involvements", number, person_ref=f"PERSON{one}", role=role, relationship=to)
            for one, role, to in parts
        ]
    # They lived together: what is his address too is hers. Her guess at a number for him, and his guess at one of hers.
    home = {name: HERS[name] for name in ("address", "town", "postcode")}
    people = {10: HERS, 11: HIS | home, 12: MOVED, 13: AS_SHE_SAYS, 14: {"surname": "Neb"}, 15: CHILD}
    write(inbox, "crimes.csv", crimes)
    write(inbox, "persons.csv", [row("rms", "persons", number, **said) for number, said in people.items()])
    write(inbox, "involvements.csv", involved)
    write(inbox, "outcomes.csv", [row("rms", "outcomes", 1, person_ref="PERSON10", reason=words.new("outcome"))])
    contacts = {one: words.new("contact from the force's system") for one in ("words", "about", "channel", "officer")}
    write(inbox, "contacts.csv", [row("rms", "contacts", 1, person_ref="PERSON10", **contacts)])
    done = take_in(by=system, kind="rms", paths=[inbox])
    assert done.run.rejected == 0


def _other_systems(system: Acting, folder: Path, words: _Words) -> None:
    """Whatever the surveys' and the witness care unit's layouts have of free words about her."""
    for kind in ("surveys", "witness-care"):
        inbox = folder / kind
        for table, layout in layout_of(kind).tables.items():
            free = [one.name for one in layout.columns if one.protected and not one.values]
            to = {"person_ref": "PERSON10", "crime_ref": "CRIME1"}
            at = {one: value for one, value in to.items() if one in {column.name for column in layout.columns}}
            at |= {one: words.new(f"{kind} {table}") for one in free}
            write(inbox, f"{table}.csv", [row(kind, table, 1, **at)])
        assert take_in(by=system, kind=kind, paths=[inbox]).reconciled


def _orders(team: Acting, case: str, covert: str, him: str, words: _Words, now: datetime) -> None:
    """One that was served on him, one that a court made in his absence, and breaches of which somebody told."""
    conditions = [
        NewCondition(
            kind,
            f"Not to go near {words.new('condition')}.",
            behaviour=words.new("condition"),
            necessity=words.new("condition"),
        )
        for kind in ("no_contact_direct", "exclusion_zone")
    ]
    made = order_of(team, case, now - timedelta(hours=3), terms=NewTerms(tuple(conditions), has_no_locality=True))
    served = Given(
        served_at=now - timedelta(hours=1),
        place="home",
        method="personal",
        server="PC 44 Rees",
        proof="Statement of service",
    )
    move_order(by=team, order=scanned(team, made).reference, move="serve", given=served)
    order_of(team, covert, now - timedelta(hours=2), kind="NMO")
    for number in range(2):
        reported(team, him, now - timedelta(minutes=1 + number), str(number), words=words.new("breach"))


def _of_the_case(acting_as: Callable[..., Acting], case: str, him: str, words: _Words, now: datetime) -> None:
    """Risk, advice, and a plan about him: all of them speak of her."""
    assessor, day = acting_as("investigator"), day_of(now)
    moved = NewEvent(Asks.RELATIONSHIP_OR_ADDRESS_CHANGED, now - timedelta(hours=1), words.new("risk event"))
    record_event(by=assessor, case=case, given=moved)
    for fact in list(Observed)[:3]:
        record_observation(
            by=assessor, case=case, given=NewObservation(fact, Reply.YES, words.new("risk observation"), day)
        )
    ask_advice(by=acting_as("orders_team"), case=case, adviser=Adviser.PROSECUTOR, question=words.new("legal advice"))
    manager = acting_as("offender_manager")
    assert manager.user is not None
    plans.begun(manager, him)
    in_a_week = day + timedelta(days=7)
    plans.acted(manager, him, manager.user, in_a_week, behaviour=words.new("plan"), words=words.new("plan"))
    said = {one: words.new("plan") for one in ("objectives", "safety")}
    given = plans.answers(manager, him, manager.user, Option.ORDER, **said)
    plans.put(manager, him, given)


def _of_her(officer: Acting, case: str, her: str, words: _Words, now: datetime) -> None:
    """Her needs, her safety, who helps her, what she said, her log and her advocate."""
    today = day_of(now)
    for need in Need:
        record_need(by=officer, victim=her, given=NewNeed(need, Answer.YES, today, words.new(f"need: {need}")))
    for measure in Measure:
        record_measure(by=officer, victim=her, given=NewMeasure(measure, today, words.new(f"measure: {measure}")))
    for help_ in Help:
        record_help(by=officer, victim=her, given=NewStep(help_, HelpStep.OFFERED, today, words.new(f"help: {help_}")))
    notice = ReadersNotice(NOTICE_VERSION, "cy", now - timedelta(minutes=1), NOTICES[NOTICE_VERSION])
    for _one in range(2):
        view = NewView(Subject.ORDER, words.new("view"), "cy", Route.TELEPHONE, notice, (MaySee.ORDERS_TEAM,), case)
        record_view(by=officer, victim=her, given=view)
    span = Span(now - timedelta(hours=1), now - timedelta(hours=1), is_day_only=False)
    entry = NewEntry(
        span, Way.IN_PERSON, "cy", Route.TELEPHONE, notice, for_ledger=False, words=words.new("her log"),
        proof=next(one for one in Proof if one is not Proof.NOT_SAID), proof_words=words.new("her log"),
    )  # fmt: skip
    note_for_her(by=officer, victim=her, given=entry, now=now)
    hers = find_victim(officer, her)
    assert hers is not None
    name_advocate(by=officer, victim=her, given=NewAdvocate(words.new("advocate"), words.new("advocate"), today, today))
