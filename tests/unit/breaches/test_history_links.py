"""How sure it is that a row of a history is of this person, and which link counts of several (IDN-06, BRC-07)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from craffu.breaches.history.rules import How, Link, Standing, counts_of, strongest, weakest

pytestmark = [pytest.mark.rule("IDN-06"), pytest.mark.rule("BRC-07")]
OWN = Link(How.OWN)
SAID = Link(How.PERSON, "LR Rees", datetime(2026, 5, 3, tzinfo=UTC), 0.4, "L-10001")
LIKELY, UNLIKELY = Link(How.MODEL, probability=0.99), Link(How.MODEL, probability=0.94)
NOT_COMPARED = Link(How.MODEL)


def test_the_keys_stay() -> None:
    assert [one.value for one in How] == ["own", "person", "model"]


@pytest.mark.parametrize(
    ("link", "confirmed"), [(OWN, True), (SAID, True), (LIKELY, False), (UNLIKELY, False), (NOT_COMPARED, False)]
)
def test_a_source_or_a_person_confirms_and_a_model_does_not(link: Link, confirmed: bool) -> None:
    assert link.is_confirmed is confirmed


def test_of_what_joins_one_record_a_persons_word_counts_then_the_most_probable() -> None:
    assert strongest([UNLIKELY, SAID, LIKELY]) == SAID
    assert strongest([UNLIKELY, LIKELY, NOT_COMPARED]) == LIKELY
    assert strongest([SAID, OWN]) == OWN
    assert strongest([]) == NOT_COMPARED


def test_a_row_is_as_sure_as_the_least_sure_record_that_it_rests_on() -> None:
    assert weakest([OWN, SAID]) == SAID
    assert weakest([LIKELY, OWN, UNLIKELY, SAID]) == UNLIKELY
    assert weakest([LIKELY, NOT_COMPARED]) == NOT_COMPARED
    assert weakest([]) == OWN


STANDS = Standing("accepted", True, "breach", "charged", "proved")


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({}, {"recorded", "police_accepted", "charged", "proved"}),
        ({"status": "possible"}, {"recorded", "police_accepted", "charged", "proved"}),
        ({"status": "possible", "is_said": False, "court": ""}, {"undecided"}),
        # What a court found stays on record while police decide anew; that they held it for none does not.
        ({"status": "possible", "is_said": False}, {"recorded", "police_accepted", "charged", "proved"}),
        ({"status": "possible", "police": "no_breach", "court": "", "prosecution": ""}, {"recorded"}),
        ({"is_said": False}, {"recorded", "police_accepted", "charged", "proved"}),
        ({"court": "not_proved", "prosecution": ""}, {"recorded", "police_accepted", "not_proved"}),
        ({"court": "quashed", "prosecution": "no_action"}, {"recorded", "police_accepted", "quashed", "no_action"}),
        ({"court": "", "police": "undetected"}, {"recorded", "charged", "undetected"}),
        ({"court": "", "police": "no_breach", "prosecution": ""}, {"recorded", "no_action"}),
    ],
)
def test_each_count_is_named_and_what_nobody_decided_is_counted_as_nothing_else(
    changed: dict[str, Any], names: set[str]
) -> None:
    found = counts_of([(STANDS._replace(**changed), 3)])
    assert {name: number for name, number in found.items() if number} == dict.fromkeys(names, 3)


def test_what_stands_differently_is_counted_together_where_it_is_alike() -> None:
    found = counts_of([(STANDS, 2), (STANDS._replace(court="quashed"), 5), (STANDS._replace(police=""), 1)])
    assert (found["recorded"], found["charged"], found["proved"], found["quashed"], found["police_accepted"]) == (
        8,
        8,
        3,
        5,
        7,
    )
    assert counts_of([]) == {}
