"""Papers taken out on their pages: the words on them, who may, what is logged, and what stands in no copy (ORD-06, ORD-18)."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.common.door import bookkeeping
from craffu.orders.applying.actions import say_of_pack
from craffu.orders.applying.policies import SPECIAL_MEASURES
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.entering.actions import record_entry
from craffu.orders.facts import Given, NewTerms
from craffu.orders.life.actions import move_order
from craffu.orders.models import NationalEntry, Order, OrderOwned, OrderPaper, PaperPrinted
from craffu.orders.papers.actions import keep_paper
from craffu.orders.queries import story_of_order
from craffu.orders.terms.actions import compare_terms, draft_terms, keep_terms
from craffu.people.queries import contacts_of
from tests.factories.orders import MADE, NO_CONTACT, NOT_TO_GO, PNG, TERMS, printed, received
from tests.factories.records import one_more_of
from tests.unit.documents.test_papers import page_text, with_secrets
from tests.web.conftest import text_of, title_of
from tests.web.orders.conftest import NOW
from tests.web.orders.test_T30_orders import version_on

pytestmark = pytest.mark.slow

ASKED = {"words": "The briefing at noon", "recipient": "Duty sergeant", "organisation": "Demo Police"}
CARD = ASKED | {"purpose": "policing"}
COURT = ASKED | {"purpose": "court"}


@pytest.fixture
def supervisor(as_role: Callable[[str], Client]) -> Client:
    return as_role("supervisor")


@pytest.fixture
def orders_team(as_role: Callable[[str], Client]) -> Client:
    return as_role("orders_team")


def opened(answer: Any) -> pikepdf.Pdf:
    assert answer.headers["Content-Type"] == "application/pdf", text_of(answer)
    return pikepdf.Pdf.open(io.BytesIO(answer.content))


def said_on(answer: Any) -> str:
    """Everything on the paper, without its spaces: a line may end anywhere."""
    whole = opened(answer)
    return squeezed("".join(page_text(page) for page in whole.pages))


def squeezed(words: str) -> str:
    return "".join(words.split())


def says(answer: Any, *words: str) -> list[str]:
    """Those words that do not stand on the paper."""
    said = said_on(answer)
    return [one for one in words if squeezed(one) not in said]


def sealed_and_compared(team: Acting, other: Acting, order: Order) -> None:
    paper = keep_paper(by=team, order=order.reference, kind="sealed_order", content=PNG)
    compare_terms(by=other, order=order.reference, number=1, paper=paper.pk, is_same=True)


@bookkeeping
def drafted_since(by: Acting, order: Order, words: str) -> None:
    """A draft of an order that was made already, as they could be kept once: nobody drafts one now."""
    given = NewTerms((replace(NO_CONTACT, words=words),))
    keep_terms(by=by, order=order, given=given, why="drafted", applies_from=None)


def whole_pack(by: Acting, order: Order) -> None:
    draft_terms(by=by, order=order.reference, given=TERMS)
    for about in kind_of("SPO").applying.limbs:
        say_of_pack(by=by, order=order.reference, about=about, words=f"Evidence of {about}")
    say_of_pack(by=by, order=order.reference, about="victim_view", words="I want it to stop")
    say_of_pack(by=by, order=order.reference, about=SPECIAL_MEASURES, words="A screen in court")
    assessment = NewAssessment("DARA", "2", "L1", "D1", NOW - timedelta(hours=1), Grade.HIGH)
    assert order.case is not None
    record_assessment(by=by, case=order.case.reference, given=assessment)


@pytest.fixture
def asked_for(being_considered: Order, make_user: Callable[..., Any]) -> Order:
    """An order with a whole pack."""
    whole_pack(acting_user(make_user("investigator")), being_considered)
    return being_considered


def test_words_are_offered_to_be_copied_only_to_whoever_may_copy_them(
    orders_team: Client, as_role: Callable[[str], Client], made: Order
) -> None:
    papers, copied = f"/orders/{made.reference}/papers", f"/orders/{made.reference}/text/national"
    liaison = as_role("court_liaison")
    assert f'href="{copied}"' in orders_team.get(papers).content.decode()
    assert "/text/" not in liaison.get(papers).content.decode()
    assert liaison.get(copied).status_code == 403


@pytest.mark.rule("ORD-18")
@pytest.mark.rule("IDN-01")
def test_papers_name_whom_the_order_names_and_a_name_given_once_elsewhere_stands_beside_it(
    supervisor: Client, orders_team: Client, made: Order, team: Acting
) -> None:
    one_more_of(team, made.respondent_id, now=NOW, name=("Matthew", "Hudson"))
    move_order(
        by=team, order=made.reference, move="serve",
        given=Given(served_at=NOW, place="home", method="personal", server="PC Rees", proof="Statement"),
    )  # fmt: skip
    service = orders_team.post(f"/orders/{made.reference}/papers/print/statement_of_service", COURT)
    letter = orders_team.post(f"/orders/{made.reference}/letters/terms/respondent", {"language": "en"})
    assert says(service, "served on Sian Mair Rees") == says(letter, "To Sian Mair Rees") == []
    assert "MatthewHudson" not in said_on(service) + said_on(letter)
    assert (
        says(
            supervisor.post(f"/orders/{made.reference}/card", CARD),
            "Sian Mair Rees",
            "Also recorded as: Matthew Hudson",
        )
        == []
    )
    page = text_of(supervisor.get(f"/orders/{made.reference}"))
    assert "Respondent Sian Mair Rees Also recorded as Matthew Hudson" in page


@pytest.mark.rule("ORD-18")
@pytest.mark.rule("ORD-20")
def test_a_card_says_word_for_word_what_stands_on_one_page_and_is_logged_as_a_disclosure(
    supervisor: Client, made: Order, team: Acting, make_user: Callable[..., Any]
) -> None:
    answer = supervisor.post(f"/orders/{made.reference}/card", CARD)
    assert len(opened(answer).pages) == 1
    assert says(
        answer, "Not checked against the order or notice itself",
        *(one.words for one in TERMS.conditions), "Stalking protection order",
        "Llanelli", "63AA1", "Sian Mair Rees", "2 March 1984", "A criminal offence.", "Stalking Protection Act 2019 s.8",
        "PACE 1984 s.24", "No. Service is not recorded.", "Missing: Who manages it", "24 November 2026, 12:00",
        "Out of date after 24 hours", "OFFICIAL-SENSITIVE",
    ) == []  # fmt: skip
    event = Event.objects.filter(kind="order_printed").get()
    assert (event.verb, event.recipient) == ("disclosure", "Duty sergeant, Demo Police")
    assert json.loads(event.payload)["purpose"] == "policing"
    row = PaperPrinted.objects.for_user(team).get()
    assert (row.terms_number, row.size, row.wording["card_opening"]) == (1, len(answer.content), 1)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="craffu-card-20261124-1200.pdf"'
    sealed_and_compared(team, acting_user(make_user("investigator")), made)
    compared = supervisor.post(f"/orders/{made.reference}/card", CARD)
    assert says(compared, "Compared word for word by") == []
    assert says(compared, "Not checked") == ["Not checked"]


@pytest.mark.rule("ORD-18")
def test_a_card_is_in_welsh_with_the_words_of_the_order_as_they_are(supervisor: Client, made: Order) -> None:
    answer = supervisor.post(f"/cy/orders/{made.reference}/card", CARD)
    assert (
        says(
            answer,
            "Cerdyn gorchymyn",
            "Heb eu gwirio yn erbyn y gorchymyn neu’r hysbysiad ei hun",
            NO_CONTACT.words,
            "Tudalen 1 o 1",
        )
        == []
    )
    assert str(opened(answer).Root.Lang) == "cy-GB"


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize(("number", "pages"), [(8, 1), (40, 3)])
def test_a_card_of_many_conditions_drops_none(
    number: int, pages: int, supervisor: Client, being_considered: Order, team: Acting
) -> None:
    many = tuple(
        replace(NO_CONTACT, words=f"Clause {one} of {number}. " + NO_CONTACT.words * 2) for one in range(number)
    )
    order = received(team, being_considered.reference, MADE, terms=NewTerms(many, has_no_locality=True))
    answer = supervisor.post(f"/orders/{order.reference}/card", CARD)
    assert 1 <= len(opened(answer).pages) <= pages
    assert says(answer, *(one.words for one in many)) == []
    assert bool(says(answer, "It continues on the next page")) == (number == 8)


@pytest.mark.rule("ORD-18")
def test_an_incomplete_card_is_a_supervisors_and_a_whole_one_anybodys_at_a_door(
    as_role: Callable[[str], Client], made: Order, team: Acting
) -> None:
    officer = as_role("response_officer")
    refused = officer.post(f"/orders/{made.reference}/card", CARD)
    assert "The card is incomplete: only a supervisor prints it." in text_of(refused)
    assert not PaperPrinted.objects.for_user(team).exists()
    completed(team, made)
    assert says(officer.post(f"/orders/{made.reference}/card", CARD), "24/12AB", "In person", "Signed for") == []


def completed(team: Acting, order: Order) -> None:
    """Everything that a card can have: service, an owner, an entry in the national system."""
    row = {"force": team.force, "order": order, "owner": team.user, "by": team.user, "known_from": NOW}
    bookkeeping(OrderOwned.objects.create)(**row)
    served = Given(
        served_at=NOW - timedelta(hours=2), method="personal", place="home", server="PC 1", proof="Signed for"
    )
    move_order(by=team, order=order.reference, move="serve", given=served)
    record_entry(by=team, order=order.reference, system="national", entered_on=NOW.date(), reference="24/12AB")


@pytest.mark.rule("SEC-07")
def test_without_a_fresh_factor_or_a_recipient_no_paper_leaves(
    signed_in_client: Callable[..., Client], supervisor: Client, made: Order, team: Acting
) -> None:
    stale = signed_in_client("supervisor", username="stale")
    assert stale.get(f"/orders/{made.reference}/card").status_code == 302
    assert stale.post(f"/orders/{made.reference}/card", CARD).headers["Content-Type"] != "application/pdf"
    assert "Say who will receive it" in text_of(
        supervisor.post(f"/orders/{made.reference}/card", CARD | {"recipient": ""})
    )
    for address in ("papers/print/letter", "papers/printed/99", "papers/99/mark", "text/fax"):
        assert supervisor.get(f"/orders/{made.reference}/{address}").status_code == 404
    assert not PaperPrinted.objects.for_user(team).exists()


def test_a_card_of_an_order_that_nobody_made_is_refused(supervisor: Client, being_considered: Order) -> None:
    answer = supervisor.post(f"/orders/{being_considered.reference}/card", CARD)
    assert "A card is of an order that was made and has not ended." in text_of(answer)


@pytest.mark.rule("ORD-06")
def test_an_application_says_each_limb_each_reason_and_her_view_and_the_respondents_copy_neither_view_nor_grade(
    orders_team: Client, asked_for: Order
) -> None:
    at = f"/orders/{asked_for.reference}/papers/print/application"
    court, theirs = (orders_team.post(at, COURT | {"audience": one}) for one in ("court", "respondent"))
    limbs = [f"Evidence of {limb}" for limb in kind_of("SPO").applying.limbs]
    both = [*limbs, *(one.words for one in TERMS.conditions), NO_CONTACT.behaviour, NO_CONTACT.necessity]
    alone = ["I want it to stop", "High risk", "A screen in court"]
    assert says(court, *both, *alone) == []
    assert says(theirs, *both, *alone) == alone
    assert says(theirs, "The victim’s view and the risk assessment are before the court") == []


@pytest.mark.rule("ORD-06")
def test_a_pack_that_is_not_whole_goes_to_no_court(orders_team: Client, being_considered: Order, team: Acting) -> None:
    at = f"/orders/{being_considered.reference}/papers/print"
    for kind in ("application", "draft_order", "bundle"):
        answer = orders_team.post(f"{at}/{kind}", COURT | {"audience": "court"})
        assert "There are no conditions yet. Draft them first." in text_of(answer)
    draft_terms(by=team, order=being_considered.reference, given=TERMS)
    for kind in ("application", "bundle"):
        answer = orders_team.post(f"{at}/{kind}", COURT | {"audience": "court"})
        assert "The application pack is not whole yet." in text_of(answer)
    draft = orders_team.post(f"{at}/draft_order", COURT | {"audience": "court"})
    assert says(draft, "Draft. It is no order of any court", *(one.words for one in TERMS.conditions)) == []
    assert says(draft, NO_CONTACT.necessity) == [NO_CONTACT.necessity]


@pytest.mark.rule("ORD-18")
@pytest.mark.rule("ORD-20")
@pytest.mark.parametrize("welsh", [False, True])
def test_a_paper_of_an_order_that_was_made_says_what_was_ordered_and_asks_a_court_for_nothing(
    welsh: bool, orders_team: Client, made: Order, team: Acting, make_user: Callable[..., User]
) -> None:
    at = f"{'/cy' if welsh else ''}/orders/{made.reference}/papers"
    name = "Y gorchymyn fel y’i gwnaed" if welsh else "Order as made"
    assert name in text_of(orders_team.get(at))
    drafted_since(team, made, "Only drafted.")
    paper = orders_team.post(f"{at}/print/draft_order", COURT | {"audience": "court"})
    ordered = (
        ("Ar 20 Tachwedd 2026, gorchmynnodd y llys", "Wedi’i wneud, heb ei gyflwyno", "Heb eu gwirio yn erbyn")
        if welsh
        else (
            "On 20 November 2026 the court ordered",
            "Made, not served",
            "Not checked against the order or notice itself",
        )
    )
    assert says(paper, name, *ordered, "Llanelli", *(one.words for one in TERMS.conditions)) == []
    asks = ["Drafft.", "gofynnir i’r llys"] if welsh else ["Draft.", "asked to order"]
    assert says(paper, *asks, "Only drafted.") == [*asks, "Only drafted."]
    assert name in text_of(orders_team.get(at)).partition("SHA-256")[2]
    sealed_and_compared(team, acting_user(make_user("investigator")), made)
    after = orders_team.post(f"{at}/print/draft_order", COURT | {"audience": "court"})
    assert says(after, ordered[2]) == [ordered[2]]


@pytest.mark.rule("ORD-06")
@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize("welsh", [False, True])
@pytest.mark.parametrize("kind", ["application", "bundle"])
def test_a_pack_of_an_order_that_was_made_says_what_was_ordered_and_beside_it_what_was_asked_for(
    kind: str, welsh: bool, orders_team: Client, asked_for: Order, team: Acting
) -> None:
    at = f"{'/cy' if welsh else ''}/orders/{asked_for.reference}/papers/print/{kind}"
    ordered = NewTerms((replace(NO_CONTACT, words="As the court worded it.", necessity="", behaviour=""),))
    received(team, asked_for.reference, MADE, terms=ordered)
    drafted_since(team, asked_for, "Drafted since.")
    court, theirs = (orders_team.post(at, COURT | {"audience": one}) for one in ("court", "respondent"))
    made = (
        ("wneud y gorchymyn hwn" if kind == "application" else "y mae llys wedi’i wneud", "20 Tachwedd 2026", "ofyn am ddim")
        if welsh
        else ("A court has made this order" if kind == "application" else "that a court has made", "20 November 2026", "nothing")
    )  # fmt: skip
    for paper in (court, theirs):
        assert says(paper, *made, "Llanelli", "As the court worded it.", NO_CONTACT.words, NO_CONTACT.necessity) == []
        asks = (
            ["yn gofyn i’r llys", "Gofynnir i’r llys", "gerbron y llys ac", "Ceisydd", "Drafft."]
            if welsh
            else [
                "asks the court",
                "The court is asked",
                "has to be satisfied",
                "are before the court",
                "Applicant",
                "Draft.",
            ]
        )
        assert says(paper, *asks, "Drafted since.") == [*asks, "Drafted since."]
    assert says(court, "I want it to stop", "A screen in court") == []
    assert says(theirs, "I want it to stop", "A screen in court") == ["I want it to stop", "A screen in court"]
    said = said_on(court)
    assert said.rindex(squeezed("As the court worded it.")) < said.index(squeezed(NO_CONTACT.words))
    assert said.count(squeezed("As the court worded it.")) == 1


@pytest.mark.rule("ORD-18")
def test_a_pack_of_an_order_of_which_no_application_is_recorded_says_so(
    orders_team: Client, made: Order, team: Acting
) -> None:
    at = f"/orders/{made.reference}/papers/print/application"
    court = orders_team.post(at, COURT | {"audience": "court"})
    assert says(court, "A court has made this order", *(one.words for one in TERMS.conditions), "None recorded.") == []
    bookkeeping(Order.objects.for_system("a test").filter(pk=made.pk).update)(applied_on=MADE.date())
    assert says(orders_team.post(at, COURT | {"audience": "court"}), "Applicant") == []
    bookkeeping(Order.objects.for_system("a test").filter(pk=made.pk).update)(kind="BAIL")
    given = orders_team.post(at, COURT | {"audience": "court"})
    assert says(given, "This was given on 20 November 2026", "A court has made") == ["A court has made"]
    bundle = orders_team.post(f"/orders/{made.reference}/papers/print/bundle", COURT | {"audience": "court"})
    assert says(bundle, "papers about what was given on 20 November 2026", "a court has made") == ["a court has made"]


@pytest.mark.rule("ORD-18")
def test_a_paper_of_bail_says_what_was_required_and_names_no_order_of_a_court(
    orders_team: Client, made: Order, team: Acting
) -> None:
    bookkeeping(Order.objects.for_system("a test").filter(pk=made.pk).update)(kind="BAIL")
    paper = orders_team.post(f"/orders/{made.reference}/papers/print/draft_order", COURT | {"audience": "court"})
    assert says(paper, "What was given on 20 November 2026", "the court ordered") == ["the court ordered"]


@pytest.mark.rule("ORD-18")
def test_what_was_only_drafted_is_never_said_to_have_been_ordered(
    orders_team: Client, being_considered: Order, team: Acting
) -> None:
    draft_terms(by=team, order=being_considered.reference, given=TERMS)
    came = {"status": "in_force", "made_at": MADE}
    bookkeeping(Order.objects.for_system("a test").filter(pk=being_considered.pk).update)(**came)
    at = f"/orders/{being_considered.reference}/papers/print/draft_order"
    assert "There are no conditions yet." in text_of(orders_team.post(at, COURT | {"audience": "court"}))


@pytest.mark.rule("VIC-09")
def test_a_draft_that_tells_where_she_is_leaves_in_no_copy_until_it_is_worded_anew(
    orders_team: Client, being_considered: Order, team: Acting
) -> None:
    victim = story_of_order(team, being_considered).protects[0].record_id
    _kind, value = next(one for one in contacts_of(team, [victim]) if one[0] == "address")
    near = replace(NO_CONTACT, words=f"Not to go within 100 metres of {value}.")
    draft_terms(by=team, order=being_considered.reference, given=NewTerms((near,), has_no_locality=True))
    at = f"/orders/{being_considered.reference}/papers/print/draft_order"
    for audience in ("respondent", "court"):
        refused = orders_team.post(at, COURT | {"audience": audience})
        assert "It holds what is protected about a victim: address (1)." in text_of(refused)
        assert value not in text_of(refused)
    draft_terms(by=team, order=being_considered.reference, given=TERMS)
    assert opened(orders_team.post(at, COURT | {"audience": "respondent"}))


def keep(by: Acting, order: Order, kind: str, content: bytes, title: str = "") -> OrderPaper:
    return keep_paper(by=by, order=order.reference, kind=kind, content=content, title=title)


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(file, "PNG")
    return file.getvalue()


@pytest.mark.rule("SEC-12")
@pytest.mark.rule("VIC-09")
def test_a_bundle_has_one_run_of_pages_and_holds_what_each_reader_may_have(
    orders_team: Client, asked_for: Order, team: Acting
) -> None:
    statement = keep(team, asked_for, "evidence", with_secrets(), "Statement of Mr Price")
    keep(team, asked_for, "advice", b"%PDF-1.7 of counsel", "Counsel on the merits")
    photograph = keep(team, asked_for, "other", picture(), "Photograph of the gate")
    at = f"/orders/{asked_for.reference}/papers/print/bundle"
    court = orders_team.post(at, COURT | {"audience": "court"})
    assert (
        says(court, "Statement of Mr Price", "Photograph of the gate", "A screen in court", "Page 2 of 2 of this paper")
        == []
    )
    assert says(court, "Counsel", "advice") == ["Counsel", "advice"]
    whole = opened(court)
    number = len(whole.pages)
    for page, shown in enumerate(whole.pages, start=1):
        assert f"Page {page} of {number}" in page_text(shown)
    index = squeezed(page_text(whole.pages[0]))
    assert squeezed("Statement of Mr Price, kept 24 November 2026") in index
    undecided = orders_team.post(at, COURT | {"audience": "respondent"})
    assert "Papers of which nobody has said whether the respondent may have them: 2." in text_of(undecided)
    for paper, mark in ((statement, "court_only"), (photograph, "respondent")):
        orders_team.post(f"/orders/{asked_for.reference}/papers/{paper.pk}/mark", {"mark": mark})
    theirs = orders_team.post(at, COURT | {"audience": "respondent"})
    hidden = ["Statement of Mr Price", "Counsel", "I want it to stop", "High risk", "A screen in court"]
    assert says(theirs, "Photograph of the gate", "Left out of this copy", "Evidence", *hidden) == hidden
    row = PaperPrinted.objects.for_user(team).order_by("-id")[0]
    assert row.enclosed == [[photograph.pk, photograph.sha256]]


def test_a_paper_that_cannot_be_read_is_named_and_nothing_leaves(
    orders_team: Client, asked_for: Order, team: Acting
) -> None:
    keep(team, asked_for, "evidence", b"%PDF-1.7 damaged", "Statement of Mr Price")
    answer = orders_team.post(f"/orders/{asked_for.reference}/papers/print/bundle", COURT | {"audience": "court"})
    assert "A paper cannot be read: Evidence: Statement of Mr Price" in text_of(answer)
    assert not PaperPrinted.objects.for_user(team).exists()


@pytest.mark.rule("ORD-11")
def test_a_statement_of_service_says_each_attempt_and_its_proof(orders_team: Client, made: Order, team: Acting) -> None:
    at = f"/orders/{made.reference}/papers/print/statement_of_service"
    assert "Neither an attempt nor service is recorded." in text_of(orders_team.post(at, COURT))
    attempt = Given(
        attempted_at=NOW - timedelta(hours=5), result="no_answer", place="home", method="personal", server="PC 7"
    )
    move_order(by=team, order=made.reference, move="attempt_service", given=attempt)
    completed(team, made)
    answer = orders_team.post(at, COURT)
    assert (
        says(
            answer, "Nobody answered", "PC 7", "PC 1", "Signed for", "In person", "I served the order as is said above"
        )
        == []
    )


@pytest.mark.rule("ORD-11")
def test_the_page_says_what_left_and_what_the_respondent_has_received(
    orders_team: Client, asked_for: Order, team: Acting
) -> None:
    theirs = printed(team, asked_for, audience="respondent")
    at = f"/orders/{asked_for.reference}/papers"
    assert "None is recorded as given." in text_of(orders_team.get(at))
    given = {
        "on_0": "24",
        "on_1": "11",
        "on_2": "2026",
        "on_day": "24",
        "on_month": "11",
        "on_year": "2026",
        "at": "11:30",
    }
    early = orders_team.post(f"{at}/printed/{theirs.pk}/given", given | {"method": "personal", "words": ""})
    assert "It was given after it was printed, and not after now." in text_of(early)
    now = orders_team.post(
        f"{at}/printed/{theirs.pk}/given", given | {"at": "12:00", "method": "personal", "words": "By hand"}
    )
    assert now.status_code == 302
    page = text_of(orders_team.get(at))
    assert "Draft order The respondent 24 November 2026, 12:00 In person By hand" in page
    again = orders_team.post(f"{at}/printed/{theirs.pk}", COURT)
    assert again.content == b"%PDF-1.7 printed"
    assert theirs.sha256 in text_of(orders_team.get(f"{at}/printed/{theirs.pk}"))
    court = orders_team.post(f"{at}/print/bundle", COURT | {"audience": "court"})
    assert says(court, "What the respondent has received", "Draft order", "24 November 2026, 12:00") == []


@pytest.mark.rule("SEC-12")
def test_what_is_privileged_is_marked_for_good_and_said_so(orders_team: Client, made: Order, team: Acting) -> None:
    paper, advice = keep(team, made, "other", PNG), keep(team, made, "advice", PNG + b"1")
    at = f"/orders/{made.reference}/papers"
    assert "Choose what may become of the paper." in text_of(orders_team.post(f"{at}/{paper.pk}/mark", {}))
    assert orders_team.post(f"{at}/{paper.pk}/mark", {"mark": "privileged"}).status_code == 302
    for one in (paper, advice):
        refused = orders_team.post(f"{at}/{one.pk}/mark", {"mark": "respondent"})
        assert "Only the legal team lifts that." in text_of(refused)
    page = text_of(orders_team.get(at))
    assert page.count("Privileged: never leaves") == 2


@pytest.mark.rule("ORD-18")
def test_the_words_are_copied_into_another_system_and_that_is_recorded(
    orders_team: Client, made: Order, team: Acting, visit: Callable[..., Any]
) -> None:
    at = f"/orders/{made.reference}/text/national"
    page, rows = visit(orders_team, at)
    text = text_of(page)
    assert all(one.words in text for one in TERMS.conditions)
    assert f"Order: {made.reference}" in text
    assert "<textarea" in page.content.decode()
    assert " readonly " in page.content.decode()
    assert [row.kind for row in rows] == ["order_text_viewed"]
    day = {"entered_on_day": "24", "entered_on_month": "11", "entered_on_year": "2026", "version": version_on(page)}
    late = orders_team.post(at, day | {"entered_on_day": "25", "reference": "24/1"})
    assert "It was entered on a day from its making to today." in text_of(late)
    assert orders_team.post(at, day | {"reference": "24/1AB"}).status_code == 302
    assert "24/1AB" in text_of(orders_team.get(at))
    assert "Entry in the national systems" not in text_of(orders_team.get(f"/orders/{made.reference}"))


@pytest.mark.rule("ORD-18")
@pytest.mark.rule("T30")
def test_T30_whoever_copied_words_that_were_varied_meanwhile_sees_both_and_their_entry_counts_for_none(
    orders_team: Client, made: Order, team: Acting
) -> None:
    at = f"/orders/{made.reference}/text/national"
    day = {"entered_on_day": "24", "entered_on_month": "11", "entered_on_year": "2026", "reference": "24/1AB"}
    seen = version_on(orders_team.get(at))
    others = NewTerms((replace(NOT_TO_GO, words="Not to go to Heol Hir."),), has_no_locality=True)
    varied = Given(varied_on=NOW.date(), applicant="police", reason_text="The school moved", terms=others)
    move_order(by=team, order=made.reference, move="vary", given=varied)
    for version in ({"version": seen}, {"version": "x"}, {}):
        told = orders_team.post(at, day | version)
        assert told.status_code == 409
    told = orders_team.post(at, day | {"version": seen})
    text = text_of(told)
    for wanted in ("Somebody else changed this while you had it open", "Not to go to Heol Hir.", NO_CONTACT.words):
        assert wanted in text
    assert 'value="24/1AB"' in told.content.decode(), "nothing typed is lost"
    early = orders_team.post(at, day | {"entered_on_day": "23", "version": version_on(told)})
    assert "The words that stand apply from a later day." in text_of(early)
    assert 'id="id_entered_on-error"' in early.content.decode()
    assert not NationalEntry.objects.for_user(team).exists()
    assert orders_team.post(at, day | {"version": version_on(told)}).status_code == 302
    assert NationalEntry.objects.for_user(team).get().terms_number == 2


def test_an_order_that_is_not_live_has_no_words_to_copy(orders_team: Client, being_considered: Order) -> None:
    page = orders_team.get(f"/orders/{being_considered.reference}/text/records")
    assert "Only an order that was made and has not ended is entered" in text_of(page)
    assert "<textarea" not in page.content.decode()


def test_an_administrator_words_a_paper_anew_and_the_next_one_says_so(
    as_role: Callable[[str], Client], supervisor: Client, made: Order, team: Acting
) -> None:
    administrator = as_role("administrator")
    at = "/settings/wording/card_what_to_do/en"
    page = administrator.get(at)
    assert "{reference}" in text_of(page)
    seen = seen_in(page)
    wrong = administrator.post(at, {"seen": seen, "words": "Ring {chief}.", "reason": "Legal team"})
    assert "{chief} is not known here. These may stand in it: {reference}" in text_of(wrong)
    new = {"seen": seen, "words": "Ring the desk about {reference}.", "reason": "Legal team"}
    assert administrator.post(at, new).status_code == 302
    assert administrator.post(at, new).status_code == 409
    listed = administrator.get("/settings/wording")
    assert "Ring the desk about {reference}." in text_of(listed)
    answer = supervisor.post(f"/orders/{made.reference}/card", CARD)
    assert says(answer, f"Ring the desk about {made.reference}.") == []
    assert PaperPrinted.objects.for_user(team).get().wording["card_what_to_do"] == 2
    assert administrator.get("/settings/wording/nothing/en").status_code == 404
    assert administrator.get("/settings/wording/card_what_to_do/fr").status_code == 404


def seen_in(page: Any) -> str:
    body = page.content.decode()
    return body.split('name="seen" value="')[1].split('"')[0]


@pytest.mark.rule("SEC-05")
def test_no_title_names_anybody(orders_team: Client, made: Order, team: Acting) -> None:
    paper, left = keep(team, made, "evidence", PNG, "Statement of Mr Price"), printed(team, made)
    at = f"/orders/{made.reference}"
    for address in (
        "papers", "card", "papers/print/bundle", f"papers/printed/{left.pk}", f"papers/printed/{left.pk}/given",
        f"papers/{paper.pk}/mark", "text/national",
    ):  # fmt: skip
        title = title_of(orders_team.get(f"{at}/{address}"))
        assert "Rees" not in title
        assert "Price" not in title


@pytest.mark.rule("SEC-12")
def test_of_what_is_privileged_whoever_may_not_read_it_learns_nothing(
    as_role: Callable[[str], Client], orders_team: Client, made: Order, team: Acting
) -> None:
    marked, advice = (
        keep(team, made, "other", PNG, "Note of counsel"),
        keep(team, made, "advice", PNG + b"1", "Opinion"),
    )
    evidence = keep(team, made, "evidence", PNG + b"2", "Statement of Mr Price")
    orders_team.post(f"/orders/{made.reference}/papers/{marked.pk}/mark", {"mark": "privileged"})
    at = f"/orders/{made.reference}"
    liaison = as_role("probation_liaison")
    for address in (at, f"{at}/papers"):
        page = text_of(liaison.get(address))
        assert "Evidence" in page
        assert not [one for one in ("Legal advice", "Note of counsel", "Opinion", "Privileged") if one in page]
    statuses = [liaison.get(f"{at}/papers/{one.pk}").status_code for one in (marked, advice, evidence)]
    assert statuses == [403, 403, 200]
    assert [orders_team.get(f"{at}/papers/{one.pk}").status_code for one in (marked, advice)] == [200, 200]


@pytest.mark.rule("ORD-18")
def test_T35_the_pages_ask_no_more_for_many_papers(orders_team: Client, made: Order, team: Acting) -> None:
    at = f"/orders/{made.reference}/papers"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            orders_team.get(at)
        return len(queries)

    keep(team, made, "evidence", PNG)
    printed(team, made)
    asked()
    few = asked()
    for number in range(6):
        keep(team, made, "evidence", PNG + str(number).encode())
        printed(team, made)
    assert asked() == few
