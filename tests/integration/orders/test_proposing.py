"""What a court's message says becomes a proposal by itself, due until a person has said what it is (ORD-09, ORD-21)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit import actions as audit
from craffu.audit.models import Event
from craffu.cases.models import Hearing
from craffu.clocks.london import start_of
from craffu.common.door import action
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order, OrderProposal
from craffu.orders.proposing.actions import confirm_proposal, keep_proposals, refuse_proposal
from craffu.orders.proposing.queries import orders_meant
from craffu.orders.queries import protected_by, story_of_order
from craffu.people.events import RECORD_RECEIVED
from craffu.people.models import Membership, Person, SourceRecord
from craffu.people.queries import members
from craffu.work.models import WorkItem
from tests.conftest import SHARED_DATA
from tests.factories.court_messages import case, defendant, message, offence, result
from tests.factories.identities import record_of, score
from tests.factories.orders import MADE, REASON, TERMS, received
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_life import asked_for

A_MINUTE = timedelta(minutes=1)
HELD = date(2026, 11, 20)
BAIL = NewTerms((NewCondition("no_contact_direct", "Not to contact A."), NewCondition("sign_on", "To sign on daily.")))


def sent(
    by: Acting,
    folder: Path,
    name: str = "one",
    *,
    results: Sequence[tuple[str, str]] = (("1015", "Fined"),),
    bail_status: str = "A",
    bail_conditions: str | None = None,
    on: str = HELD.isoformat(),
) -> None:
    """A message about one man: what the court said of one offence, and of his bail."""
    said = offence(results=[result(code=code, text=text) for code, text in results])
    man = defendant(offences=[said], bail_status=bail_status, bail_conditions=bail_conditions)
    (folder / f"{name}.xml").write_bytes(message(case(man), hearing_date=on))
    take_in(by=by, kind="court-results", paths=[folder / f"{name}.xml"])


def proposals(by: Acting) -> list[OrderProposal]:
    return list(OrderProposal.objects.for_user(by).order_by("id"))


def ticked(force: Force, at: datetime = NOW + A_MINUTE) -> list[tuple[str, str, str]]:
    with time_machine.travel(at, tick=False):
        tick(force=force, at=at)
    rows = WorkItem.objects.for_system("a test").filter(kind="order_proposal").order_by("id")
    return [(one.queue, one.why, one.state) for one in rows]


@pytest.mark.rule("ORD-09")
def test_a_restraining_order_and_bail_are_proposed_once_and_due_in_a_working_day(
    system: Acting, force: Force, tmp_path: Path
) -> None:
    sent(system, tmp_path, results=[("3047", "Restraining order"), ("3047", "Restraining order")], bail_status="B")
    assert ticked(force) == [
        ("court-orders", "court_said_order", "open"),
        ("court-orders", "court_said_bail", "open"),
    ]
    assert ticked(force, NOW + 2 * A_MINUTE) == ticked(force, NOW + 3 * A_MINUTE)
    assert [(one.kind, one.does, one.because, one.made_on) for one in proposals(system)] == [
        ("RO_CONV", "makes", "code", HELD),
        ("BAIL", "makes", "status", HELD),
    ]
    due = WorkItem.objects.for_system("a test").filter(why="court_said_order").get().due_at
    assert due == datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.rule("ORD-09")
def test_the_same_message_again_and_an_amended_one_propose_nothing_more(
    system: Acting, force: Force, tmp_path: Path
) -> None:
    sent(system, tmp_path, results=[("3047", "Restraining order")])
    ticked(force)
    sent(system, tmp_path, "again", results=[("3047", "Restraining order")])
    sent(system, tmp_path, "amended", results=[("3047", "Restraining order until further order")])
    assert ticked(force, NOW + 2 * A_MINUTE) == [("court-orders", "court_said_order", "open")]
    before = Event.objects.count()
    assert keep_proposals(by=system, cases=[one.case_id for one in proposals(system)]) == 0
    assert Event.objects.count() == before


@pytest.mark.rule("ORD-09")
def test_a_person_confirms_it_and_the_order_begins_as_the_court_made_it(
    acting_as: Callable[..., Acting], team: Acting, system: Acting, force: Force, tmp_path: Path
) -> None:
    sent(
        system,
        tmp_path,
        results=[("3047", "Restraining order")],
        bail_conditions="Not to contact A.; To sign on daily.",
    )
    ticked(force)
    restraining, bail = proposals(team)
    given = Given(
        made_at=start_of(HELD), court="B63", court_case_no="63AA1", is_indefinite=True, source_record="court-results 1"
    )
    order = confirm_proposal(by=team, number=restraining.pk, given=given)
    assert (order.kind, order.status, order.is_indefinite, order.made_at) == (
        "RO_CONV", "granted", True, start_of(HELD),
    )  # fmt: skip
    with pytest.raises(Conflict):
        confirm_proposal(by=team, number=restraining.pk, given=given)
    with pytest.raises(NotPermitted) as refused:
        confirm_proposal(by=team, number=bail.pk, given=replace(given, terms=BAIL))
    assert refused.value.code == "wrong_role"
    imposed = confirm_proposal(
        by=acting_as("court_liaison", username="court"), number=bail.pk, given=replace(given, terms=BAIL)
    )
    assert imposed.status == "in_force"
    assert [one.words for one in story_of_order(team, imposed).terms[0].conditions.all()] == [
        "Not to contact A.", "To sign on daily.",
    ]  # fmt: skip
    assert {state for _, _, state in ticked(force, NOW + 2 * A_MINUTE)} == {"done"}
    assert Order.objects.for_user(team).count() == 2


@pytest.mark.rule("ORD-09")
def test_a_refusal_says_why_and_a_change_begins_no_order(
    team: Acting, system: Acting, force: Force, tmp_path: Path
) -> None:
    sent(system, tmp_path, results=[("3263", "Restraining order varied")])
    ticked(force)
    (change,) = proposals(team)
    with pytest.raises(NotNow) as changes:
        confirm_proposal(by=team, number=change.pk, given=Given(made_at=start_of(HELD)))
    assert changes.value.code == "changes_an_order"
    with pytest.raises(NotNow):
        refuse_proposal(by=team, number=change.pk, words=" ")
    refuse_proposal(by=team, number=change.pk, words="Recorded on O-10001")
    assert Order.objects.for_user(team).count() == 0
    assert ticked(force, NOW + 2 * A_MINUTE) == [("court-orders", "court_said_order", "done")]


SPO_MADE = Given(
    made_at=start_of(HELD), court="B63", court_case_no="63AA1", last_day=date(2028, 11, 19),
    source_record="court-results 1", terms=TERMS,
)  # fmt: skip


def asked_of_a_court(by: Acting, folder: Path) -> tuple[OrderProposal, Order]:
    """A court's result that a full order was made, and the order that was opened in the same case against the same man."""
    sent(by, folder, results=[("3307", "Stalking protection order")])
    keep_proposals(by=by, cases=[Hearing.objects.for_user(by).get().case_id], now=NOW + A_MINUTE)
    (one,) = proposals(by)
    beginning = Beginning(
        kind="SPO", respondent=one.role.record, case=one.case, protects=[record_of(by, "she")],
    )  # fmt: skip
    return one, begin_order(by=by, beginning=beginning, move="open_consideration", given=Given())


