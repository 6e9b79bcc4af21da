"""Letters on their pages and on paper: what each says in either language, what stands in none, and why one may not go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.documents.papers import InLanguage, words_of
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.letters.actions import translate_reason
from craffu.orders.letters.kinds import About
from craffu.orders.letters.queries import addressee
from craffu.orders.library.rules import Input, filled, shipped
from craffu.orders.life.actions import move_order
from craffu.orders.models import LetterWritten, Order, PaperGiven
from craffu.orders.protecting.actions import say_protected
from craffu.orders.queries import find_order, story_of_order
from craffu.orders.wording.reading import pieces
from craffu.victims.letters.rules import (
    languages_of,
)
from craffu.web.letters.printing import halves, is_draft, paper_of
from craffu.web.translations import digests_of_wording
from tests.factories.letters import BY_LETTER, to_respondent, written
from tests.factories.orders import NO_CONTACT, NOT_TO_GO, considered, parties, received
from tests.factories.records import one_more_of
from tests.factories.reviews import answers, protected, reviewed, serve, victim_of, view_of
from tests.factories.translations import approve, of_catalogue
from tests.factories.victims import agreed
from tests.web.conftest import text_of, title_of
from tests.web.orders.conftest import NOW
from tests.web.orders.test_papers import says

pytestmark = pytest.mark.slow

NEAR = "9 Heol Fach, Llandeilo, SA19 6AA"


@pytest.fixture
def looks_after(make_user: Callable[..., Any]) -> Acting:
    return replace(acting_user(make_user("victim_officer")), factor_at=NOW)


@pytest.fixture
def served(made: Order, team: Acting, looks_after: Acting) -> Order:
    """The order, served, with somebody who called letters safe and speaks English."""
    order = serve(team, made, is_notified=False)
    agreed(looks_after, victim_of(looks_after, order), replace(BY_LETTER, language="en"))
    return order


def letter(
    by: Acting, order: Order, about: About = About.TERMS, language: str = "en", to: bool = True, **stands: Any
) -> str:
    """Everything that a letter says, of the order as it is or as if it stood otherwise. Nothing is printed."""
    found = find_order(by, order.reference)
    assert found is not None
    for name, value in stands.items():
        setattr(found, name, value)
    person = addressee(by, story_of_order(by, found), victim_of(by, found)) if to else None
    return words_of(paper_of(by, halves(by, found, about, person, languages_of(language), NOW)))


def lacks(said: str, *words: str) -> list[str]:
    return [one for one in words if one not in said]


def made_with(system: Acting, team: Acting, order: Order, *conditions: NewCondition, **given: Any) -> Order:
    terms = NewTerms(conditions, has_no_locality=True, **given)
    return move_order(
        by=team, order=order.reference, move="vary",
        given=Given(varied_on=NOW.date(), applicant="respondent", reason_text="The school has moved", terms=terms),
    )  # fmt: skip


@pytest.mark.rule("VIC-06")
@pytest.mark.rule("BIL-02")
def test_the_terms_are_told_in_their_language_with_what_to_do_if_they_are_broken(
    looks_after: Acting, served: Order
) -> None:
    assert lacks(
        letter(looks_after, served), "Dear Sian Mair Rees,", "Nia Price keeps in touch with you",
        "There is an order against", "It was served on them on 20 November 2026", NO_CONTACT.words, NOT_TO_GO.words,
        "To break a condition without a reasonable excuse is a crime.", "ring 999", f"reference: {served.reference}",
        "The order binds", "complain to",
    ) == []  # fmt: skip
    welsh = letter(looks_after, served, language="cy")
    assert lacks(
        welsh, "Annwyl Sian Mair Rees,", "Mae gorchymyn yn erbyn", "Fe’i cyflwynwyd iddynt ar 20 Tachwedd 2026",
        NO_CONTACT.words, "Mae rhai o eiriau’r gorchymyn yn Saesneg", "ffoniwch 999",
    ) == []  # fmt: skip
    assert not [one for one in ("Dear", "There is", "ring") if one in welsh]


@pytest.mark.rule("BIL-02")
@pytest.mark.parametrize("chosen", ["both", "other"])
def test_in_both_languages_all_welsh_stands_before_all_english(chosen: str, looks_after: Acting, served: Order) -> None:
    said = letter(looks_after, served, language=chosen)
    assert said.rindex("cwynwch i") < said.index("Dear Sian")
    found = find_order(looks_after, served.reference)
    assert found is not None
    made = halves(looks_after, found, About.TERMS, None, languages_of(chosen), NOW)
    assert [one.language for one in paper_of(looks_after, made).blocks if isinstance(one, InLanguage)] == ["en"]


@pytest.mark.rule("VIC-09")
def test_neither_the_outside_nor_the_title_nor_the_name_of_the_file_tells_what_it_is_about(
    looks_after: Acting, served: Order
) -> None:
    found = find_order(looks_after, served.reference)
    assert found is not None
    to = addressee(looks_after, story_of_order(looks_after, found), victim_of(looks_after, found))
    paper = paper_of(looks_after, halves(looks_after, found, About.TERMS, to, languages_of("en"), NOW))
    assert (paper.title, paper.marking, paper.reference) == ("Letter", "Private", served.reference)
    theirs = paper_of(looks_after, halves(looks_after, found, About.TERMS, None, languages_of("en"), NOW))
    assert "Test" not in theirs.printed


@pytest.mark.rule("VIC-09")
def test_no_place_and_nobody_else_stands_in_a_letter_to_somebody_protected(
    system: Acting, team: Acting, looks_after: Acting, served: Order, tmp_path: Any
) -> None:
    _case, _suspect, another = parties(system, tmp_path / "another", 2)
    record = protected(looks_after, served)
    one_more_of(system, another.pk, ("address", NEAR), name=("Mair", "Jenkins"))
    one_more_of(system, served.respondent_id, ("address", "2 Heol y Bryn, Llandeilo, SA19 6BB"), key="his")
    say_protected(by=team, order=served.reference, records=[record, another.pk], seen=1)
    made_with(
        system, team, served, replace(NO_CONTACT, words="Not to contact Mair Jenkins or anybody with them."),
        replace(NOT_TO_GO, words=f"Not to go to {NEAR}."),
        replace(NOT_TO_GO, type="residence", words="To live at 2 Heol y Bryn, Llandeilo, SA19 6BB."),
    )  # fmt: skip
    for about in (About.TERMS, About.CHANGED):
        said = letter(looks_after, served, about)
        assert lacks(said, "[another person]", "are not printed in a letter", "square brackets") == []
        assert not [one for one in ("Heol Fach", "SA19", "Heol y Bryn", "Jenkins") if one in said]


@pytest.mark.rule("VIC-06")
def test_a_change_is_told_old_against_new(system: Acting, team: Acting, looks_after: Acting, served: Order) -> None:
    watch = NewCondition("no_surveillance", "Not to watch them.", behaviour="Waited", necessity="He waits")
    made_with(system, team, served, replace(NO_CONTACT, words="Not to write to them."), watch)
    said = letter(looks_after, served, About.CHANGED)
    assert lacks(
        said, "was changed on 24 November 2026", "Before", "Now", NO_CONTACT.words, "Not to write to them.", NOT_TO_GO.words,
        "This condition is taken out.", "This condition was not there.", "Not to watch them.",
    ) == []  # fmt: skip
    assert lacks(letter(looks_after, served, About.CHANGED, "cy"), "Newidiwyd y gorchymyn", "Cynt", "Nawr") == []


@pytest.mark.rule("VIC-06")
@pytest.mark.rule("BIL-02")
def test_words_of_the_library_are_told_in_the_language_of_the_letter_beside_the_orders_own(
    system: Acting, team: Acting, looks_after: Acting, served: Order
) -> None:
    worded = next(one for one in shipped().values() if set(one.inputs) == {Input.PERSON})
    inputs = {"person": "the applicant"}
    own, plain = filled(worded, inputs, "en"), filled(worded, inputs, "cy")
    taken = NewCondition(
        worded.type.value, own, inputs=inputs, behaviour="Calls", necessity="They go on", library=worded.named
    )
    made_with(system, team, served, taken)
    assert lacks(letter(looks_after, served, language="cy"), plain, "Geiriau’r gorchymyn ei hun:", own) == []
    assert plain not in letter(looks_after, served)
    made_with(system, team, served, replace(taken, words=own + " But by post."))
    assert plain not in letter(looks_after, served, language="cy")
    both = replace(taken, words_cy="Peidio â chysylltu â nhw.", library="")
    made_with(system, team, served, both)
    said = letter(looks_after, served, language="cy")
    assert ("Peidio â chysylltu â nhw." in said, own in said) == (True, False)


@pytest.mark.rule("REV-04")
@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("continue", ["The order stays as it is.", "We check that the order is kept."]),
        ("vary", ["We ask for a change of the order.", "Only a court can change or end the order"]),
    ],
)
def test_what_a_review_decided_is_told_with_what_they_asked_for_and_why(
    decision: str, said: list[str], looks_after: Acting, team: Acting, served: Order
) -> None:
    view = view_of(looks_after, served, words="Cerddaf adref bob nos")
    given = answers(protected(team, served), decision=decision, view=view.pk, wants="escalate")
    reviewed(team, served, replace(given, why_differs="It is watched closely already"))
    told = letter(looks_after, served, About.REVIEW)
    assert lacks(
        told, "On 24 November 2026 we looked again", "You asked us to follow it up more closely.", *said,
        "Why: It is watched closely already",
    ) == []  # fmt: skip
    # Their own words are not sent home with them, and what was said of the decision inside the force is not either.
    assert not [one for one in ("Cerddaf", "Two sightings") if one in told]
    translate_reason(
        by=looks_after,
        order=served.reference,
        number=1,
        words="Mae’n cael ei wylio’n agos eisoes",
        translator="Elin Rees",
    )
    in_welsh = letter(looks_after, served, About.REVIEW, "cy")
    assert lacks(in_welsh, "Pam: Mae’n cael ei wylio’n agos eisoes", "Gofynnoch i ni ei ddilyn yn agosach.") == []
    assert "watched closely" not in in_welsh, "no English reason on a Welsh letter (BIL-03)"


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("VIC-09")
def test_the_respondent_is_told_the_exact_words_what_a_breach_is_and_what_to_notify_and_nothing_of_the_victim(
    looks_after: Acting, team: Acting, system: Acting, served: Order, tmp_path: Any
) -> None:
    assert lacks(
        letter(team, served, to=False), NO_CONTACT.words, NOT_TO_GO.words, "Court case number", "63AA1",
        "is a criminal offence", "The last day for it was 22 November 2026", "within three days", "ask a solicitor",
    ) == []  # fmt: skip
    assert (
        lacks(letter(team, served, language="cy", to=False), "Y diwrnod olaf ar gyfer hyn oedd 22 Tachwedd 2026") == []
    )
    assert not [one for one in ("protects", "victim", "Nia Price", "Dear") if one in letter(team, served, to=False)]
    other = received(team, considered(system, tmp_path / "other", "RO_CONV", 2).reference, NOW - timedelta(days=3))
    assert not [one for one in ("have to tell", "last day for it") if one in letter(team, other, to=False)]


@pytest.mark.rule("VIC-06")
@pytest.mark.parametrize(
    ("about", "stands", "said"),
    [
        ("terms", {"served_at": None}, "It has not been served on them yet."),
        ("terms", {"served_at": None, "aware_at": NOW}, "They have known of it since 24 November 2026"),
        ("terms", {"last_day": date(2028, 11, 19)}, "It lasts until the end of 19 November 2028."),
        ("terms", {"kind": "BAIL"}, "If a condition is broken, tell us. We act on it."),
        ("ended", {"status": "refused"}, "The court did not make the order that was asked for"),
        ("ended", {"status": "expired", "last_day": date(2026, 11, 23)}, "ended on 23 November 2026"),
        ("ended", {"status": "expired", "last_day": date(2026, 11, 23)}, "It ran to its last day."),
        ("ended", {"status": "superseded", "ended_at": NOW}, "Another order has taken its place."),
    ],
)
def test_how_the_order_stands_is_said_in_plain_words(
    about: str, stands: dict[str, Any], said: str, looks_after: Acting, served: Order
) -> None:
    assert lacks(letter(looks_after, served, About(about), **stands), said) == []


@pytest.mark.rule("VIC-06")
def test_of_conditions_that_were_imposed_in_person_nobody_waits_for_service(looks_after: Acting, served: Order) -> None:
    assert "served" not in letter(looks_after, served, kind="BAIL", served_at=None)


@pytest.mark.rule("ORD-15")
def test_a_renewal_says_the_day_before_and_the_day_now(
    system: Acting, team: Acting, looks_after: Acting, served: Order, tmp_path: Any
) -> None:
    order = received(
        team, considered(system, tmp_path / "third", "SPO", 3).reference, NOW - timedelta(days=3),
        is_indefinite=None, last_day=date(2028, 11, 20),
    )  # fmt: skip
    serve(team, order, NOW - timedelta(days=2))
    renew = Given(lodged_on=NOW.date(), new_last_day=date(2030, 11, 20), reason_text="It goes on")
    move_order(by=team, order=order.reference, move="renew", given=renew)
    said = letter(looks_after, order, About.CHANGED)
    assert lacks(said, "was renewed", "Last day: 20 November 2028", "Last day: 20 November 2030") == []
    assert lacks(letter(team, order, About.CHANGED, to=False), "It was renewed.", "20 November 2030") == []


@pytest.mark.rule("VIC-06")
def test_an_end_is_told_to_both(looks_after: Acting, team: Acting, served: Order) -> None:
    quash = Given(quashed_on=NOW.date(), court="Swansea", appeal_case_no="A1")
    move_order(by=team, order=served.reference, move="quash", given=quash)
    assert lacks(
        letter(looks_after, served, About.ENDED), "ended on", "A court decided on appeal", "about your safety at any time"
    ) == []  # fmt: skip
    theirs = letter(team, served, About.ENDED, to=False)
    assert lacks(theirs, "bind you no more", "Served on you") == []
    assert "Last day" not in theirs
    assert NO_CONTACT.words not in letter(looks_after, served, About.ENDED)


@pytest.mark.rule("VIC-02")
@pytest.mark.rule("SEC-07")
def test_a_letter_is_read_on_its_page_taken_out_and_recorded_as_received(
    as_role: Callable[[str], Client],
    looks_after: Acting,
    served: Order,
) -> None:
    officer, person = as_role("victim_officer"), victim_of(looks_after, served)
    at = f"/orders/{served.reference}/letters"
    page = officer.get(at)
    assert (
        lacks(text_of(page), "A letter is safe for them", "The order and its conditions", "None has been written.")
        == []
    )
    assert "To the respondent" not in text_of(page)
    shown = officer.get(f"{at}/terms/{person}")
    assert lacks(text_of(shown), NO_CONTACT.words, "No address is printed on it", "Dear Sian Mair Rees,") == []
    assert "Rees" not in title_of(shown)
    version = {"agreement": value_of(shown, "agreement"), "review": ""}
    stale = officer.post(f"{at}/terms/{person}", {"agreement": "999999"})
    assert (stale.status_code, "has changed meanwhile" in text_of(stale)) == (409, True)
    answer = officer.post(f"{at}/terms/{person}", version)
    assert says(answer, "Dear Sian Mair Rees,", NO_CONTACT.words, "Private") == []
    assert answer.headers["Content-Disposition"] == 'attachment; filename="craffu-letter-20261124-1200.pdf"'
    row = LetterWritten.objects.for_user(looks_after).get()
    assert row.printed.wording["letter_made"] == 1
    assert lacks(text_of(officer.get(at)), "Record it", "Sian Mair Rees") == []
    moved_on = officer.get(f"/orders/{served.reference}/papers/printed/{row.printed_id}/given")
    assert moved_on.headers["Location"] == f"{at}/{row.printed_id}/given"
    said = {"way": "posted", "on_day": "24", "on_month": "11", "on_year": "2026", "at": "12:00"}
    assert officer.post(f"{at}/{row.printed_id}/given", said | {"way": ""}).status_code == 200
    done = officer.post(f"{at}/{row.printed_id}/given", said)
    assert (done.status_code, PaperGiven.objects.for_user(looks_after).count()) == (302, 1)
    assert "Record it" not in text_of(officer.get(at))
    assert officer.get(f"/orders/{served.reference}/papers/printed/{row.printed_id}").status_code == 200


def value_of(answer: Any, name: str) -> str:
    body = answer.content.decode()
    return str(body.split(f'name="{name}" value="')[1].split('"')[0])


@pytest.mark.rule("VIC-01")
def test_where_no_letter_is_safe_the_page_says_which_ways_are(
    as_role: Callable[[str], Client],
    looks_after: Acting,
    served: Order,
) -> None:
    officer, person = as_role("victim_officer"), victim_of(looks_after, served)
    agreed(looks_after, person, replace(BY_LETTER, channels=("telephone", "text_message")))
    at = f"/orders/{served.reference}/letters"
    for page in (officer.get(at), officer.get(f"{at}/terms/{person}")):
        assert lacks(text_of(page), "A letter is not a way that they call safe", "Telephone, Text message") == []
    assert officer.post(f"{at}/terms/{person}").status_code == 200
    assert not LetterWritten.objects.for_user(looks_after).exists()
    for path in ("terms/P-99999", "nothing/" + person, "999999/given"):
        assert officer.get(f"{at}/{path}").status_code == 404
    assert "nothing of the kind" in text_of(officer.get(f"{at}/review/{person}"))


@pytest.mark.rule("VIC-09")
def test_a_letter_to_the_respondent_that_holds_what_is_protected_does_not_leave(
    as_role: Callable[[str], Client],
    system: Acting,
    team: Acting,
    looks_after: Acting,
    served: Order,
) -> None:
    at = f"/orders/{served.reference}/letters"
    orders_team = as_role("orders_team")
    page = orders_team.get(at)
    assert "To whom the order protects" not in text_of(page)
    welsh = orders_team.post(f"{at}/terms/respondent", {"language": "cy", "translator": "Mair Prys"})
    assert says(welsh, "Llythyr", "Preifat", NO_CONTACT.words) == []
    assert lacks(text_of(orders_team.get(f"{at}/terms/respondent")), "Welsh and English", "ask a solicitor") == []
    one_more_of(system, protected(looks_after, served), ("address", NEAR))
    made_with(system, team, served, replace(NOT_TO_GO, type="no_approach", words=f"Not to go near {NEAR}."))
    refused = orders_team.post(f"{at}/terms/respondent", {"language": "en"})
    assert "It holds what is protected about a victim: address" in text_of(refused)
    assert LetterWritten.objects.for_user(team).count() == 1
    assert orders_team.get(f"{at}/review/respondent").status_code == 200


@pytest.mark.rule("VIC-06")
def test_T35_the_page_asks_no_more_for_many_letters(
    as_role: Callable[[str], Client],
    looks_after: Acting,
    served: Order,
) -> None:
    officer, at = as_role("victim_officer"), f"/orders/{served.reference}/letters"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            officer.get(at)
        return len(queries)

    written(looks_after, served)
    asked()
    few = asked()
    for _number in range(4):
        written(looks_after, served)
    assert asked() == few


@pytest.mark.rule("T29")
@pytest.mark.rule("VIC-06")
def test_what_was_written_to_them_is_shown_as_written_and_offered_anew_once_the_order_moves_or_it_was_lost(
    as_role: Callable[[str], Client], system: Acting, looks_after: Acting, team: Acting, served: Order
) -> None:
    officer, person = as_role("victim_officer"), victim_of(looks_after, served)
    at = f"/orders/{served.reference}/letters"

    def offered(page: str = at) -> tuple[str, str]:
        """What is offered to them, and what is shown as written."""
        new, _, made = text_of(officer.get(page)).partition("Letters written")[0].partition("Written already:")
        return new.partition("Its language:")[2], made

    assert offered() == (" English The order and its conditions : Sian Mair Rees (P-10002) ", "")
    row = written(looks_after, served)
    new, made = offered()
    assert "The order and its conditions" not in new
    assert lacks(made, "The order and its conditions, written 24 November 2026, 12:00", "Fetched to be printed",
                 "Write it once more") == []  # fmt: skip
    body = officer.get(at).content.decode()
    assert f'href="{at}/{row.printed_id}/print"' in body
    assert f'href="{at}/terms/{person}"' in body, "a second print is for whoever means it"
    before = "The same was written to them on 24 November 2026, 12:00."
    assert before in text_of(officer.get(f"{at}/terms/{person}"))
    there = text_of(officer.get(f"/cy{at}"))
    assert (
        lacks(there, "Eisoes wedi’i ysgrifennu:", "ysgrifennwyd 24 Tachwedd 2026, 12:00", "Ei ysgrifennu unwaith eto")
        == []
    )
    own = f"{at}/{row.printed_id}/print"
    officer.post(own, {"act": "posted"})
    assert officer.post(own, {"act": "back", "why": "returned"}).status_code == 302
    assert (offered()[0].count("The order and its conditions"), offered()[1]) == (1, ""), "it did not reach them"
    assert before not in text_of(officer.get(f"{at}/terms/{person}"))
    written(looks_after, served)
    assert "The order and its conditions" in offered()[1]
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        made_with(system, team, served, NO_CONTACT)
    new, made = offered()
    assert (lacks(new, "The order and its conditions", "What changed in it"), made) == ([], ""), "the order is another"


@pytest.mark.rule("T29")
def test_what_was_written_to_the_respondent_is_shown_as_written_to_them_alone(
    as_role: Callable[[str], Client], looks_after: Acting, team: Acting, served: Order
) -> None:
    orders_team, at = as_role("orders_team"), f"/orders/{served.reference}/letters"
    row = to_respondent(team, served)
    theirs, _, his = text_of(orders_team.get(at)).partition("Letters written")[0].partition("To the respondent")
    assert "Written already" not in theirs
    assert (
        lacks(his, "Written already: The order and its conditions, written 24 November 2026", "Write it once more")
        == []
    )
    body = orders_team.get(at).content.decode()
    assert f'href="/orders/{served.reference}/papers/printed/{row.printed_id}"' in body
    page = text_of(orders_team.get(f"{at}/terms/respondent"))
    assert "The same was written to them on 24 November 2026, 12:00." in page


def test_a_letter_leaves_the_readers_own_language_as_it_was(looks_after: Acting, served: Order) -> None:
    with translation.override("en"):
        letter(looks_after, served, language="cy")
        assert translation.get_language() == "en"


@pytest.mark.rule("VIC-02")
@pytest.mark.rule("VIC-09")
def test_a_letter_left_in_the_print_queue_is_fetched_posted_and_comes_back(
    as_role: Callable[[str], Client],
    looks_after: Acting,
    served: Order,
) -> None:
    officer, person = as_role("victim_officer"), victim_of(looks_after, served)
    at = f"/orders/{served.reference}/letters"
    version = {"agreement": value_of(officer.get(f"{at}/terms/{person}"), "agreement"), "review": "", "leave": "1"}
    assert "Nothing waits to be printed" in text_of(officer.get("/print-queue"))
    left = officer.post(f"{at}/terms/{person}", version)
    assert left.headers["Location"] == at
    row = LetterWritten.objects.for_user(looks_after).get()
    own = f"{at}/{row.printed_id}/print"
    queue = text_of(officer.get("/print-queue"))
    assert lacks(queue, "The order and its conditions", served.reference, "In the print queue") == []
    assert "Rees" not in queue
    again = {"purpose": "telling", "words": "Once more", "recipient": "Sian", "organisation": "Home"}
    assert officer.post(f"/orders/{served.reference}/papers/printed/{row.printed_id}", again).status_code == 200
    given = {"way": "posted", "on_day": "24", "on_month": "11", "on_year": "2026", "at": "12:00"}
    assert "Nobody has fetched it" in text_of(officer.post(f"{at}/{row.printed_id}/given", given))
    answer = officer.post(own, {"act": "fetch"})
    assert says(answer, "Dear Sian Mair Rees,", NO_CONTACT.words) == []
    second = officer.post(own, {"act": "fetch"})
    assert (second.status_code, "somebody has fetched it" in text_of(second)) == (409, True)
    assert lacks(text_of(officer.get(own)), "Fetched to be printed", "It is in the post", "put it back") == []
    assert officer.post(own, {"act": "put_back"}).status_code == 302
    officer.post(own, {"act": "fetch"})
    assert officer.post(own, {"act": "posted"}).status_code == 302
    assert "Choose why it did not reach them" in text_of(officer.post(own, {"act": "back"}))
    assert officer.post(own, {"act": "back", "why": "address_gone"}).status_code == 302
    assert lacks(text_of(officer.get(own)), "Came back", "Nobody of that name lives there") == []
    assert "Came back" in text_of(officer.get(at))
    assert "Nothing waits to be printed" in text_of(officer.get("/print-queue"))
    assert officer.get(f"{at}/{row.printed_id + 9}/print").status_code == 404


@pytest.mark.rule("BIL-03")
def test_welsh_that_is_no_longer_a_draft_needs_no_name(
    looks_after: Acting, served: Order, settings: Any, tmp_path: Path
) -> None:
    found = find_order(looks_after, served.reference)
    assert found is not None
    person = addressee(looks_after, story_of_order(looks_after, found), victim_of(looks_after, found))

    def written_in(language: str) -> bool:
        return is_draft(halves(looks_after, found, About.TERMS, person, languages_of(language), NOW))

    assert [written_in(one) for one in ("en", "cy", "both")] == [False, True, True]
    register = tmp_path / "approved.csv"
    settings.CRAFFU_WELSH_APPROVED = approve(register, of_catalogue())
    # Every word of the site is approved, and the letter's own pieces are not.
    assert written_in("cy")
    approve(
        register,
        [*of_catalogue(), *(digests_of_wording(one.words["en"], one.words["cy"]) for one in pieces().values())],
    )
    assert not written_in("cy")
