"""Orders that came as documents: kept whole, owned, typed from, and gone only once matched or returned with a reason (ORD-21)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.markings import COVERT, RESTRICTED, RecordMarking
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.clocks.london import start_of
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.orders.facts import Given, NewTerms
from craffu.orders.inbox.actions import (
    match_document,
    open_document,
    own_document,
    receive_document,
    return_document,
    type_from_document,
)
from craffu.orders.inbox.facts import NewDocument, terms_as_text, terms_of_text
from craffu.orders.inbox.queries import documents_page, find_document, in_inbox, people_like, people_with_number
from craffu.orders.life.actions import move_order
from craffu.orders.models import DocumentRead, Order, OrderDocument
from craffu.orders.papers.actions import keep_paper
from craffu.orders.queries import checked, story_of_order
from craffu.orders.terms.actions import compare_terms
from craffu.people.models import SourceRecord
from craffu.people.queries import identities, members, people_of_records
from craffu.work.models import WorkItem
from craffu.work.rules import Band
from tests.factories.identities import joined_to, record_of, scattered
from tests.factories.inbox import TYPED, came, read
from tests.factories.orders import MADE, NO_CONTACT, PNG, TERMS, considered, received
from tests.integration.orders.conftest import NOW
from tests.integration.orders.test_life import applied, asked_for
from tests.logged import refs_said_by

OTHER_PAPER = PNG + b"another"


@pytest.fixture
def liaison(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("court_liaison", username="liaison")


@pytest.fixture
def supervisor(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor", username="supervisor")


def respondent(by: Acting, order: Order) -> str:
    return people_of_records(by, [order.respondent_id])[order.respondent_id].reference


def standing(by: Acting, document: OrderDocument, at: datetime = NOW) -> tuple[str, int, bool, tuple[str, ...]]:
    found = find_document(by, document.reference)
    assert found is not None
    one = in_inbox(found, at).waiting
    return one.state.value, one.age_days, one.chase, tuple(why.value for why in one.why)


@pytest.mark.rule("ORD-21")
def test_a_document_is_kept_whole_and_encrypted_once_and_waits_with_an_age_and_without_an_owner(team: Acting) -> None:
    document = came(team, NOW - timedelta(days=3), sender="Llanelli Family Court")
    assert (document.reference, document.media_type, document.size) == ("D-10001", "image/png", len(PNG))
    assert came(team) == document
    assert open_document(by=team, document="D-10001")[1] == PNG
    assert standing(team, document) == ("waiting", 3, True, ("no_owner",))
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))[-2:]
    assert kinds == ["order_document_received", "order_document_opened"]


@pytest.mark.rule("ORD-21")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"content": b"MZ not a paper"}, "paper_form"),
        ({"content": b""}, "paper_size"),
        ({"content": PNG + b"0" * (10 << 20)}, "paper_size"),
        ({"received_at": NOW + timedelta(minutes=1)}, "ahead"),
        ({"came_from": "the moon"}, "no_such_sender"),
    ],
)
def test_what_is_no_document_is_not_kept(change: dict[str, object], why: str, team: Acting) -> None:
    new = NewDocument(received_at=NOW, came_from="court", content=PNG)
    with pytest.raises(NotNow) as refused:
        receive_document(by=team, given=replace(new, **change))
    assert refused.value.code == why
    assert not OrderDocument.objects.for_user(team).exists()


@pytest.mark.rule("ORD-21")
@pytest.mark.rule("SEC-01")
def test_only_those_who_bring_the_courts_word_and_their_supervisor_work_on_it(
    team: Acting, supervisor: Acting, liaison: Acting, investigator: Acting, system: Acting
) -> None:
    document = came(team)
    for by in (investigator, system):
        with pytest.raises(NotPermitted):
            came(by, content=OTHER_PAPER)
        with pytest.raises(NotPermitted):
            open_document(by=by, document=document.reference)
    own_document(by=liaison, document=document.reference, owner=liaison.user)
    with pytest.raises(NotPermitted):
        own_document(by=liaison, document=document.reference, owner=team.user)
    with pytest.raises(NotNow) as refused:
        own_document(by=supervisor, document=document.reference, owner=investigator.user)
    assert refused.value.code == "not_their_queue"
    own_document(by=supervisor, document=document.reference, owner=team.user)
    found = find_document(team, document.reference)
    assert found is not None
    one = in_inbox(found, NOW)
    assert (one.owned.owner if one.owned else None, one.waiting.why) == (team.user, ())


@pytest.mark.rule("ORD-21")
def test_what_is_typed_is_kept_reading_by_reading_and_the_second_of_two_sees_the_first(team: Acting) -> None:
    document = came(team)
    read(team, document, family_name="", terms=None)
    read(team, document, seen=1)
    with pytest.raises(Conflict):
        read(team, document, seen=1, court="Elsewhere")
    rows = list(DocumentRead.objects.for_user(team).order_by("number"))
    assert [(one.number, one.family_name, bool(one.terms)) for one in rows] == [(1, "", False), (2, "Prosser", True)]
    with pytest.raises(NotNow) as refused:
        read(team, document, seen=2, made_on=date(2026, 11, 25))
    assert refused.value.code == "made_ahead"


@pytest.mark.rule("ORD-21")
def test_conditions_come_back_from_the_inbox_word_for_word() -> None:
    terms = NewTerms((replace(NO_CONTACT, words_cy="Dim cyswllt.", first_day=date(2026, 11, 20)),), language="both")
    assert terms_of_text(terms_as_text(terms)) == terms
    assert terms_as_text(None) == terms_as_text(NewTerms(())) == ""
    assert terms_of_text("") is None


@pytest.mark.rule("ORD-21")
@pytest.mark.rule("ORD-20")
@pytest.mark.rule("IDN-02")
def test_matched_to_nobody_we_know_it_enters_the_register_with_its_paper_and_its_terms_read_not_checked(
    team: Acting, liaison: Acting
) -> None:
    document = came(liaison)
    read(liaison, document)
    order = match_document(by=team, document="D-10001", seen=1, person=None)
    assert (order.kind, order.status, order.court_case_no, order.last_day, order.made_at, order.case) == (
        "NMO", "granted", "FL26 44", date(2027, 11, 19), start_of(date(2026, 11, 20)), None,
    )  # fmt: skip
    story = story_of_order(team, order)
    assert [(one.kind, one.sha256) for one in story.papers] == [("sealed_order", document.sha256)]
    assert story.standing is not None
    assert [one.words for one in story.standing.conditions.all()] == [one.words for one in TERMS.conditions]
    assert story.standing.entered_by == liaison.user, "whoever typed them never compares them, whoever matched"
    found = checked(story)
    assert found is not None
    assert found.label.value == "not checked"
    assert (story.moves[0].source, story.moves[0].source_key) == ("order-inbox", "D-10001")
    person = people_of_records(team, [order.respondent_id])[order.respondent_id]
    identity = identities(team, [person])[person.pk]
    assert (identity.name, identity.born_on, identity.source) == ("Huw Prosser", "1988-03-02", "order-inbox")
    assert standing(team, document) == ("matched", 0, False, ())
    last = Event.objects.order_by("-id").first()
    assert last is not None
    assert last.kind == "order_document_matched"
    assert {"document/D-10001", f"order/{order.reference}"} == set(refs_said_by(last))


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("ORD-21")
def test_a_person_says_whom_it_is_about_and_what_it_says_of_them_is_a_record_of_its_own(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    known = considered(system, tmp_path)
    document = came(team)
    read(team, document)
    order = match_document(by=team, document="D-10001", seen=1, person=respondent(team, known))
    assert order.respondent_id != known.respondent_id
    assert respondent(team, order) == respondent(team, known)
    assert SourceRecord.objects.for_user(team).get(pk=order.respondent_id).source == "order-inbox"


@pytest.mark.rule("IDN-03")
@pytest.mark.rule("ORD-21")
@pytest.mark.parametrize("of_several", [False, True])
def test_matched_to_somebody_whose_records_are_another_persons_since_it_is_looked_at_again(
    of_several: bool, team: Acting, system: Acting
) -> None:
    record = record_of(system, "one").pk
    gone = scattered(system, record)[0] if of_several else joined_to(system, record)
    document = came(team)
    read(team, document)
    with pytest.raises(Conflict) as refused:
        match_document(by=team, document=document.reference, seen=1, person=gone)
    now = people_of_records(system, [record])[record].reference
    assert refused.value.code == "somebody_else_now"
    assert now in refused.value.message
    order = match_document(by=team, document=document.reference, seen=1, person=now)
    mine = [one for one in members(system) if one.person.reference == now]
    assert order.respondent_id in {one.record_id for one in mine}


@pytest.mark.rule("ORD-21")
@pytest.mark.rule("ORD-09")
def test_an_application_that_waits_for_the_court_is_received_by_its_document(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    waiting = considered(system, tmp_path)
    who = respondent(team, waiting)
    document = came(team)
    read(team, document)
    with pytest.raises(NotNow) as refused:
        match_document(by=team, document="D-10001", seen=1, person=who, order=waiting.reference)
    assert refused.value.code == "kind_differs"
    read(team, document, seen=1, kind="SPO")
    order = match_document(by=team, document="D-10001", seen=2, person=who, order=waiting.reference)
    assert (order.pk, order.status, order.court_case_no) == (waiting.pk, "granted", "FL26 44")


@pytest.mark.rule("ORD-09")
@pytest.mark.rule("ORD-12")
@pytest.mark.rule("ORD-21")
def test_an_application_that_was_adjourned_is_granted_by_its_document_with_its_words_and_its_end(
    investigator: Acting, team: Acting, authoriser: Acting, system: Acting, tmp_path: Path
) -> None:
    asked = applied(investigator, team, authoriser, system, tmp_path)
    heard = Given(hearing_on=date(2026, 11, 20), next_hearing_on=date(2026, 11, 23))
    move_order(by=team, order=asked.reference, move="adjourn", given=heard)
    who, document = respondent(team, asked), came(team)
    sealed = {"kind": "SPO", "court_case_no": "63AA1", "made_on": date(2026, 11, 23), "last_day": date(2028, 11, 22)}

    def matched(seen: int) -> Order:
        return match_document(by=team, document=document.reference, seen=seen, person=who, order=asked.reference)

    for seen, (lack, why) in enumerate(
        (({"terms": None}, "missing:terms"), ({"last_day": None, "is_indefinite": None}, "missing:period"))
    ):
        read(team, document, seen=seen, **sealed | lack)
        with pytest.raises(NotNow) as refused:
            matched(seen + 1)
        assert refused.value.code == why
    read(team, document, seen=2, **sealed)
    order = matched(3)
    assert (order.pk, order.status, order.made_at, order.last_day, order.next_hearing_on) == (
        asked.pk, "granted", start_of(date(2026, 11, 23)), date(2028, 11, 22), None,
    )  # fmt: skip
    story = story_of_order(team, order)
    assert (story.moves[-1].move, story.moves[-1].source) == ("grant", "order-inbox")
    assert [one.words for one in story.made[-1].conditions.all()] == [one.words for one in TERMS.conditions]
    assert standing(team, document)[0] == "matched"


@pytest.mark.rule("ORD-09")
@pytest.mark.rule("ORD-21")
def test_an_application_that_is_not_before_a_court_is_not_closed_over_by_a_document_that_says_it_was_made(
    investigator: Acting, team: Acting, system: Acting, tmp_path: Path
) -> None:
    asked = considered(system, tmp_path)
    asked_for(investigator, asked)
    document = came(team)
    read(team, document, kind="SPO")
    with pytest.raises(NotNow, match=asked.reference) as refused:
        match_document(
            by=team, document=document.reference, seen=1, person=respondent(team, asked), order=asked.reference
        )
    assert refused.value.code == "not_before_court"
    assert standing(team, document)[0] == "waiting"


@pytest.mark.rule("ORD-21")
@pytest.mark.rule("ORD-20")
def test_an_order_that_was_made_keeps_its_words_has_the_document_beside_them_and_is_compared_anew(
    team: Acting, supervisor: Acting, system: Acting, tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    sealed = keep_paper(by=team, order=made.reference, kind="sealed_order", content=b"%PDF-1.7 sealed")
    compare_terms(by=supervisor, order=made.reference, number=1, paper=sealed.pk, is_same=True)
    document = came(team)
    read(team, document)
    with pytest.raises(NotNow) as refused:
        match_document(
            by=team, document=document.reference, seen=1, person=respondent(team, made), order=made.reference
        )
    assert refused.value.code == "kind_differs"
    read(team, document, seen=1, kind="SPO", court="Elsewhere")
    order = match_document(
        by=team, document=document.reference, seen=2, person=respondent(team, made), order=made.reference
    )
    story = story_of_order(team, order)
    assert (order.moves_made, order.court, len(story.made), len(story.papers)) == (made.moves_made, "Llanelli", 1, 2)
    found = checked(story)
    assert found is not None
    assert found.label.value == "not checked", "a later image came: they are held against it"


@pytest.mark.rule("ORD-21")
@pytest.mark.rule("ORD-19")
def test_what_is_on_the_register_does_not_enter_it_again(team: Acting, system: Acting, tmp_path: Path) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    document = came(team)
    read(team, document, kind="SPO", court_case_no="63AA1")
    with pytest.raises(NotNow, match=made.reference) as refused:
        match_document(by=team, document=document.reference, seen=1, person=respondent(team, made))
    assert refused.value.code == "on_register"
    other = received(team, considered(system, tmp_path, number=2).reference, MADE)
    with pytest.raises(NotNow) as against:
        match_document(
            by=team, document=document.reference, seen=1, person=respondent(team, made), order=other.reference
        )
    assert against.value.code == "other_respondent"
    with pytest.raises(NotNow) as nobody:
        match_document(by=team, document=document.reference, seen=1, person=None, order=made.reference)
    assert nobody.value.code == "other_respondent"
    assert {one.reference for one in people_with_number(team, "63AA1")} == {
        respondent(team, made), respondent(team, other)
    }  # fmt: skip
    assert people_with_number(team, " ") == []


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("ORD-21")
def test_about_nobody_we_know_it_does_not_enter_beside_the_order_of_its_number_unless_it_is_said_to_be_another(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    document = came(team)
    read(team, document, kind="SPO", court_case_no="63 aa/1")
    with pytest.raises(NotNow, match=made.reference) as refused:
        match_document(by=team, document=document.reference, seen=1, person=None)
    assert refused.value.code == "on_register"
    assert standing(team, document)[0] == "waiting"
    other = match_document(by=team, document=document.reference, seen=1, person=None, is_another=True)
    assert other.pk != made.pk
    quashed = Given(quashed_on=NOW.date(), court="Swansea", appeal_case_no="A1")
    for one in (made, other):
        move_order(by=team, order=one.reference, move="quash", given=quashed)
    for number, typed in enumerate(({"kind": "SPO"}, {"kind": "CBO", "is_interim": True}, {"kind": "CBO"})):
        later = came(team, content=PNG + bytes([number]))
        read(team, later, court_case_no="63AA1", **typed)
        assert match_document(by=team, document=later.reference, seen=1, person=None).status == "granted"


@pytest.mark.rule("ORD-19")
@pytest.mark.rule("SEC-02")
@pytest.mark.parametrize("marking", [RESTRICTED, COVERT])
def test_an_order_that_is_shut_is_not_entered_twice_and_named_to_nobody_shut_out(
    marking: RecordMarking, team: Acting, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    assert made.case is not None
    keeper = acting_as("supervisor", username="keeper")
    acting_as("orders_team", username="other")
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test", marking=marking)
    shut_out = acting_user(User.objects.get(username="other"))
    document = came(shut_out)
    read(shut_out, document, kind="SPO", court_case_no="63AA1")

    def entered() -> Order:
        return match_document(by=shut_out, document=document.reference, seen=1, person=None)

    if marking is COVERT:
        assert entered().status == "granted"
        return
    with pytest.raises(NotNow, match="one that is not open to you") as refused:
        entered()
    assert made.reference not in refused.value.message


@pytest.mark.rule("ORD-21")
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (None, "kind_not_typed"),
        ({"kind": ""}, "kind_not_typed"),
        ({"family_name": " "}, "name_not_typed"),
        ({"made_on": None}, "missing:made_at"),
        ({"court_case_no": ""}, "missing:court_case_no"),
    ],
)
def test_nothing_is_matched_before_it_is_typed_and_a_refused_match_leaves_nothing(
    typed: dict[str, object] | None, why: str, team: Acting
) -> None:
    document = came(team)
    if typed is not None:
        read(team, document, **typed)
    before = Event.objects.count()
    with pytest.raises(NotNow) as refused:
        match_document(by=team, document=document.reference, seen=0 if typed is None else 1, person=None)
    assert refused.value.code == why
    assert Event.objects.count() == before
    assert not SourceRecord.objects.for_user(team).exists()
    assert not Order.objects.for_user(team).exists()


@pytest.mark.rule("ORD-21")
def test_a_supervisor_matches_what_is_there_and_enters_nothing(
    team: Acting, supervisor: Acting, system: Acting, tmp_path: Path
) -> None:
    made = received(team, considered(system, tmp_path).reference, MADE)
    document = came(team)
    read(team, document, kind="SPO")
    with pytest.raises(NotPermitted) as refused:
        match_document(by=supervisor, document=document.reference, seen=1, person=None)
    assert refused.value.code == "wrong_role"
    match_document(
        by=supervisor, document=document.reference, seen=1, person=respondent(team, made), order=made.reference
    )


@pytest.mark.rule("ORD-21")
def test_it_is_returned_with_a_reason_and_then_nothing_more_happens_to_it(team: Acting) -> None:
    document = came(team, NOW - timedelta(days=5))
    for reason, words, why in (("", "Why", "missing:reason_code"), ("unreadable", " ", "missing:reason_text")):
        with pytest.raises(NotNow) as refused:
            return_document(by=team, document=document.reference, reason=reason, words=words)
        assert refused.value.code == why
    assert standing(team, document)[0] == "waiting"
    return_document(by=team, document=document.reference, reason="unreadable", words="The second page is missing")
    assert standing(team, document, NOW + timedelta(days=9)) == ("returned", 5, False, ())
    with pytest.raises(Conflict):
        read(team, document)
    with pytest.raises(Conflict):
        own_document(by=team, document=document.reference, owner=team.user)
    with pytest.raises(Conflict):
        match_document(by=team, document=document.reference, seen=0, person=None)
    assert came(team).reference == "D-10002"


@pytest.mark.rule("ORD-21")
def test_it_is_due_in_a_working_day_to_its_owner_and_chased_from_the_day_after(team: Acting, force: Force) -> None:
    def items(at: datetime) -> list[tuple[object, ...]]:
        with time_machine.travel(at, tick=False):
            tick(force=force, at=at)
        rows = WorkItem.objects.for_system("a test").filter(kind="order_document").order_by("id")
        return [(one.queue, one.state, one.due_at, one.owner, one.missed_from is not None) for one in rows]

    end = datetime(2026, 11, 26, tzinfo=UTC)
    came(team)
    assert items(NOW + timedelta(minutes=1)) == [("order-inbox", "open", end, None, False)]
    own_document(by=team, document="D-10001", owner=team.user)
    assert items(end - timedelta(minutes=1)) == [("order-inbox", "open", end, team.user, False)]
    assert items(end) == [("order-inbox", "open", end, team.user, True)]
    with time_machine.travel(end + timedelta(hours=1), tick=False):
        return_document(by=team, document="D-10001", reason="came_before", words="Recorded on Friday")
    assert [state for _, state, *_ in items(end + timedelta(hours=2))] == ["done"]


@pytest.mark.rule("ORD-21")
def test_the_list_has_what_waits_by_its_age_and_what_has_left_apart(team: Acting) -> None:
    ages = {days: came(team, NOW - timedelta(days=days), PNG + bytes([days])).reference for days in (0, 1, 2, 7, 30)}

    def listed(band: Band | None = None, *, has_left: bool = False) -> list[str]:
        return [one.reference for one in documents_page(team, NOW, has_left=has_left, band=band)]

    assert listed() == [ages[30], ages[7], ages[2], ages[1], ages[0]]
    assert listed(Band.FRESH) == [ages[1], ages[0]]
    assert listed(Band.WEEK) == [ages[7], ages[2]]
    assert listed(Band.LONGER) == [ages[30]]
    return_document(by=team, document=ages[7], reason="other", words="Sent twice")
    assert listed(Band.WEEK) == [ages[2]]
    assert listed(has_left=True) == [ages[7]]


@pytest.mark.rule("IDN-02")
def test_who_may_be_meant_is_shown_and_nobody_is_joined_by_a_likeness(team: Acting) -> None:
    first, second = came(team), came(team, content=OTHER_PAPER)
    read(team, first)
    match_document(by=team, document=first.reference, seen=1, person=None)
    read(team, second, court_case_no="FL26 45")
    reading = DocumentRead.objects.for_user(team).get(document=second)
    assert [hit.name for hit in people_like(team, reading).hits] == ["Huw Prosser"]
    order = match_document(by=team, document=second.reference, seen=1, person=None)
    assert (
        len({one.reference for one in people_of_records(team, [order.respondent_id, order.respondent_id - 1]).values()})
        == 2
    )
    nameless = replace(TYPED, given_names="", family_name="", born_on=None)
    third = came(team, content=PNG + b"third")
    type_from_document(by=team, document=third.reference, typed=nameless, seen=0)
    assert people_like(team, DocumentRead.objects.for_user(team).get(document=third)).hits == ()
