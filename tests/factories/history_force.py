"""On a generated force: whether the histories that `craffu person history` prints are complete (BRC-07, IDN-06)."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.actions import decide
from craffu.clocks.london import day_of
from craffu.config.commands.person_history import history
from craffu.intake.linking.actions import agree_pair, decide_pair
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.linkage.queries import pairs_by_number, pairs_waiting_of
from craffu.orders.models import Condition, Order
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import people_of_records, record_numbers, records_of
from tests.factories.breach_force import BreachForce, Raised, Row, condition_of, rows

# A feed that gives a day alone, or a charge, may be a little off.
_DAYS_OFF: Final = 3
_AT_MOST_ROUNDS: Final = 5
WHY: Final = "Both are told of in the papers of the case"


@dataclass
class Complete:
    """How many breaches that a source told of stand in the history of whoever did them, and where the others are."""

    people: int = 0
    told: int = 0
    held: int = 0
    named: int = 0
    of_nobody: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Deciders:
    """Two who know whose each record is and say so of the pairs that wait for a person, and an officer who reads the reports."""

    first: Acting
    second: Acting
    officer: Acting


def complete(force: BreachForce) -> Complete:
    """Every breach of the truth, while its order bound, of which some system lets a reader know that it was one, is *told*: a
    crime or a charge under the code of a breach, an arrest that names the order, probation's report, her own words.

    It is *held* where the history of the person to whom the force's record of its respondent belongs has a row of it: one that
    rests on its crime, or one of its order on its day. It is *named* where that row names a source and the condition of its order
    that the truth says was broken; of an order as a whole where no system said which, as is said apart (`unnamed`).
    Of whoever the police have no readable record there is no history to ask for: their breaches are counted apart (`of_nobody`).
    """
    by, of_person = force.system, _told_of(force)
    found = Complete()
    people, orders = _people(force, of_person), _orders(force)
    for who, breaches in of_person.items():
        if who not in people:
            found.of_nobody += len(breaches)
            continue
        found.people += 1
        found.told += len(breaches)
        answer = history(by, people[who])["breaches"]
        for breach in breaches:
            _look(found, breach, answer, orders.get(breach["order_ref"], ""))
    return found


def decide_what_waits(force: BreachForce, deciders: Deciders) -> int:
    """What people do with what the machine leaves to them (IDN-02, BRC-06): every pair that waits and has to do with one of these
    people is decided as the truth has it, and of every breach that was told an officer says which condition it broke. How many
    pairs that was.
    """
    by, of_person = force.system, _told_of(force)

    def theirs() -> set[int]:
        return {one for person in _people(force, of_person).values() for one in records_of(by, person)}

    decided = decide_pairs_of(force, deciders, theirs)
    _name_conditions(force, deciders.officer)
    return decided


def decide_pairs_of(force: BreachForce, deciders: Deciders, whom: Callable[[], set[int]]) -> int:
    """Every pair that waits and has to do with these records is decided as the truth has it, and whoever is joined by that asked
    about again. How many pairs that was.
    """
    by, whose, decided = force.system, _whose(force), 0
    for _round in range(_AT_MOST_ROUNDS):
        records = whom()
        pairs = pairs_by_number(by, pairs_waiting_of(by, records))
        names = _names_of_the_truth(by, {end for pair in pairs for end in (pair.left_id, pair.right_id)})
        told = [(pair, whose.person(names[pair.left_id]), whose.person(names[pair.right_id])) for pair in pairs]
        known = [(pair, left == right) for pair, left, right in told if left is not None and right is not None]
        for pair, is_same in known:
            word = NewWord(Word.SAME if is_same else Word.NOT_SAME, WHY)
            if decide_pair(by=deciders.first, pair=pair.reference, given=word).needs_another:
                agree_pair(by=deciders.second, pair=pair.reference, agrees=True)
        decided += len(known)
        if not known:
            break
    return decided


def _names_of_the_truth(by: Acting, records: set[int]) -> dict[int, str]:
    rows = SourceRecord.objects.for_user(by).filter(pk__in=records)
    return {pk: f"{source}/{key}" for pk, source, key in rows.values_list("pk", "source", "source_key")}


def _name_conditions(force: BreachForce, officer: Acting) -> None:
    """Of each breach of the ledger that was told of, an officer names the conditions that the truth names."""
    numbers = {
        (one.terms.order_id, one.type): one.pk
        for one in Condition.objects.for_user(force.system).select_related("terms").order_by("-id")
    }
    raised = force.found()
    for row in (one for several in _told_of(force).values() for one in several if one["order_ref"] in force.orders):
        order = force.orders[row["order_ref"]]
        types = map(condition_of, row["conditions"].split(";"))
        chosen = [numbers[order, of] for of in types if (order, of) in numbers]
        of_crime = [one for one in raised if row["crime_ref"] in one.crimes]
        for one in (of_crime or _of_its_day(raised, row)) if chosen else ():
            _say_conditions(one.breach, officer, chosen)


def _of_its_day(raised: list[Raised], row: Row) -> list[Raised]:
    on = datetime.fromisoformat(row["happened_at"]).date()
    of_order = (one for one in raised if row["order_ref"] in one.orders)
    return [one for one in of_order if abs((day_of(one.breach.happened_from) - on).days) <= _DAYS_OFF]


def _say_conditions(breach: Breach, officer: Acting, conditions: list[int]) -> None:
    breach.refresh_from_db()
    if breach.status in {Status.POSSIBLE, Status.ACCEPTED}:
        decide(
            by=officer, breach=breach.reference, decision=Decision.ACCEPT, reason=WHY, seen=breach.moves_made,
            conditions=conditions,
        )  # fmt: skip


def _told_of(force: BreachForce) -> dict[str, list[Row]]:
    of_person: dict[str, list[Row]] = defaultdict(list)
    for row in rows(force.folder, "truth", "breaches"):
        if row["order_in_force"] == "yes" and any(row[name] == "yes" for name in row if name.startswith("known_to")):
            of_person[row["respondent"]].append(row)
    return of_person


def _people(force: BreachForce, of_person: dict[str, list[Row]]) -> dict[str, Person]:
    numbers = record_numbers(force.system, "rms", {force.persons[one] for one in of_person if one in force.persons})
    people = people_of_records(force.system, numbers.values())
    return {who: people[numbers[force.persons[who]]] for who in of_person if force.persons.get(who) in numbers}


def _orders(force: BreachForce) -> dict[str, str]:
    called = dict(Order.objects.for_user(force.system).values_list("pk", "reference"))
    return {ref: called[pk] for ref, pk in force.orders.items()}


@dataclass(frozen=True)
class _Whose:
    """The true person of each record, by what the register calls it.

    What courts send is known by case and defendant, which the truth's name of a message does not say: where all that was sent in
    a case is of one person, it is theirs.
    """

    named: dict[str, str]
    of_case: dict[str, str]

    def person(self, name: str) -> str | None:
        source, _, key = name.partition("/")
        return self.of_case.get(key.partition("/")[0]) if source == "court-results" else self.named.get(name)


def _whose(force: BreachForce) -> _Whose:
    named: dict[str, str] = {}
    of_case: dict[str, set[str]] = defaultdict(set)
    for row in rows(force.folder, "truth", "records"):
        if row["system"] == "court-results":
            of_case[row["key"].split("-")[1]].add(row["person"])
        else:
            source = "rms" if row["system"] == "police" else row["system"]
            named[f"{source}/{row['table']}/{row['key']}"] = row["person"]
    return _Whose(named, {case: next(iter(people)) for case, people in of_case.items() if len(people) == 1})


def _look(found: Complete, breach: Row, answer: list[dict[str, Any]], order: str) -> None:
    of_it = [one for one in answer if _is_of(one, breach, order)]
    if not of_it:
        told = [name.removeprefix("known_to_") for name in breach if breach[name] == "yes" and name.startswith("known")]
        found.missed[f"told by {' and '.join(told)}{'' if order else ', of an order that could not be entered'}"] += 1
        return
    found.held += 1
    ties = [tie for one in of_it for tie in one["conditions"] if tie["order"] == order]
    if not any(one["sources"] for one in of_it):
        found.unnamed["no source"] += 1
    elif not ties:
        found.unnamed["not tied to its order" if order else "of an order that could not be entered"] += 1
    elif all(tie["number"] is None for tie in ties):
        found.unnamed["its order as a whole"] += 1
    else:
        found.named += 1


def _is_of(one: dict[str, Any], breach: Row, order: str) -> bool:
    if breach["crime_ref"] and any(each["key"] == breach["crime_ref"] for each in one["sources"]):
        return True
    apart = datetime.fromisoformat(one["date"]).date() - datetime.fromisoformat(breach["happened_at"]).date()
    return order in one["orders"] and abs(apart.days) <= _DAYS_OFF
