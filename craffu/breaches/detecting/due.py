"""The clock holds whatever has arrived against the orders then in force, and raises what may be a breach (BRC-06).

A subject is a case, a word of another system, an entry in a victim's log or an order under which the respondent notifies the
police: `case:7`, `told:9`, `log:3`, `duty:5`. Nothing is due of these: what is raised is a breach, of which `breaches.due`
answers.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.reading import cases_that_may, found_in_cases
from craffu.breaches.ledger.actions import raise_found
from craffu.breaches.telling.noted import found_in_logs
from craffu.breaches.telling.notified import found_in_duties, next_ends, orders_with_a_duty
from craffu.breaches.telling.reading import found_in_tellings, tellings_about, tellings_naming, tellings_that_may
from craffu.breaches.topics import TELLINGS
from craffu.cases.queries import cases_of_records
from craffu.cases.topics import CASES
from craffu.linkage.queries import pairs_by_number
from craffu.linkage.topics import PAIRS
from craffu.orders.queries import records_of_orders
from craffu.orders.topics import ORDERS
from craffu.people.queries import mates, members
from craffu.people.topics import PEOPLE
from craffu.victims.noting.queries import entries_about, entries_for_ledger
from craffu.victims.topics import VICTIM_LOG
from craffu.work.facts import Answer, Source

_CASE, _TOLD, _LOG, _DUTY = "case:", "told:", "log:", "duty:"


def every_subject(by: Acting) -> Iterable[str]:
    yield from (f"{_CASE}{one}" for one in sorted(cases_that_may(by)))
    yield from (f"{_TOLD}{one}" for one in tellings_that_may(by))
    yield from (f"{_LOG}{one}" for one in entries_for_ledger(by))
    yield from (f"{_DUTY}{one}" for one in orders_with_a_duty(by))


def subjects_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News names cases or what was told; of orders, people and pairs it is about whatever anybody concerned plays a part in."""
    numbers = frozenset(map(int, subjects))
    if topic == TELLINGS:
        return [f"{_TOLD}{one}" for one in sorted(numbers)]
    if topic == VICTIM_LOG:
        return [f"{_LOG}{one}" for one in sorted(numbers)]
    if topic == CASES:
        return [f"{_CASE}{one}" for one in sorted(numbers)]
    if topic == PEOPLE:
        rows = members(by).filter(person__one_of=numbers).order_by()
        records = set(rows.values_list("record_id", flat=True))
    elif topic == PAIRS:
        records = mates(by, {end for one in pairs_by_number(by, numbers) for end in (one.left_id, one.right_id)})
    else:
        records = mates(by, records_of_orders(by, numbers))
    cases = {case for _, case in cases_of_records(by, records)}
    told = tellings_about(by, records) | (tellings_naming(by, numbers) if topic == ORDERS else set())
    return [
        *(f"{_CASE}{one}" for one in sorted(cases)),
        *(f"{_TOLD}{one}" for one in sorted(told)),
        *(f"{_LOG}{one}" for one in sorted(entries_about(by, records))),
        *(f"{_DUTY}{one}" for one in (orders_with_a_duty(by, numbers) if topic == ORDERS else ())),
    ]


def keep_what_is_found(by: Acting, subjects: Collection[str], now: datetime) -> None:
    """Each incident once, however often the clock runs."""
    cases = {int(one.removeprefix(_CASE)) for one in subjects if one.startswith(_CASE)}
    told = {int(one.removeprefix(_TOLD)) for one in subjects if one.startswith(_TOLD)}
    found = found_in_cases(by, cases, now) if cases else []
    found += found_in_tellings(by, told, now) if told else []
    noted = {int(one.removeprefix(_LOG)) for one in subjects if one.startswith(_LOG)}
    found += found_in_logs(by, noted, now) if noted else []
    found += found_in_duties(by, duties, now) if (duties := _duties(subjects)) else []
    raise_found(by=by, found=found, now=now)


def _duties(subjects: Collection[str]) -> set[int]:
    return {int(one.removeprefix(_DUTY)) for one in subjects if one.startswith(_DUTY)}


def nothing_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """Nothing is due; a duty to notify is asked for again when its clock ends."""
    duties = _duties(subjects)
    ends = next_ends(by, duties, now) if duties else {}
    return {
        one: Answer(wakes_at=ends.get(int(one.removeprefix(_DUTY))) if one.startswith(_DUTY) else None)
        for one in subjects
    }


SOURCE: Final = Source(
    key="breaches_found",
    topics=frozenset({TELLINGS, VICTIM_LOG, CASES, PEOPLE, PAIRS, ORDERS}),
    rules={},
    whys=frozenset(),
    queues=frozenset(),
    every=every_subject,
    named=subjects_named,
    due=nothing_due,
    keep=keep_what_is_found,
)
