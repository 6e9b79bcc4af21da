"""The pages about people: the story of three court messages told as one, as it was known then, and to whom it is shown."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.cases.story_queries import NEWEST
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.intake.feeds import FEEDS
from craffu.people.models import Person
from craffu.web.court.held_words import KNOWN, in_our_words
from craffu.web.court.sources import COURT_RESULTS, OTHERS
from tests.factories.court_messages import case, court_message, defendant, message, offence, result
from tests.factories.stories import BAIL, bail_story, hostile
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, Visit, text_of, title_of

ADDRESS, PHONE = "17 Heol Ddirgel", "07700900123"


def newest_person() -> str:
    return str(Person.objects.for_system("a test").order_by("pk").values_list("reference", flat=True).last())


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator")


@pytest.fixture
def bailed(take_in_files: TakeIn, codes: None) -> str:
    """The person of the bail story, by reference."""
    take_in_files(bail_story())
    return newest_person()


ENGLISH = [
    "26 March 2025, 10:00: ",
    "Bail Conditional bail",
    "Not to contact directly or indirectly Someone Else save via a solicitor",
    "Not to enter Heol y Bont or Stryd Fawr until seen by a police officer",
    "Offence 1: ",
    "Assaulted Someone Else by beating.",
    "Plea Not guilty",
    "Remanded on bail until 26/04/2025",
    "Next hearing: 26 April 2025, 13:30",
    "10 April 2025, 10:00: ",
    "Wording as on 26 March 2025.",
    "Offence 2: Arrest by a constable as unlikely to surrender to custody BA76004",
    "Failed to comply with the conditions of bail.",
    "Plea Denies",
    "Breach denied, adjourned",
    "26 April 2025, 10:00: ",
    "Wording as on 10 April 2025.",
    "Finding Guilty",
    "Court has finished with this offence Yes",
    "Breach found proved, re-admitted to bail",
    "Next hearing: 2 June 2025, 10:00",
    "Offences and how they ended",
    "Not finished",
    "Convicted",
]
WELSH = [
    "26 Mawrth 2025, 10:00: ",
    "Mechnïaeth amodol",
    "Not to contact directly or indirectly Someone Else save via a solicitor",
    "Trosedd 1: ",
    "Assaulted Someone Else by beating.",
    "Dieuog",
    "Gwrandawiad nesaf: 26 Ebrill 2025, 13:30",
    "10 Ebrill 2025, 10:00: ",
    "Geiriad fel ar 26 Mawrth 2025.",
    "Trosedd 2: Arrest by a constable as unlikely to surrender to custody BA76004",
    "Yn gwadu",
    "26 Ebrill 2025, 10:00: ",
    "Euog",
    "Breach found proved, re-admitted to bail",
    "Collfarnwyd",
]


def tight(words: str) -> str:
    """Without the spaces that stand where markup stood."""
    return re.sub(r"\s*([:(),.])", r"\1", " ".join(words.split()))


@pytest.mark.parametrize(("prefix", "told"), [("", ENGLISH), ("/cy", WELSH)], ids=["English", "Welsh"])
def test_three_messages_of_one_bail_are_told_as_one_story(
    prefix: str, told: list[str], bailed: str, officer: Client
) -> None:
    words, place = tight(text_of(officer.get(f"{prefix}/people/{bailed}"))), 0
    place = words.index("Hearings and results" if not prefix else "Gwrandawiadau a chanlyniadau")
    for part in told:
        found = words.find(tight(part), place)
        assert found >= 0, f"{part!r} does not follow {words[place : place + 200]!r}"
        place = found


def test_what_the_court_wrote_stays_english_on_a_welsh_page(bailed: str, officer: Client) -> None:
    with time_machine.travel(datetime(2025, 5, 1, 9, tzinfo=UTC), tick=False):
        body = officer.get(f"/cy/people/{bailed}").content.decode()
    top = body[: body.index('class="moj-timeline')]
    assert re.search(r'Achos <span class="craffu-unbroken">C-[0-9]+</span>\.\s*<span lang="en">[^<]+</span>', top)
    for words in ("Assaulted Someone Else by beating.", "Breach found proved, re-admitted to bail"):
        before = body[: body.index(words)]
        assert 'lang="en"' in before[before.rindex("<") :]
    assert body.index('<ol class="govuk-list govuk-list--number craffu-conditions" lang="en">') > 0


def test_bail_conditions_are_numbered_and_the_courts_own_words_stay_within_reach(bailed: str, officer: Client) -> None:
    body = officer.get(f"/people/{bailed}").content.decode()
    conditions = re.search(r"craffu-conditions.*?</ol>", body, re.DOTALL)
    assert conditions is not None
    assert conditions.group().count("<li>") == 2
    assert f">{BAIL}</p>" in body


def test_what_needs_attention_comes_first_and_only_what_the_court_last_said(bailed: str, officer: Client) -> None:
    with time_machine.travel(datetime(2025, 5, 1, 9, tzinfo=UTC), tick=False):
        words = text_of(officer.get(f"/people/{bailed}"))
    top = words[: words.index("Hearings and results")]
    assert "Conditional bail. Conditions: 2" in top
    assert "Next hearing: 2 June 2025, 10:00" in top
    assert "26 April 2025, 13:30" not in top, "that hearing has been held"


def test_bail_for_an_offence_still_open_is_shown_though_a_later_hearing_names_only_another(
    take_in_files: TakeIn, officer: Client
) -> None:
    both = [offence(sequence="001"), offence(sequence="002", code="PH97008")]
    one_ended = [offence(sequence="001", final="Y", finding="N")]
    take_in_files(
        {
            "1.xml": court_message(hearing_date="2025-03-03", bail_conditions=BAIL, offences=both),
            "2.xml": court_message(
                hearing_date="2025-04-03", bail_status="A", bail_conditions=None, offences=one_ended
            ),
        }
    )
    person = Person.objects.for_system("a test").get()
    words = text_of(officer.get(f"/people/{person.reference}"))
    top = words[: words.index("Hearings and results")]
    assert "Conditional bail. Conditions: 2" in top
    assert "As the court said on 3 March 2025" in top


def test_a_hearing_whose_result_never_came_is_said_not_guessed(bailed: str, officer: Client) -> None:
    with time_machine.travel(datetime(2025, 6, 3, 9, tzinfo=UTC), tick=False):
        words = text_of(officer.get(f"/people/{bailed}"))
    assert "No result received for the hearing set for 2 June 2025" in words


def test_T2_no_name_is_in_the_title_or_any_address(bailed: str, officer: Client) -> None:
    answer = officer.get(f"/people/{bailed}")
    assert title_of(answer) == f"Person {bailed} - Craffu"
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', answer.content.decode())
    assert not [one for one in addresses if "EXAMPLE" in one.upper() or "BREICHIOG" in one.upper()]
    assert "Breichiog EXAMPLE" in text_of(answer)


@pytest.mark.rule("SEC-06")
def test_an_address_or_telephone_number_is_on_no_page(
    take_in_files: TakeIn, signed_in_client: Callable[..., Client]
) -> None:
    take_in_files({"1.xml": court_message(address=(ADDRESS, "Llanelli"), telephones={"Home": PHONE})})
    for role in ("investigator", "victim_officer", "response_officer"):
        client = signed_in_client(role)
        pages = ["/", "/people", f"/people/{newest_person()}"]
        for page in pages + (["/cases", "/cases/C-10001"] if role != "response_officer" else []):
            body = client.get(page).content.decode()
            assert ADDRESS not in body
            assert PHONE not in body


def test_a_response_officer_sees_who_it_is_and_how_many_cases_and_nothing_the_court_said(
    bailed: str, signed_in_client: Callable[..., Client], visit: Visit
) -> None:
    answer, rows = visit(signed_in_client("response_officer"), f"/people/{bailed}")
    words = text_of(answer)
    assert "Breichiog EXAMPLE" in words
    assert "Cases: 1" in words
    assert "bail" not in words.lower()
    assert "C-1" not in words
    assert [set(refs_said_by(row)) for row in rows] == [{f"person/{bailed}"}]


@pytest.mark.rule("SEC-04")
def test_the_log_names_the_person_and_the_cases_that_were_shown(bailed: str, officer: Client, visit: Visit) -> None:
    _, rows = visit(officer, f"/people/{bailed}")
    assert [(row.kind, set(refs_said_by(row))) for row in rows] == [
        ("person_viewed", {f"person/{bailed}", "case/C-10001"})
    ]
    assert not Event.objects.filter(payload__contains="EXAMPLE").exists()


@pytest.mark.rule("INT-02")
@pytest.mark.rule("SEC-10")
def test_the_page_says_where_each_message_came_from_and_whose_it_is(bailed: str, officer: Client) -> None:
    words = text_of(officer.get(f"/people/{bailed}"))
    sources = words[words.index("Sources and freshness") :]
    assert "Name and date of birth; Hearing and results" in sources
    assert re.search(r"file [0-9a-f]{12}, line \d+", sources)
    assert "HM Courts and Tribunals Service" in sources
    assert "Data Protection Act 2018, Part 3 (law enforcement)" in sources
    assert "Court results sent to the police for law enforcement purposes" in sources
    in_welsh = text_of(officer.get(f"/cy/people/{bailed}"))
    assert "Gwasanaeth Llysoedd a Thribiwnlysoedd EF" in in_welsh
    assert "law enforcement" not in in_welsh


@pytest.mark.rule("BIL-03")
def test_every_controller_and_basis_that_a_page_about_a_person_can_show_has_words_in_both_languages() -> None:
    shown = [FEEDS[kind] for kind in (COURT_RESULTS, *OTHERS)]
    assert {one.controller for one in shown if one.controller} | {one.sharing_basis for one in shown} <= KNOWN
    with override("cy"):
        assert [one for one in KNOWN if in_our_words(one) == one] == []


def test_an_amended_message_shows_and_the_earlier_one_stays_readable(take_in_files: TakeIn, officer: Client) -> None:
    def told(text: str, **more: str) -> bytes:
        return court_message(offences=[offence(results=[result(text=text)], **more)], bail_conditions=None)

    take_in_files({"1.xml": told("Fined fifty pounds"), "2.xml": told("Discharged", plea="1")})
    words = text_of(officer.get(f"/people/{newest_person()}"))
    assert "Amended" in words
    assert "This message replaced one received on " in words
    told_now, told_before = words.index("Discharged"), words.index("Fined fifty pounds")
    assert told_now < words.index("What the message received on ") < told_before
    assert "offence 1: charge, plea, finding or results" in words


def test_a_code_that_no_official_list_knows_is_shown_as_it_came_with_a_tag(
    take_in_files: TakeIn, codes: None, officer: Client
) -> None:
    take_in_files({"1.xml": court_message(offences=[offence(code="XX99999", plea="Z")])})
    words = text_of(officer.get(f"/people/{newest_person()}"))
    assert "XX99999 Code not in list" in words
    assert "Z Code not in list" in words


def test_lengths_amounts_and_several_next_hearings_are_in_words(take_in_files: TakeIn, officer: Client) -> None:
    from tests.factories.court_messages import duration, next_hearing

    given = [
        offence(
            sequence="001",
            results=[
                result(
                    durations=[duration(value="18", unit="M", secondary_value="1", secondary_unit="D")],
                    amounts=["1250.00", "85.50"],
                    penalty_points="6",
                    next_hearing=next_hearing(date="2025-04-14"),
                )
            ],
        ),
        offence(sequence="002", results=[result(next_hearing=next_hearing(date="2025-05-15", bail_status="U"))]),
    ]
    take_in_files({"1.xml": court_message(offences=given)})
    words = tight(text_of(officer.get(f"/people/{newest_person()}")))
    assert "Length: 18 months, 1 day" in words
    assert "Amount: £1,250" in words
    assert "Amount: £85.50" in words
    assert "Penalty points: 6" in words
    assert "Next hearing: 14 April 2025, 10:00(offences: 1)" in words
    assert "Next hearing: 15 May 2025, 10:00(offences: 2)" in words
    assert "Until then, for this offence: Unconditional bail" in words


def test_hostile_text_from_a_court_is_only_text(take_in_files: TakeIn, officer: Client) -> None:
    take_in_files(hostile())
    for page in (f"/people/{newest_person()}", f"/cy/people/{newest_person()}", "/people", "/", "/cases/C-10001"):
        body = officer.get(page).content.decode()
        assert "<script>window" not in body
        assert "<img" not in body
        assert "onload=window.__ran=1>" not in body
        assert not re.search(r'href="javascript', body)


@pytest.mark.rule("INT-06")
def test_a_source_never_received_is_not_available_and_never_looks_empty(
    system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    for path in ("/", "/cases"):
        assert "Court results are not available: none has been received yet." in text_of(
            signed_in_client("investigator").get(path)
        )


# As known at an earlier day


@pytest.fixture
def known_in_two_steps(take_in_files: TakeIn) -> str:
    """Two hearings known on 1 May, a third on 2 May at half past midnight in London, which is still 1 May in UTC."""
    one, two, three = bail_story().items()
    with time_machine.travel(datetime(2025, 5, 1, 9, tzinfo=UTC), tick=False):
        take_in_files(dict([one, two]))
    with time_machine.travel(datetime(2025, 5, 1, 23, 30, tzinfo=UTC), tick=False):
        take_in_files(dict([three]))
    return newest_person()


def test_a_page_is_shown_as_it_was_known_at_the_end_of_a_london_day(known_in_two_steps: str, officer: Client) -> None:
    then = text_of(officer.get(f"/people/{known_in_two_steps}?known-at=2025-05-01"))
    assert "As known at the end of 1 May 2025" in then
    assert "Shown: 1 to 2 of 2" in then
    assert "Breach found proved" not in then
    assert "Convicted" not in then
    after = text_of(officer.get(f"/people/{known_in_two_steps}?known-at=2025-05-02"))
    assert "Shown: 1 to 3 of 3" in after
    assert "Breach found proved" in after


def test_a_page_for_a_day_before_the_person_was_known_says_so(known_in_two_steps: str, officer: Client) -> None:
    words = text_of(officer.get(f"/people/{known_in_two_steps}?known-at=2025-04-30"))
    assert words.startswith("As known at the end of 30 April 2025")
    assert f"Person {known_in_two_steps} Nothing was known about this person then." in words
    assert "EXAMPLE" not in words
    assert "C-10001" not in words
    for said_of_nothing in ("Name not given", "Not given", "No hearing of this person has been received."):
        assert said_of_nothing not in words, "what nobody knew is not what a source left out"
    assert "As known at the end of which day?" in words


def test_the_form_may_send_the_day_in_three_boxes(known_in_two_steps: str, officer: Client) -> None:
    query = "known-at-day=1&known-at-month=5&known-at-year=2025"
    assert "As known at the end of 1 May 2025" in text_of(officer.get(f"/people/{known_in_two_steps}?{query}"))


@pytest.mark.parametrize("day", ["2025-13-01", "2025-02-30", "yesterday", "1/5/2025", "0000-00-00", "<b>", "2025-5-1"])
def test_a_day_that_does_not_exist_is_an_error_and_the_page_shows_now(
    day: str, known_in_two_steps: str, officer: Client
) -> None:
    answer = officer.get(f"/people/{known_in_two_steps}", {"known-at": day})
    assert answer.status_code == 200
    words = text_of(answer)
    assert "Enter a real date, such as 24 11 2026" in words
    assert "The page is shown as it is known now." in words
    assert "Shown: 1 to 3 of 3" in words
    assert title_of(answer).startswith("Error: ")


def test_a_day_to_come_is_an_error(known_in_two_steps: str, officer: Client, frozen_clock: Any) -> None:
    for day, wrong in (("2026-01-14", False), ("2026-01-15", True)):
        words = text_of(officer.get(f"/people/{known_in_two_steps}?known-at={day}"))
        assert ("The date must be today or in the past" in words) is wrong


# Lists and numbers


def many_hearings(number: int, ptiurn: str = "63AA0000555", asn: str = "2563AA0100000000555K") -> dict[str, bytes]:
    first = datetime(2022, 1, 3, tzinfo=UTC).date()
    return {
        f"{step:03}.xml": court_message(
            ptiurn=ptiurn, asn=asn, hearing_date=(first + timedelta(days=step)).isoformat(), given_names=("Many",)
        )
        for step in range(number)
    }


@pytest.mark.slow
def test_T35_the_number_of_queries_does_not_grow_with_hearings_or_people(
    take_in_files: TakeIn, officer: Client, django_assert_max_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    people = []
    for place, hearings in enumerate((3, NEWEST, NEWEST + 5, NEWEST + 20)):
        take_in_files(many_hearings(hearings, ptiurn=f"63AA000055{place}", asn=f"2563AA010000000055{place}K"))
        people.append(newest_person())
    for page in ("/people/{}", f"/people/{{}}?known-at={day_of(clock.now())}"):
        counts = []
        for person in people:
            with django_assert_max_num_queries(37) as queries:
                assert officer.get(page.format(person)).status_code == 200
            counts.append(len(queries))
        # A story that is longer than what is read at once is searched for what counts among the rest, at a fixed cost.
        assert counts[0] == counts[1] < counts[2] == counts[3], counts


@pytest.mark.slow
def test_a_long_story_is_shown_from_its_end_and_the_rest_is_a_page_away(take_in_files: TakeIn, officer: Client) -> None:
    take_in_files(many_hearings(12))
    person = newest_person()
    answer = officer.get(f"/people/{person}")
    assert "Shown: 11 to 12 of 12" in text_of(answer)
    assert "Shown: 1 to 10 of 12" in text_of(officer.get(f"/people/{person}?page=1"))
    assert len(answer.content) < 150_000


def test_the_list_of_people_says_who_each_is_and_how_many_cases(
    take_in_files: TakeIn, officer: Client, frozen_clock: Any
) -> None:
    take_in_files(bail_story())
    words = text_of(officer.get("/people"))
    assert "P-10001 Breichiog EXAMPLE 2 March 1988 37 Court results 1" in words
    assert "Shown: 1 to 1 of 1" in words


def test_the_list_of_people_has_fifty_a_page_at_a_constant_cost(
    take_in_files: TakeIn, officer: Client, visit: Visit, django_assert_max_num_queries: Any
) -> None:
    people = [defendant(asn=f"2563AA010000000{number:04}K", given_names=(f"Number{number}",)) for number in range(53)]
    take_in_files({"1.xml": message(case(*people[:3], ptiurn="63AA0000888"))})
    with django_assert_max_num_queries(17) as few:
        visit(officer, "/people")
    take_in_files({"1.xml": message(case(*people[3:], ptiurn="63AA0000889"))})
    with django_assert_max_num_queries(17) as many:
        first, rows = visit(officer, "/people")
    assert len(few) == len(many)
    assert "Shown: 1 to 50 of 53" in text_of(first)
    assert len(refs_said_by(rows[0])) == 50
    assert "Shown: 51 to 53 of 53" in text_of(officer.get("/people?page=2"))
    assert "Shown: 51 to 53 of 53" in text_of(officer.get("/people?page=999"))


def test_an_empty_list_says_which_emptiness_it_is(officer: Client) -> None:
    assert "Nobody is recorded yet." in text_of(officer.get("/people"))
    assert "No case is recorded yet." in text_of(officer.get("/cases"))