def lodged(investigator: Acting, team: Acting, authoriser: Acting, order: Order) -> Order:
    asked_for(investigator, order)
    move_order(by=authoriser, order=order.reference, move="authorise", given=Given(reason_text=REASON))
    given = Given(lodged_on=date(2026, 11, 16), court="B63", court_case_no="63AA1")
    return move_order(by=team, order=order.reference, move="lodge", given=given)


@pytest.mark.rule("ORD-07")
@pytest.mark.rule("ORD-08")
@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize("is_adjourned", [False, True])
def test_what_was_applied_for_here_becomes_the_order_and_its_interim_is_asked_to_end(
    is_adjourned: bool,
    investigator: Acting,
    team: Acting,
    authoriser: Acting,
    system: Acting,
    force: Force,
    tmp_path: Path,
) -> None:
    one, main = asked_of_a_court(system, tmp_path)
    main = lodged(investigator, team, authoriser, main)
    beginning = Beginning(kind="ISPO", respondent=main.respondent, case=main.case, main=main, is_interim=True)
    asked = Given(lodged_on=date(2026, 11, 16), court="B63", court_case_no="63AA1")
    interim = begin_order(by=team, beginning=beginning, move="lodge_interim", given=asked)
    first = replace(SPO_MADE, made_at=start_of(date(2026, 11, 17)), last_day=date(2027, 2, 1))
    move_order(by=team, order=interim.reference, move="grant", given=first)
    if is_adjourned:
        heard = Given(hearing_on=date(2026, 11, 17), next_hearing_on=HELD)
        move_order(by=team, order=main.reference, move="adjourn", given=heard)
    order = confirm_proposal(by=team, number=one.pk, given=SPO_MADE)
    assert (order.pk, order.status, order.last_day) == (main.pk, "granted", date(2028, 11, 19))
    assert len(protected_by(team, order)) == 1
    last = story_of_order(team, order).moves[-1]
    assert (last.move, last.source, last.source_key) == (
        "grant" if is_adjourned else "receive", "court-results", one.source_key,
    )  # fmt: skip
    assert Order.objects.for_user(team).filter(kind="SPO").count() == 1
    with pytest.raises(Conflict):
        confirm_proposal(by=team, number=one.pk, given=SPO_MADE)
    assert ticked(force) == [("court-orders", "court_said_order", "done")]
    asked_to_end = WorkItem.objects.for_system("a test").filter(kind="order_determined", state="open")
    assert [one.about for one in asked_to_end] == [interim.reference]


