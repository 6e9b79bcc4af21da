"""The pages about cases: how a case stands, who is in it, what is missing, and the courts' story of all its defendants."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.queries import acting_user
from craffu.cases.story_queries import NEWEST
from tests.factories.court_messages import case, court_message, defendant, message, offence
from tests.factories.orders import MADE, considered, order_of
from tests.factories.stories import bail_story
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, Visit, text_of, title_of

PTIURN = "63AA0000143"


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("supervisor")


def test_a_case_says_its_stage_with_dates_its_reference_and_its_people(
    take_in_files: TakeIn, codes: None, officer: Client, frozen_clock: Any
) -> None:
    take_in_files(bail_story())
    answer = officer.get("/cases/C-10001")
    words = text_of(answer)
    assert title_of(answer) == "Case C-10001 - Craffu"
    assert "Stage At court since 26 March 2025" in words
    assert f"Police and court case reference (PTIURN) {PTIURN}" in words
    assert "P-10001 Breichiog EXAMPLE Defendant 2 March 1988 37" in words
    assert "14 January 2026, 10:30" in words
    assert "Breach found proved, re-admitted to bail" in words


def test_what_is_missing_or_in_doubt_is_listed_with_what_to_do(
    take_in_files: TakeIn, codes: None, officer: Client
) -> None:
    take_in_files({"1.xml": court_message(birth_date=None, offences=[offence(results=[])])})
    words = text_of(officer.get("/cases/C-10001"))
    listed = words[words.index("Missing or in doubt") : words.index("Hearings and results")]
    assert "There is no date of birth." in listed
    assert "The offence has no result. Look at the message and ask the court for the value." in listed


def test_a_case_of_several_defendants_names_whose_each_hearing_is(take_in_files: TakeIn, officer: Client) -> None:
    two = [
        defendant(asn="2563AA0100000000201K", given_names=("Ann",), family_name="ONE", offences=[offence(plea="1")]),
        defendant(asn="2563AA0100000000202K", given_names=("Ben",), family_name="TWO"),
    ]
    take_in_files({"1.xml": message(case(*two))})
    words = text_of(officer.get("/cases/C-10001"))
    assert "Defendant: P-10001 Ann ONE" in words
    assert "Defendant: P-10002 Ben TWO" in words
    assert "Ann ONE (P-10001) Guilty" in words


@pytest.mark.rule("SEC-04")
def test_the_log_names_the_case_and_everybody_shown(take_in_files: TakeIn, officer: Client, visit: Visit) -> None:
    take_in_files({"1.xml": message(case(defendant(), defendant(asn="2563AA0100000000202K", given_names=("Ben",))))})
    _, rows = visit(officer, "/cases/C-10001")
    assert [(row.kind, set(refs_said_by(row))) for row in rows] == [
        ("case_viewed", {"case/C-10001", "person/P-10001", "person/P-10002"})
    ]


def test_the_stage_is_as_it_was_known_then(take_in_files: TakeIn, officer: Client) -> None:
    ended = offence(final="Y", finding="G", conviction="2025-04-04")
    with time_machine.travel(datetime(2025, 3, 4, 9, tzinfo=UTC), tick=False):
        take_in_files({"1.xml": court_message()})
    with time_machine.travel(datetime(2025, 4, 5, 9, tzinfo=UTC), tick=False):
        take_in_files({"2.xml": court_message(hearing_date="2025-04-04", offences=[ended])})
    assert "Stage Concluded at court since 4 April 2025" in text_of(officer.get("/cases/C-10001"))
    then = text_of(officer.get("/cases/C-10001?known-at=2025-04-04"))
    assert "Stage At court since 3 March 2025" in then
    assert "Convicted" not in then
    before = text_of(officer.get("/cases/C-10001?known-at=2025-03-03"))
    assert "Nothing was known about this case then." in before
    assert "PENHALIGON" not in before
    assert "63AA" not in before
    assert "First known to us" not in before
    assert "No hearing in this case has been received." not in before
    assert "As known at the end of which day?" in before


@pytest.mark.slow
def test_T35_the_number_of_queries_does_not_grow_with_defendants_hearings_or_cases(
    take_in_files: TakeIn, officer: Client, django_assert_max_num_queries: Any
) -> None:
    def people(number: int) -> list[Any]:
        return [defendant(asn=f"2563AA010000000{one:04}K", given_names=(f"N{one}",)) for one in range(number)]

    take_in_files({"1.xml": message(case(*people(3), ptiurn="63AA0000701"))})
    with django_assert_max_num_queries(16) as few_cases:
        officer.get("/cases")
    take_in_files({"2.xml": message(case(*people(NEWEST + 5), ptiurn="63AA0000702"))})
    take_in_files({"3.xml": message(case(*people(NEWEST + 15), ptiurn="63AA0000703"))})
    take_in_files({f"{one}.xml": court_message(ptiurn=f"63AA00008{one:02}") for one in range(30)})
    with django_assert_max_num_queries(16) as many_cases:
        officer.get("/cases")
    assert len(few_cases) == len(many_cases)
    counts = []
    for reference in ("C-10001", "C-10002", "C-10003"):
        with django_assert_max_num_queries(43) as queries:
            answer = officer.get(f"/cases/{reference}")
        counts.append(len(queries))
        assert len(answer.content) < 150_000
        assert answer.content.count(b"<") - answer.content.count(b"</") <= 1_500
    # A story that is longer than what is read at once is searched for what counts among the rest, at a fixed cost.
    assert counts[0] < counts[1] == counts[2], counts


def test_T35_the_number_of_queries_does_not_grow_with_orders_and_decisions_about_them(
    signed_in_client: Callable[..., Client], make_user: Callable[..., Any], system: Any, tmp_path: Path,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    team = acting_user(make_user("orders_team"))
    order = considered(system, tmp_path)
    client, counts = signed_in_client("investigator"), []
    client.get(f"/cases/{order.case.reference}")
    for kind in ("SPO", "RO_CONV", "DAPO", "NMO"):
        with django_assert_max_num_queries(32) as queries:
            assert order.reference in client.get(f"/cases/{order.case.reference}").content.decode()
        counts.append(len(queries))
        order_of(team, order.case.reference, MADE, kind)
    assert len(set(counts[1:])) == 1, counts
    assert counts[0] <= counts[1]


def test_the_list_of_cases_says_how_each_stands(take_in_files: TakeIn, officer: Client) -> None:
    take_in_files(bail_story())
    assert f"C-10001 {PTIURN} At court 26 April 2025 1" in text_of(officer.get("/cases"))
    assert f"C-10001 {PTIURN} Yn y llys 26 Ebrill 2025 1" in text_of(officer.get("/cy/cases"))
