"""What is due of orders, from the first thought of one to its end. Each part of the package answers for its own.

A subject is named by what it is and its row number, `case:7`, so that parts that answer for other things can join.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.topics import CASES, PLACED
from craffu.orders.considering import due as considering
from craffu.orders.topics import ORDERS
from craffu.people.topics import PEOPLE
from craffu.work.facts import Answer, Source

_CASE: Final = "case:"


def every_subject(by: Acting) -> Iterable[str]:
    return (_CASE + one for one in considering.every_case(by))


def subjects_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    return (_CASE + one for one in considering.cases_named(by, topic, subjects))


def orders_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due to each of these subjects as things stand at an instant."""
    cases = [one.removeprefix(_CASE) for one in subjects if one.startswith(_CASE)]
    found = considering.considering_due(by, cases, now) if cases else {}
    return {_CASE + case: answer for case, answer in found.items()}


SOURCE: Final = Source(
    key="orders",
    topics=frozenset({CASES, PLACED, ORDERS, PEOPLE}),
    rules=considering.RULES,
    whys=considering.WHYS,
    queues=frozenset({considering.QUEUE}),
    every=every_subject,
    named=subjects_named,
    due=orders_due,
)
