"""Papers that leave: kept as they left and logged in one act, never with what betrays a victim or is privileged (VIC-09)."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.policies import FactorNotFresh
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.orders.entering.actions import record_entry
from craffu.orders.entering.queries import national_entry_missing
from craffu.orders.facts import Given
from craffu.orders.life.actions import move_order
from craffu.orders.models import NationalEntry, Order, OrderPaper, PaperMarked, PaperPrinted
from craffu.orders.papers.actions import keep_paper
from craffu.orders.printing.actions import keep_printed, mark_paper, record_given, seen_of, send_again
from craffu.orders.printing.facts import Handed, NewPaper
from craffu.orders.printing.queries import given_of, printed_of
from craffu.orders.protecting.actions import say_protected
from craffu.orders.queries import entry_standing, find_order, story_of_order
from craffu.orders.wording.actions import seen_of as wording_seen
from craffu.orders.wording.actions import word_anew
from craffu.orders.wording.queries import worded, wording_of
from craffu.orders.wording.reading import pieces
from craffu.people.queries import contacts_of, people_of_records
from tests.factories.orders import MADE, TERMS, considered, parties, received
from tests.factories.records import one_more_of
from tests.factories.victims import AGREED, agreed
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

FILE = b"%PDF-1.7 what left"
COURT = Asked("court", "The hearing on Friday", "Listing officer", "Llanelli Magistrates")
POLICE = Asked("policing", "The briefing at noon", "Duty sergeant", "Demo Police")


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    return received(team, considered(world.system, world.folder).reference, MADE)


@pytest.fixture
def printer(team: Acting) -> Acting:
    """The orders team just after a second factor."""
    return replace(team, factor_at=NOW)


def paper(by: Acting, order: Order, kind: str = "draft_order", audience: str = "court", **other: Any) -> NewPaper:
    found = find_order(by, order.reference)
    assert found is not None
    new = NewPaper(
        kind=kind, audience=audience, language="en", seen=seen_of(story_of_order(by, found)), terms_number=1,
        wording={"draft_opening": 1}, enclosed=(), words="Not to contact the applicant.", content=FILE,
    )  # fmt: skip
    return replace(new, **other)


def why(act: Callable[..., object], **given: Any) -> str:
    try:
        act(**given)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.rule("SEC-07")
def test_a_paper_is_kept_as_it_left_and_logged_as_a_disclosure_with_its_recipient(
    printer: Acting, order: Order
) -> None:
    row = keep_printed(by=printer, order=order.reference, paper=paper(printer, order), asked=COURT, refs=["case/C-1"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM orders_paperprinted")
        ((lies,),) = cursor.fetchall()
    assert "what left" not in str(lies)
    assert (row.sha256, row.size) == (hashlib.sha256(FILE).hexdigest(), len(FILE))
    event = Event.objects.order_by("-id")[0]
    assert (event.kind, event.verb, event.recipient) == ("order_printed", "disclosure", COURT.told_to)
    named = set(acts([event])[0].refs)
    assert named == {f"order/{order.reference}", "case/C-1"}
    again, content = send_again(by=printer, order=order.reference, number=row.pk, asked=COURT)
    assert (again, content) == (row, FILE)
    assert Event.objects.filter(kind="order_printed").count() == 2


@pytest.mark.rule("SEC-07")
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (replace(COURT, recipient=" "), "export_incomplete"),
        (replace(COURT, words="short"), "export_incomplete"),
        (POLICE, "export_incomplete"),
    ],
)
def test_without_a_purpose_and_a_recipient_nothing_leaves(
    asked: Asked, code: str, printer: Acting, order: Order
) -> None:
    new = paper(printer, order)
    assert why(keep_printed, by=printer, order=order.reference, paper=new, asked=asked) == code
    assert PaperPrinted.objects.for_user(printer).count() == 0


@pytest.mark.rule("SEC-07")
def test_without_a_fresh_factor_nothing_leaves(team: Acting, printer: Acting, order: Order) -> None:
    stale = replace(printer, factor_at=NOW - timedelta(hours=1))
    for by in (team, stale):
        with pytest.raises(FactorNotFresh):
            keep_printed(by=by, order=order.reference, paper=paper(team, order), asked=COURT)
    assert not printed_of(team, order)


@pytest.mark.rule("ORD-20")
def test_a_paper_of_an_order_that_changed_meanwhile_does_not_leave(printer: Acting, team: Acting, order: Order) -> None:
    new = paper(printer, order)
    vary = Given(varied_on=date(2026, 11, 23), applicant="respondent", reason_text="The school has moved", terms=TERMS)
    move_order(by=team, order=order.reference, move="vary", given=vary)
    with pytest.raises(Conflict):
        keep_printed(by=printer, order=order.reference, paper=new, asked=COURT)
    assert not printed_of(team, order)


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize("audience", ["court", "respondent"])
def test_what_betrays_a_victim_leaves_in_no_paper_but_may_stand_on_a_card(
    audience: str, printer: Acting, team: Acting, order: Order
) -> None:
    victim = story_of_order(team, order).protects[0].record_id
    kind, value = next(one for one in contacts_of(team, [victim]) if one[0] in {"address", "phone"})
    told = f"Not to go near {value.lower()}, or ring there."
    with pytest.raises(NotNow) as refused:
        keep_printed(
            by=printer, order=order.reference, paper=paper(printer, order, audience=audience, words=told), asked=COURT
        )
    assert refused.value.code == "protected_detail"
    assert value not in refused.value.message
    assert kind
    card = paper(printer, order, kind="card", audience="police", words=told)
    assert keep_printed(by=printer, order=order.reference, paper=card, asked=POLICE).kind == "card"


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize("told", ["By 9 Heol Fach, Llandeilo", "Say mwyalchen", "He lives at 2 Heol y Bryn", "Nothing"])
def test_every_record_of_whoever_is_protected_and_the_agreed_safe_word_is_looked_for(
    told: str, printer: Acting, system: Acting, acting_as: Callable[..., Acting], order: Order
) -> None:
    victim = order.protects.get().record_id
    one_more_of(system, victim, ("address", "9 Heol Fach, Llandeilo, SA19 6AA"))
    one_more_of(system, order.respondent_id, ("address", "2 Heol y Bryn, Llandeilo, SA19 6BB"), key="his")
    agreed(acting_as("victim_officer"), people_of_records(system, [victim])[victim].reference, AGREED)
    new = paper(printer, order, words=told)
    wanted = "protected_detail" if told.startswith(("By", "Say")) else ""
    assert why(keep_printed, by=printer, order=order.reference, paper=new, asked=COURT) == wanted


def kept(by: Acting, order: Order, kind: str = "evidence", more: bytes = b"") -> OrderPaper:
    return keep_paper(by=by, order=order.reference, kind=kind, content=b"%PDF-1.7 " + kind.encode() + more)


@pytest.mark.rule("SEC-12")
def test_a_bundle_with_a_paper_that_may_not_be_in_it_does_not_leave(printer: Acting, order: Order) -> None:
    advice, evidence = kept(printer, order, "advice"), kept(printer, order)

    def bundle(audience: str, *enclosed: OrderPaper) -> str:
        new = paper(
            printer, order, kind="bundle", audience=audience, enclosed=tuple((one.pk, one.sha256) for one in enclosed)
        )
        return why(keep_printed, by=printer, order=order.reference, paper=new, asked=COURT)

    assert bundle("court", advice) == "paper_not_allowed"
    assert bundle("court", evidence) == ""
    assert bundle("respondent") == "papers_undecided"
    mark_paper(by=printer, order=order.reference, number=evidence.pk, mark="court_only")
    assert bundle("respondent", evidence) == "paper_not_allowed"
    mark_paper(by=printer, order=order.reference, number=evidence.pk, mark="respondent")
    assert bundle("respondent", evidence) == ""
    mark_paper(by=printer, order=order.reference, number=evidence.pk, mark="privileged")
    assert bundle("court", evidence) == "paper_not_allowed"
    assert bundle("court") == ""


@pytest.mark.rule("SEC-12")
@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize("what", ["nothing", "privileged", "court_only", "contact", "agreement", "protected", "joined"])
def test_what_would_not_be_printed_so_by_now_is_printed_anew_and_a_card_leaves_again(
    what: str, printer: Acting, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, order: Order
) -> None:
    evidence, victim = kept(printer, order), order.protects.get().record_id
    _case, _suspect, another = parties(system, tmp_path / "another", 2)
    mark_paper(by=printer, order=order.reference, number=evidence.pk, mark="respondent")
    enclosed = ((evidence.pk, evidence.sha256),)
    left = [
        keep_printed(by=printer, order=order.reference, paper=paper(printer, order, **said), asked=asked)
        for said, asked in [
            ({"kind": "bundle", "audience": "respondent", "enclosed": enclosed}, COURT),
            ({"kind": "bundle", "audience": "court", "enclosed": enclosed}, COURT),
            ({"kind": "draft_order"}, COURT),
            ({"kind": "card", "audience": "police"}, POLICE),
        ]
    ]
    later = NOW + timedelta(minutes=1)
    reference = people_of_records(system, [victim])[victim].reference
    news: dict[str, Callable[[], object]] = {
        "nothing": lambda: None,
        "privileged": lambda: mark_paper(by=printer, order=order.reference, number=evidence.pk, mark="privileged"),
        "court_only": lambda: mark_paper(by=printer, order=order.reference, number=evidence.pk, mark="court_only"),
        "contact": lambda: one_more_of(system, victim, ("address", "9 Heol Fach, Llandeilo"), now=later),
        "agreement": lambda: agreed(acting_as("victim_officer"), reference, AGREED, now=later),
        "protected": lambda: say_protected(
            by=printer, order=order.reference, records=[victim, another.pk], seen=1, now=later
        ),
        "joined": lambda: one_more_of(system, victim, now=later),
    }  # fmt: skip
    news[what]()
    stopped = [
        why(send_again, by=printer, order=order.reference, number=one.pk, asked=POLICE if one.kind == "card" else COURT)
        for one in left
    ]
    held = {"nothing": [], "privileged": [0, 1], "court_only": [0]}.get(what, [0, 1, 2])
    assert stopped == ["print_anew" if place in held else "" for place in range(4)]


@pytest.mark.rule("SEC-12")
def test_privilege_is_never_lifted_here_and_who_marked_is_kept(
    printer: Acting, acting_as: Callable[..., Acting], system: Acting, order: Order
) -> None:
    one = kept(printer, order)
    mark_paper(by=printer, order=order.reference, number=one.pk, mark="privileged")
    for mark in ("respondent", "court_only"):
        assert why(mark_paper, by=printer, order=order.reference, number=one.pk, mark=mark) == "privileged"
    advice = kept(printer, order, "advice")
    assert why(mark_paper, by=printer, order=order.reference, number=advice.pk, mark="court_only") == "privileged"
    assert why(mark_paper, by=printer, order=order.reference, number=one.pk + 99, mark="court_only") == "no_such_record"
    for by in (acting_as("response_officer", username="door"), system):
        with pytest.raises(NotPermitted):
            mark_paper(by=by, order=order.reference, number=advice.pk, mark="court_only")
    (row,) = PaperMarked.objects.for_user(printer)
    assert (row.mark, row.by) == ("privileged", printer.user)
    assert Event.objects.filter(kind="order_paper_marked").count() == 1


@pytest.mark.rule("SEC-01")
def test_who_takes_out_what(printer: Acting, acting_as: Callable[..., Acting], order: Order) -> None:
    officer = replace(acting_as("response_officer", username="door"), factor_at=NOW)
    assert (
        why(keep_printed, by=officer, order=order.reference, paper=paper(printer, order), asked=COURT)
        == "right_not_held"
    )
    card = paper(printer, order, kind="card", audience="police")
    assert why(keep_printed, by=officer, order=order.reference, paper=card, asked=POLICE) == ""
    bundle = keep_printed(by=printer, order=order.reference, paper=paper(printer, order, kind="bundle"), asked=COURT)
    assert why(send_again, by=officer, order=order.reference, number=bundle.pk, asked=COURT) == "right_not_held"
    assert why(send_again, by=printer, order=order.reference, number=bundle.pk + 9, asked=COURT) == "no_such_record"


@pytest.mark.rule("ORD-11")
def test_what_the_respondent_has_received_and_when_is_recorded_once_it_was_printed_for_them(
    printer: Acting, order: Order
) -> None:
    theirs = keep_printed(
        by=printer, order=order.reference, paper=paper(printer, order, audience="respondent"), asked=COURT, now=MADE
    )
    handed = Handed("respondent", "personal", MADE + timedelta(hours=2), "At the station")
    record_given(by=printer, order=order.reference, number=theirs.pk, handed=handed)
    (row,) = given_of(printer, order)
    assert (row.given_to, row.given_at, row.words) == ("respondent", MADE + timedelta(hours=2), "At the station")
    courts = keep_printed(by=printer, order=order.reference, paper=paper(printer, order), asked=COURT, now=MADE)
    for number, said, code in [
        (courts.pk, handed, "other_copy"),
        (theirs.pk, replace(handed, given_at=MADE - timedelta(hours=1)), "given_when"),
        (theirs.pk, replace(handed, given_at=NOW + timedelta(hours=1)), "given_when"),
        (theirs.pk + 99, handed, "no_such_record"),
    ]:
        assert why(record_given, by=printer, order=order.reference, number=number, handed=said) == code
    assert len(given_of(printer, order)) == 1


@pytest.mark.rule("ORD-18")
def test_a_live_order_is_not_entered_until_its_standing_words_are(
    printer: Acting, team: Acting, system: Acting, order: Order
) -> None:
    assert national_entry_missing(system) == national_entry_missing(team) == [order]
    today = NOW.date()
    record_entry(by=team, order=order.reference, system="records", entered_on=today, reference="R1")
    assert national_entry_missing(system) == [order]
    entry = record_entry(by=team, order=order.reference, system="national", entered_on=today, reference="24/1A")
    assert national_entry_missing(system) == []
    assert entry_standing(story_of_order(team, order), "national") == entry
    vary = Given(varied_on=today, applicant="respondent", reason_text="The school has moved", terms=TERMS)
    move_order(by=team, order=order.reference, move="vary", given=vary)
    assert national_entry_missing(system) == [order]
    assert entry_standing(story_of_order(team, order), "national") is None
    again = {"by": team, "order": order.reference, "system": "national", "reference": "24/1B"}
    assert why(record_entry, **again, entered_on=today - timedelta(days=1)) == "entered_before_these_words"
    assert why(record_entry, **again, entered_on=today, seen=1) == "changed_meanwhile"
    assert national_entry_missing(system) == [order]
    record_entry(**again, entered_on=today, seen=2)
    assert national_entry_missing(system) == []
    move_order(by=team, order=order.reference, move="quash",
               given=Given(quashed_on=today, court="Swansea", appeal_case_no="A1"))  # fmt: skip
    assert (
        why(record_entry, by=team, order=order.reference, system="national", entered_on=today, reference="3")
        == "not_live"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_reference FROM orders_nationalentry")
        assert "24/1" not in str(cursor.fetchall())
    assert NationalEntry.objects.for_user(team).count() == 3


def test_wording_is_worded_anew_by_an_administrator_version_by_version(
    team: Acting, acting_as: Callable[..., Acting]
) -> None:
    administrator = acting_as("administrator", username="admin")
    before = worded(team, ["draft_closing"])["draft_closing", "cy"]
    given = {"key": "draft_closing", "language": "cy", "words": "Geiriau’r llys sydd ynddo.", "reason": "Legal team"}
    with pytest.raises(NotPermitted):
        word_anew(by=team, seen=wording_seen(before), **given)
    row = word_anew(by=administrator, seen=wording_seen(before), **given)
    assert (row.number, wording_of(team, "cy").say("draft_closing", {"respondent": "A"})) == (2, given["words"])
    assert wording_of(team, "en").pieces["draft_closing"].number == 1
    with pytest.raises(Conflict):
        word_anew(by=administrator, seen=wording_seen(before), **given)
    now = worded(team, ["draft_closing"])["draft_closing", "cy"]
    assert why(word_anew, by=administrator, seen=wording_seen(now), **given) == "nothing_changed"
    for words, reason, code in [("{chief}", "x", "unknown_name"), ("{", "x", "loose_brace"), ("New", " ", "no_reason")]:
        said = given | {"words": words, "reason": reason}
        assert why(word_anew, by=administrator, seen=wording_seen(now), **said) == code
    used = wording_of(team, "cy")
    used.say("draft_closing", {"respondent": "A"})
    assert used.used == {"draft_closing": 2}
    assert set(used.pieces) == set(pieces())
    assert Event.objects.filter(kind="order_wording_edited").count() == 1