@pytest.mark.rule("ORD-08")
@pytest.mark.rule("ORD-09")
def test_what_was_recorded_already_is_named_and_another_beside_it_is_said_to_be_one(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    one, considered_here = asked_of_a_court(system, tmp_path)
    made = received(team, considered_here.reference, MADE)
    with pytest.raises(NotNow, match=made.reference) as refused:
        confirm_proposal(by=team, number=one.pk, given=SPO_MADE)
    assert refused.value.code == "made_already"
    assert confirm_proposal(by=team, number=one.pk, given=SPO_MADE, is_another=True).pk != made.pk


@pytest.mark.rule("ORD-09")
def test_what_is_not_before_a_court_is_brought_there_before_its_result_is_recorded(
    investigator: Acting, team: Acting, system: Acting, tmp_path: Path
) -> None:
    one, order = asked_of_a_court(system, tmp_path)
    asked_for(investigator, order)
    with pytest.raises(NotNow, match=order.reference) as refused:
        confirm_proposal(by=team, number=one.pk, given=SPO_MADE)
    assert refused.value.code == "not_before_court"


@pytest.mark.rule("ORD-08")
@pytest.mark.rule("ORD-19")
@pytest.mark.parametrize("court_case_no", ["63 aa/1", "63AA2", ""])
def test_an_order_entered_without_its_case_is_found_by_its_number(
    court_case_no: str, team: Acting, system: Acting, tmp_path: Path
) -> None:
    sent(system, tmp_path, results=[("3307", "Stalking protection order")])
    keep_proposals(by=system, cases=[Hearing.objects.for_user(system).get().case_id], now=NOW + A_MINUTE)
    (one,) = proposals(system)
    beginning = Beginning(kind="SPO", respondent=one.role.record)
    made = begin_order(by=team, beginning=beginning, move="receive", given=SPO_MADE)
    meant = orders_meant(team, one, court_case_no)
    assert meant == ([made] if court_case_no == "63 aa/1" else [])


@pytest.mark.rule("ORD-09")
def test_it_is_recorded_already_on_an_order_without_more_words(
    team: Acting, system: Acting, force: Force, tmp_path: Path
) -> None:
    one, considered_here = asked_of_a_court(system, tmp_path)
    made = received(team, considered_here.reference, MADE)
    assert refuse_proposal(by=team, number=one.pk, words="", order=made).order == made
    assert ticked(force) == [("court-orders", "court_said_order", "done")]


@pytest.mark.rule("CLK-13")
def test_bail_of_an_earlier_hearing_is_kept_and_no_longer_due(system: Acting, force: Force, tmp_path: Path) -> None:
    sent(system, tmp_path, bail_status="B")
    assert ticked(force) == [("court-orders", "court_said_bail", "open")]
    sent(system, tmp_path, "later", bail_status="U", on="2026-11-23")
    assert ticked(force, NOW + 2 * A_MINUTE) == [("court-orders", "court_said_bail", "withdrawn")]
    assert len(proposals(system)) == 1


THEFT = "TH68010"


def bailed(by: Acting, folder: Path, name: str, code: str, **who: str) -> None:
    """A message that a man was bailed, charged with one offence."""
    man = defendant(offences=[offence(code=code, results=[result(code="4027", text="Bail")])], bail_status="B")
    (folder / f"{name}.xml").write_bytes(message(case(man, **who), hearing_date=HELD.isoformat()))
    take_in(by=by, kind="court-results", paths=[folder / f"{name}.xml"])


@pytest.mark.rule("CLK-13")
@pytest.mark.parametrize(
    ("code", "is_due"),
    [
        ("PH97006", True), ("PH97004", True), ("PH97012", True), ("SE20002", True), ("ST19001", True), ("FL96001", True),
        ("DA21001", True), (THEFT, False), ("BA76005", False), ("SE20001", False), ("CJ88116", False),
    ],
)  # fmt: skip
def test_bail_is_due_of_whom_is_suspected_of_stalking_harassment_or_breaking_an_order_that_protects(
    code: str, *, is_due: bool, system: Acting, force: Force, tmp_path: Path
) -> None:
    bailed(system, tmp_path, "one", code)
    assert ticked(force) == ([("court-orders", "court_said_bail", "open")] if is_due else [])
    assert [one.kind for one in proposals(system)] == ["BAIL"]


@action
def found_to_be(by: Acting, record: SourceRecord, person: Person) -> None:
    Membership.objects.create(
        force=by.force, record=record, person=person, known_from=NOW, decided_by="x", why="the same man"
    )
    audit.record(kind=RECORD_RECEIVED, actor=by.actor, refs=[f"person/{person.reference}"])


@pytest.mark.rule("CLK-13")
def test_bail_for_something_else_is_due_once_the_same_person_is_suspected_of_stalking_in_another_case(
    system: Acting, force: Force, tmp_path: Path
) -> None:
    bailed(system, tmp_path, "theft", THEFT)
    assert ticked(force) == []
    bailed(system, tmp_path, "stalking", "PH97006", ptiurn="63AA0990001")
    first, other = members(system).order_by("id")
    found_to_be(system, other.record, first.person)
    assert ticked(force, NOW + 2 * A_MINUTE) == [("court-orders", "court_said_bail", "open")] * 2


@pytest.mark.rule("CLK-13")
@pytest.mark.rule("IDN-06")
def test_bail_for_something_else_is_due_once_a_link_that_comes_after_both_messages_finds_them_to_be_one(
    system: Acting, force: Force, tmp_path: Path
) -> None:
    bailed(system, tmp_path, "theft", THEFT)
    bailed(system, tmp_path, "stalking", "PH97006", ptiurn="63AA0990001")
    assert ticked(force) == [("court-orders", "court_said_bail", "open")]
    score(system, *members(system).order_by("record_id").values_list("record_id", flat=True))
    assert ticked(force, NOW + 2 * A_MINUTE) == [("court-orders", "court_said_bail", "open")] * 2


@pytest.mark.rule("CLK-13")
def test_bail_for_something_else_is_due_of_somebody_against_whom_there_is_an_order(
    team: Acting, system: Acting, force: Force, tmp_path: Path
) -> None:
    bailed(system, tmp_path, "theft", THEFT)
    keep_proposals(by=system, cases=[Hearing.objects.for_user(system).get().case_id], now=NOW + A_MINUTE)
    (bail,) = proposals(system)
    given = Given(
        made_at=start_of(HELD), court="B63", court_case_no="1", is_indefinite=True, source_record="sealed order"
    )
    beginning = Beginning(kind="NMO", respondent=bail.role.record, case=bail.case)
    begin_order(by=team, beginning=beginning, move="receive", given=given)
    assert ticked(force) == [("court-orders", "court_said_bail", "open")]


@pytest.mark.deep
@pytest.mark.rule("CLK-13")
@pytest.mark.slow
def test_the_courts_own_messages_about_other_crime_raise_proposals_and_no_flood_of_due_bail(
    system: Acting, force: Force
) -> None:
    """None of them is about stalking or harassment: 24 messages propose something, and only orders are due."""
    take_in(by=system, kind="court-results", paths=[SHARED_DATA / "courts" / "results"])
    due = ticked(force)
    kept = proposals(system)
    bail = [one for one in kept if one.kind == "BAIL"]
    assert len(bail) > 10
    assert due == [("court-orders", "court_said_order", "open")] * (len(kept) - len(bail))
