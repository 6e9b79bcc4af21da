"""Recording steps: what each form asks for, what is refused and where that is said, and that nothing typed is lost (P14)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.states import EVERY_MOVE
from craffu.orders.models import Condition, Order, OrderMove, OrderTerms, ServiceAttempt, TermsCompared
from craffu.orders.monitoring.actions import suspend_checks
from craffu.orders.monitoring.kinds import Absent
from craffu.people.models import Person
from craffu.web import middleware
from craffu.web.orders.step_fields import STEPS, is_needed
from craffu.web.orders.step_forms import StepForm
from tests.factories.orders import MADE, PNG, considered, parties, received, scanned
from tests.web.conftest import text_of

pytestmark = pytest.mark.django_db


def day(name: str, number: int, month: int = 11, year: int = 2026) -> dict[str, str]:
    return {f"{name}_year": str(year), f"{name}_month": str(month), f"{name}_day": str(number)}


def conditions(*said: tuple[str, str]) -> dict[str, str]:
    found = {"rows": str(len(said) + 1), "language": "en", "has_no_locality": "yes"}
    for number, (kind, words) in enumerate(said, start=1):
        found |= {f"type_{number}": kind, f"words_{number}": words}
    return found


NO_CONTACT = ("no_contact_direct", "Not to contact Sian Rees.")
NOT_TO_GO = ("exclusion_zone", "Not to go to the school in Heol Newydd.")
SERVED = {
    **day("on", 24), "at": "10:30", "place": "home", "method": "personal", "server": "PC 44 Rees",
    "proof": "Statement of service", "version": "2",
}  # fmt: skip
VARIED = {
    **day("varied_on", 24), "applicant": "respondent", "reason_text": "The school moved", "end": "as_before",
    **conditions(NO_CONTACT, ("exclusion_zone", "Not to go to Heol Hir.")), "version": "2",
}  # fmt: skip
RECEIVED = {
    "kind": "SPO", **day("on", 20), "at": "11:00", "court": "Llanelli", "court_case_no": "63AA1", "end": "no_end",
    "source_record": "sealed order", **conditions(NO_CONTACT, NOT_TO_GO),
}  # fmt: skip


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("orders_team")


def path(order: Order, move: str) -> str:
    return f"/orders/{order.reference}/steps/{move}"


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize("move", list(STEPS))
def test_each_form_asks_for_every_need_of_its_step(move: str) -> None:
    """Of two that stand for each other the form asks for both and demands neither; the pack and the main order are no fields."""
    form = StepForm(move=move, kind=kind_of("SPO"))
    for need in EVERY_MOVE[move].needs:
        names = {"period": ["end"], "complete_pack": [], "main_order": []}.get(need, need.split("|"))
        for name in names:
            if name in {"terms", "new_terms", "proposed_terms"}:
                assert STEPS[move].has_terms
            elif name == STEPS[move].moment:
                assert form.fields["on"].required
            else:
                assert name in form.fields
                assert form.fields[name].required is is_needed(move, name)
                assert is_needed(move, name) is (len(names) == 1)


@pytest.mark.rule("ORD-11")
@pytest.mark.rule("CLK-03")
def test_service_is_recorded_and_says_the_last_day_of_the_notification(officer: Client, made: Order) -> None:
    assert "Served today, its last day is 26 November 2026; today is day 1." in text_of(
        officer.get(path(made, "serve"))
    )
    answer = officer.post(path(made, "serve"), SERVED, follow=True)
    assert "The last day of the first notification is 26 November 2026." in text_of(answer)
    attempt = ServiceAttempt.objects.for_system("a test").get()
    assert (attempt.place, attempt.method, attempt.server) == ("home", "personal", "PC 44 Rees")
    made.refresh_from_db()
    assert made.status == "in_force"


@pytest.mark.rule("CLK-03")
def test_days_away_are_left_out_of_the_last_day_that_service_says_and_of_the_clock_on_the_page(
    officer: Client, system: Acting, team: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    order = received(team, considered(system, tmp_path, "SHPO").reference, MADE)
    manager = acting_as("offender_manager", username="manager")
    for why, first, last in (
        (Absent.ABROAD, date(2026, 11, 24), date(2026, 12, 1)), (Absent.CUSTODY, date(2026, 12, 3), date(2026, 12, 4)),
    ):  # fmt: skip
        suspend_checks(by=manager, order=order.reference, why=why, first=first, last=last)
    scanned(team, order)
    assert "Served today, its last day is 6 December 2026" in text_of(officer.get(path(order, "serve")))
    answer = text_of(officer.post(path(order, "serve"), SERVED, follow=True))
    assert "The last day of the first notification is 6 December 2026." in answer
    assert "Days left out: 24 November 2026 to 1 December 2026, 3 December 2026, 4 December 2026" in answer


@pytest.mark.rule("ORD-11")
@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize(
    ("change", "wanted", "field"),
    [
        ({"on_day": "19"}, "It cannot have been served before it was made.", "on"),
        ({"on_day": "25"}, "This lies in the future.", "on"),
        ({"method": "post"}, "Service other than in person needs the court’s direction.", "court_directed_method"),
        ({"proof": ""}, "Say it in a few words", "proof"),
        ({"place": ""}, "Choose one", "place"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(
    change: dict[str, str], wanted: str, field: str, officer: Client, made: Order
) -> None:
    answer = officer.post(path(made, "serve"), SERVED | change)
    assert answer.status_code == 200
    assert wanted in text_of(answer)
    body = answer.content.decode()
    assert f'id="id_{field}-error"' in body
    assert 'value="PC 44 Rees"' in body
    made.refresh_from_db()
    assert made.status == "granted"
    assert not ServiceAttempt.objects.for_system("a test").exists()


@pytest.mark.rule("ORD-11")
def test_service_by_post_is_recorded_where_the_court_directed_it(officer: Client, made: Order) -> None:
    answer = officer.post(path(made, "serve"), SERVED | {"method": "post", "court_directed_method": "yes"})
    assert answer.status_code == 302


@pytest.mark.rule("ORD-16")
def test_a_discharge_within_the_lock_needs_both_consents(officer: Client, made: Order) -> None:
    given = {**day("discharged_on", 24), "applicant": "respondent", "reason_text": "Agreed", "version": "2"}
    for consents in ([], ["respondent"], ["chief_officer"]):
        answer = officer.post(path(made, "discharge"), given | {"consents": consents})
        assert "only with the consent of everybody concerned" in text_of(answer)
    assert (
        officer.post(path(made, "discharge"), given | {"consents": ["respondent", "chief_officer"]}).status_code == 302
    )
    made.refresh_from_db()
    assert made.status == "discharged"


@pytest.mark.rule("ORD-17")
def test_a_discharge_before_the_order_was_made_is_refused_beside_its_day(officer: Client, made: Order) -> None:
    given = {**day("discharged_on", 24, year=2025), "applicant": "respondent", "reason_text": "Agreed", "version": "2"}
    answer = officer.post(path(made, "discharge"), given | {"consents": ["respondent", "chief_officer"]})
    assert "This lies before the order was made. Look at both days, and the year." in text_of(answer)
    assert 'id="id_discharged_on-error"' in answer.content.decode()
    made.refresh_from_db()
    assert made.status == "granted"


@pytest.mark.rule("ORD-13")
def test_a_day_from_which_an_order_holds_before_it_was_made_is_refused_beside_it(
    officer: Client, being_considered: Order
) -> None:
    given = {name: value for name, value in RECEIVED.items() if name != "kind"} | {"version": "1.0"}
    answer = officer.post(path(being_considered, "receive"), given | day("takes_effect_on", 20, year=2025))
    assert "This lies before the order was made." in text_of(answer)
    assert 'id="id_takes_effect_on-error"' in answer.content.decode()
    assert officer.post(path(being_considered, "receive"), given | day("takes_effect_on", 20)).status_code == 302
    being_considered.refresh_from_db()
    assert (being_considered.status, being_considered.takes_effect_at) == ("granted", None)


@pytest.mark.rule("ORD-15")
def test_a_variation_of_before_the_words_that_stand_says_beside_its_day_what_to_do(
    officer: Client, made: Order
) -> None:
    assert officer.post(path(made, "vary"), VARIED).status_code == 302
    answer = officer.post(path(made, "vary"), VARIED | day("varied_on", 22) | {"version": "3.2"})
    assert "keep the paper of this variation with the order as another paper" in text_of(answer)
    assert 'id="id_varied_on-error"' in answer.content.decode()
    assert OrderTerms.objects.for_system("a test").filter(order=made).count() == 2


@pytest.mark.rule("ORD-10")
def test_a_step_that_the_order_is_not_at_says_so_before_and_after(officer: Client, made: Order) -> None:
    wanted = "The order is not at a point from which this step leads on."
    assert wanted in text_of(officer.get(path(made, "adjourn")))
    given = {**day("hearing_on", 24), "not_fixed": "yes", "version": "2"}
    assert wanted in text_of(officer.post(path(made, "adjourn"), given))
    assert OrderMove.objects.for_system("a test").filter(order=made).count() == 2


@pytest.mark.rule("ORD-09")
def test_T30_the_second_of_two_who_move_one_order_sees_both_and_keeps_their_words(
    officer: Client, signed_in_client: Callable[..., Client], made: Order
) -> None:
    other = signed_in_client("orders_team")
    assert officer.post(path(made, "serve"), SERVED).status_code == 302
    told = other.post(path(made, "vary"), VARIED)
    assert told.status_code == 409
    text, body = text_of(told), told.content.decode()
    for wanted in (
        "Somebody else changed this while you had it open",
        "The school moved",
        "Not to go to Heol Hir.",
        "In force",
    ):
        assert wanted in text
    assert "Served, 24 November 2026" in text
    assert OrderTerms.objects.for_system("a test").count() == 1
    again = VARIED | {"version": body.partition('name="version" value="')[2].partition('"')[0]}
    assert other.post(path(made, "vary"), again).status_code == 302
    assert OrderTerms.objects.for_system("a test").count() == 2


@pytest.mark.rule("ORD-15")
def test_a_variation_starts_from_the_words_that_stand_and_an_emptied_row_takes_one_out(
    officer: Client, made: Order
) -> None:
    body = officer.get(path(made, "vary")).content.decode()
    assert "Not to go to the school in Heol Newydd.</textarea>" in body
    given = VARIED | {"type_1": "", "words_1": ""}
    assert officer.post(path(made, "vary"), given).status_code == 302
    last = OrderTerms.objects.for_system("a test").order_by("number").last()
    assert [one.words for one in last.conditions.all()] == ["Not to go to Heol Hir."]
    assert last.why == "varied"


@pytest.mark.rule("ORD-14")
def test_another_row_is_asked_for_without_a_script_and_vague_words_are_pointed_out(
    officer: Client, made: Order
) -> None:
    vague = ("no_approach", "Not to go near anybody’s friends.")
    given = RECEIVED | conditions(NO_CONTACT, vague) | {"add": "1", **day("last_day_1", 3)}
    answer = officer.post(f"/cases/{made.case.reference}/orders/receive", given)
    body, text = answer.content.decode(), text_of(answer)
    assert answer.status_code == 200
    assert 'name="words_4"' in body
    assert "Not to go near anybody’s friends." in text
    assert "“near”: It does not say how far or where" in text
    assert "“friends”: It does not say who belongs to this group" in text
    assert "There is a problem" not in text
    for kept in ('value="63AA1"', 'name="last_day_1_day" type="text" value="3"', '<option value="SPO" selected'):
        assert kept in body, kept


@pytest.mark.rule("ORD-09")
@pytest.mark.rule("ORD-14")
def test_an_order_made_by_a_court_is_received_in_a_case_with_its_conditions(officer: Client, made: Order) -> None:
    case = made.case.reference
    page = officer.get(f"/cases/{case}/orders/receive")
    respondent = str(made.respondent_id)
    assert f'value="{respondent}"' in page.content.decode()
    empty = officer.post(f"/cases/{case}/orders/receive", {"rows": "2"})
    for wanted in (
        "Choose the kind",
        "Choose the respondent",
        "Enter the day, such as 24 11 2026",
        "Choose the language",
    ):
        assert wanted in text_of(empty)
    none = officer.post(f"/cases/{case}/orders/receive", RECEIVED | {"respondent": respondent, "kind": "LICENCE"})
    assert none.status_code == 200
    answer = officer.post(f"/cases/{case}/orders/receive", RECEIVED | {"respondent": respondent, "kind": "RO_CONV"})
    assert answer.status_code == 302
    order = Order.objects.for_system("a test").order_by("id").last()
    assert (order.kind, order.status, order.court_case_no, order.is_indefinite) == ("RO_CONV", "granted", "63AA1", True)
    rows = Condition.objects.for_system("a test").filter(terms__order=order).order_by("number")
    assert [(one.type, one.words) for one in rows] == [NO_CONTACT, NOT_TO_GO]


@pytest.mark.rule("ORD-13")
def test_an_order_whose_time_nobody_knows_begins_with_its_day(officer: Client, made: Order) -> None:
    given = RECEIVED | {"respondent": str(made.respondent_id), "kind": "NMO", "at": ""}
    assert officer.post(f"/cases/{made.case.reference}/orders/receive", given).status_code == 302
    order = Order.objects.for_system("a test").order_by("id").last()
    assert order.made_at.isoformat() == "2026-11-20T00:00:00+00:00"


@pytest.mark.rule("ORD-09")
def test_a_condition_without_type_or_words_is_said_beside_it(officer: Client, made: Order) -> None:
    given = VARIED | conditions(("", "Not to go to Heol Hir."), ("curfew", ""))
    text = text_of(officer.post(path(made, "vary"), given))
    assert "Choose the type of this condition" in text
    assert "Enter the words of this condition, or choose no type" in text


@pytest.mark.rule("ORD-12")
def test_that_the_respondent_knows_is_recorded_with_its_proof(officer: Client, made: Order) -> None:
    given = {**day("on", 21), "at": "09:15", "proof": "Was in court when it was made", "version": "2"}
    assert officer.post(path(made, "record_awareness"), given).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.aware_at.isoformat()) == ("in_force", "2026-11-21T09:15:00+00:00")
    assert "Record that the terms were given in writing" in text_of(officer.get(f"/orders/{made.reference}"))


@pytest.mark.rule("ORD-17")
def test_an_order_is_quashed_and_its_history_stays(officer: Client, made: Order) -> None:
    given = {**day("quashed_on", 24), "court": "Swansea", "appeal_case_no": "A1", "version": "2"}
    answer = officer.post(path(made, "quash"), given, follow=True)
    assert "Ended: quashed on appeal" in text_of(answer)
    assert "Not to contact the applicant by any means." in text_of(answer)
    assert OrderMove.objects.for_system("a test").filter(order=made).count() == 3


@pytest.mark.rule("ORD-20")
def test_the_words_are_compared_by_somebody_else_with_the_image(officer: Client, made: Order) -> None:
    compare = f"/orders/{made.reference}/compare"
    assert "There is no image of the sealed order to compare with." in text_of(officer.get(compare))
    kept = officer.post(
        f"/orders/{made.reference}/papers/new",
        {"kind": "sealed_order", "paper": SimpleUploadedFile("Dewi Example.png", PNG, content_type="image/png")},
    )
    assert kept.status_code == 302
    paper = made.papers.get()
    given = {"number": "1", "paper": str(paper.pk), "found": "yes"}
    differs = officer.post(compare, given | {"found": "no"})
    assert "Say where the words differ" in text_of(differs)
    assert officer.post(compare, given).status_code == 302
    assert TermsCompared.objects.for_system("a test").get().is_same
    assert "Compared" in text_of(officer.get(f"/orders/{made.reference}"))


@pytest.mark.rule("ORD-20")
@pytest.mark.rule("T30")
def test_T30_whoever_compared_with_an_image_after_which_another_was_kept_sees_that_one_and_compares_again(
    officer: Client, made: Order
) -> None:
    at = f"/orders/{made.reference}"
    compare = f"{at}/compare"

    def keep(content: bytes) -> str:
        form = {"kind": "sealed_order", "paper": SimpleUploadedFile("1.png", content, content_type="image/png")}
        assert officer.post(f"{at}/papers/new", form).status_code == 302
        return str(made.papers.order_by("id").last().pk)

    first = keep(PNG)
    assert f'name="paper" value="{first}"' in officer.get(compare).content.decode()
    last = keep(PNG + b"2")
    given = {"number": "1", "paper": first, "found": "yes"}
    told = officer.post(compare, given)
    assert told.status_code == 409
    assert "Another image of the paper itself was kept since you opened this page." in text_of(told)
    body = told.content.decode()
    assert (f'name="paper" value="{last}"' in body, f'href="{at}/papers/{last}"' in body) == (True, True)
    assert not TermsCompared.objects.for_system("a test").exists()
    assert officer.post(compare, given | {"paper": last}).status_code == 302
    assert "Not checked" not in text_of(officer.get(at))
    keep(PNG + b"3")
    assert "Not checked" in text_of(officer.get(at)), "a further image came: they are held against it"


@pytest.mark.rule("ORD-20")
def test_who_typed_the_words_is_shown_no_form_and_refused_all_the_same(officer: Client, made: Order) -> None:
    assert officer.post(path(made, "vary"), VARIED).status_code == 302
    officer.post(
        f"/orders/{made.reference}/papers/new",
        {"kind": "sealed_order", "paper": SimpleUploadedFile("1.png", PNG, content_type="image/png")},
    )
    compare = f"/orders/{made.reference}/compare"
    shown = officer.get(compare)
    assert "You typed these terms." in text_of(shown)
    assert 'name="found"' not in shown.content.decode()
    answer = officer.post(compare, {"number": "2", "paper": str(made.papers.get().pk), "found": "yes"})
    assert answer.status_code == 403
    assert "You typed these terms." in text_of(answer)
    denied = Event.objects.filter(kind="access_refused").get()
    assert "own_terms" in denied.payload
    assert not TermsCompared.objects.for_system("a test").exists()


@pytest.mark.rule("ORD-20")
@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"GIF89a" + b"0" * 20, "Keep it as a PDF, a PNG or a JPEG"),
        (b"", "The file is empty"),
        (PNG + b"0" * (10 << 20), "A paper has at most 10 MB"),
    ],
)
def test_only_images_of_paper_of_a_size_that_a_phone_loads_are_kept(
    content: bytes, wanted: str, officer: Client, made: Order
) -> None:
    given = {"kind": "sealed_order", "paper": SimpleUploadedFile("x.png", content)}
    answer = officer.post(f"/orders/{made.reference}/papers/new", given)
    assert wanted in text_of(answer)
    assert not made.papers.exists()


@pytest.mark.rule("ORD-06")
def test_the_pack_says_what_it_lacks_until_every_part_is_there(officer: Client, being_considered: Order) -> None:
    pack = f"/orders/{being_considered.reference}/pack"
    first = text_of(officer.get(pack))
    assert "Evidence: Acts associated with stalking" in first
    assert "A risk assessment of the case" in first
    for about in ("acts_associated_with_stalking", "victim_view"):
        assert officer.post(pack, {"about": about, "words": "Forty calls in May"}).status_code == 302
    after = text_of(officer.get(pack))
    assert "Evidence: Acts associated with stalking" not in after
    assert "The victim’s view, or why it is absent" not in after
    assert "Evidence: The order is necessary" in after
    refused = officer.post(pack, {"about": "victim_view", "words": ""})
    assert "Say in a few words what the evidence is." in text_of(refused)


@pytest.mark.rule("ORD-15")
def test_each_draft_is_a_version_and_the_earlier_stay(officer: Client, being_considered: Order) -> None:
    terms = f"/orders/{being_considered.reference}/terms"
    assert "Enter at least one condition" in text_of(officer.post(terms, {"rows": "2", "language": "en"}))
    assert officer.post(terms, conditions(NO_CONTACT)).status_code == 302
    assert "Not to contact Sian Rees.</textarea>" in officer.get(terms).content.decode()
    assert officer.post(terms, conditions(NO_CONTACT, NOT_TO_GO) | {"version": "1"}).status_code == 302
    assert OrderTerms.objects.for_system("a test").count() == 2
    said = text_of(officer.get(f"/orders/{being_considered.reference}/conditions"))
    assert "Added: Not to go to the school in Heol Newydd." in said


@pytest.mark.rule("ORD-09")
def test_no_page_records_what_is_decided_elsewhere_or_by_the_clock(officer: Client, made: Order) -> None:
    for move in ("expire", "decide_apply", "open_consideration", "reopen", "impose", "nothing"):
        assert officer.get(path(made, move)).status_code == 404
    assert officer.get(f"/cases/{made.case.reference}/orders/grant").status_code == 404


@pytest.mark.rule("ORD-06")
def test_whom_an_order_protects_is_changed_by_reference_and_a_second_page_does_not_overwrite_it(
    officer: Client, made: Order, system: Acting, tmp_path: Path
) -> None:
    page = f"/orders/{made.reference}/protects"
    _case, _suspect, other = parties(system, tmp_path, 2)
    reference = Person.objects.for_system("a test").get(memberships__record=other).reference
    first = text_of(officer.get(page))
    assert "They need not be the person who was stalked." in first
    seen = {"seen": "1", "other": "P-99999"}
    assert "There is no person with this reference." in text_of(officer.post(page, seen))
    assert "Choose at least one person" in text_of(officer.post(page, {"seen": "1"}))
    done = text_of(officer.post(page, {"seen": "1", "other": reference.lower()}, follow=True))
    assert "Whom it protects" in done
    late = officer.post(page, {"seen": "1", "other": reference})
    assert late.status_code == 409
    assert "Somebody else has changed whom the order protects." in text_of(late)
    assert reference in text_of(officer.get(page))


@pytest.mark.rule("ORD-15")
@pytest.mark.parametrize("end", ["as_before", "no_end", ""])
def test_a_last_day_beside_another_answer_is_asked_about_and_not_lost(officer: Client, made: Order, end: str) -> None:
    page = officer.get(path(made, "vary")).content.decode()
    assert "checked" not in page.split('name="end"', 1)[1].split("</fieldset>")[0], "nothing is chosen beforehand"
    given = VARIED | {"end": end, **day("last_day", 1, 6, 2028)}
    answer = officer.post(path(made, "vary"), given)
    assert "You gave a last day" in text_of(answer)
    assert 'name="last_day_year" type="text" value="2028"' in answer.content.decode()
    assert not OrderMove.objects.for_system("a test").filter(move="vary").exists()


@pytest.mark.rule("CLK-01")
@pytest.mark.parametrize("year", [9999, 2200, 1899])
def test_a_day_of_another_age_is_refused_beside_its_field(officer: Client, made: Order, year: int) -> None:
    given = VARIED | {"end": "until_day", **day("last_day", 31, 12, year)}
    answer = officer.post(path(made, "vary"), given)
    assert "Enter a day between 1 January 1900 and 31 December 2199" in text_of(answer)
    assert not OrderMove.objects.for_system("a test").filter(move="vary").exists()


@pytest.mark.rule("CLK-09")
def test_an_end_before_the_beginning_is_said_beside_the_day(officer: Client, made: Order) -> None:
    given = VARIED | {"end": "until_day", **day("last_day", 31, 12, 2025)}
    answer = officer.post(path(made, "vary"), given)
    assert "The last day lies before the order begins to hold" in text_of(answer)


def test_what_was_recorded_is_not_answered_as_failed_where_its_consequences_fail(
    officer: Client, made: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(**_: object) -> None:
        raise OverflowError

    monkeypatch.setattr(middleware, "follow", cannot)
    assert officer.post(path(made, "vary"), VARIED).status_code == 302
    assert OrderMove.objects.for_system("a test").filter(move="vary").exists()
