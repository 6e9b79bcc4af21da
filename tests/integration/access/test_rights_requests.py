"""A request about somebody's own data goes step by step, is logged at each, and leaves only when another approved it (SEC-11)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.permissions import check_can_handle_rights
from craffu.access.policies import FactorNotFresh
from craffu.access.rights_requests.actions import NewRequest, Step, end_effect, record_request, take_step
from craffu.access.rights_requests.kinds import ENDINGS, Decided, Ending, Kind, Whose
from craffu.access.rights_requests.models import RightsEnding, RightsRequest, RightsStep
from craffu.access.rights_requests.queries import find_request, requests_open, requests_over
from craffu.access.rights_requests.rules import Before, Checked, Standing, digest_of
from craffu.access.rights_requests.states import MOVES, OVER, RightsStatus
from craffu.audit.models import Event
from craffu.common.door import bookkeeping
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from craffu.outbox.models import News
from craffu.people.queries import is_called
from tests.factories.identities import record_of
from tests.factories.rights_answered import ANSWER as TEXT
from tests.factories.rights_answered import answered, sent
from tests.factories.rights_answered import prepared as prepared_now
from tests.logged import refs_said_by
from tests.roles import as_owner

pytestmark = pytest.mark.rule("SEC-11")

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
RECEIVED = date(2026, 11, 24)
ASKED = NewRequest(Kind.ACCESS, Whose.SUSPECT, "P-10001", "Sam Example, by letter: all of it", RECEIVED, "0" * 32)
DONE = Checked(True, True, True, privileged_included=False)
ANSWER = "Dear Sam,\nwe hold two records.\n"
PREPARED = Step(RightsStatus.PREPARED, "All but the log", checked=DONE, text=ANSWER)


@pytest.fixture
def first(acting_as: Callable[..., Acting], system: Acting) -> Acting:
    """Somebody is in the register, as P-10001."""
    record_of(system, "his")
    return replace(acting_as("auditor"), factor_at=NOW)


@pytest.fixture
def second(acting_as: Callable[..., Acting]) -> Acting:
    return replace(acting_as("auditor"), factor_at=NOW)


@pytest.fixture
def step() -> Callable[..., RightsStep]:
    def taken(by: Acting, wanted: RightsStatus | Step, **details: Any) -> RightsStep:
        which = wanted if isinstance(wanted, Step) else Step(wanted, **details)
        return take_step(by=by, number="RR-10001", step=which, knows=is_called, now=NOW)

    return taken


@pytest.fixture
def prepared(first: Acting, step: Callable[..., RightsStep]) -> None:
    record_request(by=first, asked=ASKED, now=NOW)
    step(first, RightsStatus.IDENTIFIED, on=date(2026, 11, 26), words="Passport seen")
    step(first, PREPARED)


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="rights_").order_by("id").values_list("kind", flat=True))


def test_a_request_is_answered_step_by_step_by_two_people_and_the_log_has_each_without_a_name(
    prepared: None, first: Acting, second: Acting, step: Callable[..., RightsStep]
) -> None:
    with pytest.raises(NotPermitted, match="Somebody else approves it"):
        step(first, RightsStatus.APPROVED, text=ANSWER)
    step(second, RightsStatus.SENT_BACK, words="A neighbour is named on page 2")
    with pytest.raises(Conflict):
        step(second, RightsStatus.APPROVED, text=ANSWER)
    step(first, PREPARED)
    step(second, RightsStatus.APPROVED, text=ANSWER)
    (waiting,) = requests_open(first, NOW.date())
    assert waiting.release().release
    assert waiting.clock(NOW.date()).due_day == date(2026, 12, 25)
    with pytest.raises(FactorNotFresh):
        step(replace(second, factor_at=NOW - timedelta(minutes=6)), RightsStatus.ANSWERED, text=ANSWER)
    with pytest.raises(NotNow, match="before the answer was approved"):
        step(second, RightsStatus.ANSWERED, on=date(2026, 11, 29), text=ANSWER)
    step(second, RightsStatus.ANSWERED, on=date(2026, 11, 30), text=ANSWER)
    assert kinds() == [
        f"rights_{one}"
        for one in ("received", "identified", "prepared", "sent_back", "prepared", "approved", "answered")
    ]
    left = Event.objects.get(kind="rights_answered")
    assert (left.verb, left.recipient) == ("disclosure", "whoever asked in RR-10001")
    assert set(refs_said_by(left)) == {"rights_request/RR-10001", "person/P-10001"}
    said = "".join(Event.objects.values_list("payload", flat=True))
    assert not [word for word in ("Sam Example", "Passport", "neighbour", "All but", digest_of(ANSWER)) if word in said]
    (over,) = requests_over(first, 20)
    assert (over.clock(NOW.date()).status, over.is_over) == (Standing.ON_TIME, True)
    assert requests_open(first, NOW.date()) == []


def test_an_answer_does_not_leave_where_what_was_checked_does_not_hold(
    first: Acting, second: Acting, step: Callable[..., RightsStep]
) -> None:
    record_request(by=first, asked=ASKED, now=NOW)
    step(first, RightsStatus.IDENTIFIED)
    found = find_request(first, "RR-10001")
    assert found is not None
    assert (found.preparer, Before.NOBODY in found.release().why) == (None, True)
    step(first, replace(PREPARED, checked=replace(DONE, victim_scan_clean=False)))
    step(second, RightsStatus.APPROVED, text=ANSWER)
    with pytest.raises(NotNow, match="not ready to leave"):
        step(second, RightsStatus.ANSWERED, text=ANSWER)


def test_what_is_approved_and_what_is_sent_is_the_very_text_that_was_prepared(
    prepared: None, first: Acting, second: Acting, step: Callable[..., RightsStep]
) -> None:
    changed = ANSWER.replace("two", "three")
    for wrong, said in (
        ("", "Copy the whole text"),
        (" ", "Copy the whole text"),
        (changed, "not the text that was prepared"),
    ):
        with pytest.raises(NotNow, match=said):
            step(second, RightsStatus.APPROVED, text=wrong)
    # Somebody prepares another while the approver reads the one of before.
    step(second, RightsStatus.SENT_BACK, words="Three, not two")
    step(first, replace(PREPARED, text=changed))
    with pytest.raises(NotNow, match="not the text that was prepared"):
        step(second, RightsStatus.APPROVED, text=ANSWER)
    step(second, RightsStatus.APPROVED, text=changed.replace("\n", "\r\n"))
    for wrong in (ANSWER, changed + "P.S. She has moved.", changed.upper()):
        with pytest.raises(NotNow, match="not the text that was prepared"):
            step(second, RightsStatus.ANSWERED, text=wrong)
    step(second, RightsStatus.ANSWERED, text=changed)
    assert list(RightsStep.objects.exclude(text_digest="").order_by("number").values_list("status", "text_digest")) == [
        ("prepared", digest_of(ANSWER)),
        *((one, digest_of(changed)) for one in ("prepared", "approved", "answered")),
    ]


def test_a_reference_that_nobody_has_by_now_is_not_agreed_about_when_it_is_prepared_approved_or_sent(
    first: Acting, second: Acting
) -> None:
    """Mistyped, or theirs who was erased since: the number may be given to a stranger later."""
    with pytest.raises(NotNow, match="names nobody in Craffu") as refused:
        prepared_now(first, Kind.RESTRICTION, "P-10002", Decided.AGREED)
    assert refused.value.code == "decided_about_nobody"
    number = sent(second, prepared_now(first, Kind.RECTIFICATION, "P-10002", Decided.REFUSED))
    assert find_request(first, number) is not None
    number = prepared_now(first, Kind.RESTRICTION, "P-10001", Decided.IN_PART)
    for status in (RightsStatus.APPROVED, RightsStatus.ANSWERED):
        with pytest.raises(NotNow, match="names nobody in Craffu"):
            take_step(by=second, number=number, step=Step(status, text=TEXT), knows=lambda _by, _reference: False)
        fresh = replace(second, factor_at=datetime.now(UTC))
        take_step(by=fresh, number=number, step=Step(status, text=TEXT), knows=is_called)


def test_one_that_was_prepared_before_texts_were_held_against_one_another_is_prepared_again(
    prepared: None, first: Acting, second: Acting, step: Callable[..., RightsStep]
) -> None:
    bookkeeping(RightsStep.objects.all().erase)(text_digest="")
    with pytest.raises(NotNow, match="not the text that was prepared"):
        step(second, RightsStatus.APPROVED, text=ANSWER)
    step(second, RightsStatus.SENT_BACK, words="Prepare it again")
    step(first, PREPARED)
    assert step(second, RightsStatus.APPROVED, text=ANSWER).text_digest == digest_of(ANSWER)


@pytest.mark.parametrize("wanted", [one for one in RightsStatus if one not in MOVES[RightsStatus.PREPARED]])
def test_a_step_that_does_not_follow_changes_nothing(
    wanted: RightsStatus, prepared: None, second: Acting, step: Callable[..., RightsStep]
) -> None:
    with pytest.raises(Conflict, match="stands otherwise by now"):
        step(second, Step(wanted, checked=DONE))
    assert RightsStep.objects.count() == 3


def test_what_is_over_stays_over() -> None:
    assert {RightsStatus.ANSWERED, RightsStatus.WITHDRAWN} == OVER


def test_days_are_real_ones_and_a_form_works_once(first: Acting, step: Callable[..., RightsStep]) -> None:
    with pytest.raises(NotNow, match="has not come yet"):
        record_request(by=first, asked=replace(ASKED, received_on=date(2026, 12, 1)), now=NOW)
    with pytest.raises(Refusal, match="Say why"):
        record_request(by=first, asked=replace(ASKED, words=" "), now=NOW)
    record_request(by=first, asked=ASKED, now=NOW)
    with pytest.raises(NotNow, match="sent already"):
        record_request(by=first, asked=ASKED, now=NOW)
    with pytest.raises(NotNow, match="before the request was received"):
        step(first, RightsStatus.IDENTIFIED, on=RECEIVED - timedelta(days=1))
    record_request(by=first, asked=replace(ASKED, form="1" * 32, person=""))
    assert step(first, RightsStatus.WITHDRAWN, words="By telephone").number == 2


@pytest.mark.rule("SEC-01")
def test_only_auditors_handle_them_and_another_forces_request_does_not_exist(
    prepared: None, acting_as: Callable[..., Acting], system: Acting, other_force: Force
) -> None:
    for by in (acting_as("supervisor"), system):
        with pytest.raises(NotPermitted):
            record_request(by=by, asked=ASKED)
    with pytest.raises(NotPermitted, match="Only a person"):
        check_can_handle_rights(replace(system, rights=frozenset({"auditor"})))
    theirs = acting_as("auditor", force=other_force)
    with as_owner():
        assert requests_open(theirs, NOW.date()) == []
        with pytest.raises(NotPermitted, match="no such record"):
            take_step(by=theirs, number="RR-10001", step=Step(RightsStatus.WITHDRAWN, "x"), knows=is_called, now=NOW)


def test_the_database_too_refuses_an_approval_by_the_preparer(prepared: None, first: Acting) -> None:
    request = RightsRequest.objects.get()
    values = [request.pk, first.force.pk, 4, "approved", RECEIVED, "", first.user.pk, first.user.pk, NOW]  # type: ignore[union-attr]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO access_rightsstep (request_id, force_id, number, status, "on", words, prepared_by_id, by_id, at)'
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            values,
        )


def test_what_somebody_wrote_is_not_in_the_clear(prepared: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM access_rightsrequest UNION ALL SELECT words FROM access_rightsstep")
        assert not [row for (row,) in cursor.fetchall() if "Sam Example" in row or "Passport" in row]


@pytest.mark.parametrize("kind", [Kind.RECTIFICATION, Kind.RESTRICTION])
def test_what_the_preparer_decides_is_what_is_approved_and_sent_and_recorded_with_each(
    kind: Kind, first: Acting, second: Acting, step: Callable[..., RightsStep]
) -> None:
    with pytest.raises(NotNow, match="Say what the answer decides"):
        prepared_now(first, kind, "P-10001", None)
    number = prepared_now(first, kind, "P-10001", Decided.AGREED)
    take_step(by=second, number=number, step=Step(RightsStatus.SENT_BACK, "Only in part"), knows=is_called)
    again = Step(RightsStatus.PREPARED, "In part", checked=DONE, text=TEXT, decided=Decided.IN_PART)
    take_step(by=first, number=number, step=again, knows=is_called)
    take_step(
        by=second, number=number, step=Step(RightsStatus.APPROVED, text=TEXT, decided=Decided.AGREED), knows=is_called
    )
    fresh = replace(second, factor_at=datetime.now(UTC))
    found = find_request(first, number)
    assert found is not None
    assert (found.decided, found.takes_effect, found.may_end) == (None, False, ()), "nothing has left"
    take_step(by=fresh, number=number, step=Step(RightsStatus.ANSWERED, text=TEXT), knows=is_called)
    rows = RightsStep.objects.filter(request__number=number).order_by("number")
    assert list(rows.values_list("status", "decided")) == [
        ("received", ""), ("identified", ""), ("prepared", "agreed"), ("sent_back", ""), ("prepared", "in_part"),
        ("approved", "in_part"), ("answered", "in_part"),
    ]  # fmt: skip
    found = find_request(first, number)
    assert found is not None
    assert (found.decided, found.takes_effect, found.may_end) == (Decided.IN_PART, True, ENDINGS[kind])
    assert News.objects.filter(topic="rights_request", subjects=number).count() == 1


def test_one_about_nobody_in_the_register_is_refused_and_not_agreed(first: Acting, second: Acting) -> None:
    with pytest.raises(NotNow, match="names nobody in Craffu"):
        prepared_now(first, Kind.RESTRICTION, "", Decided.AGREED)
    number = sent(second, prepared_now(first, Kind.RESTRICTION, "", Decided.REFUSED))
    found = find_request(first, number)
    assert found is not None
    assert (found.decided, found.may_end) == (Decided.REFUSED, ())


def test_one_that_was_prepared_before_decisions_were_recorded_is_prepared_again(first: Acting, second: Acting) -> None:
    number = prepared_now(first, Kind.RESTRICTION, "P-10001", Decided.AGREED)
    bookkeeping(RightsStep.objects.all().erase)(decided="")
    with pytest.raises(NotNow, match="send it back"):
        take_step(by=second, number=number, step=Step(RightsStatus.APPROVED, text=TEXT), knows=is_called)


def test_an_answer_about_access_decides_nothing(
    prepared: None, first: Acting, second: Acting, step: Callable[..., RightsStep]
) -> None:
    step(second, RightsStatus.APPROVED, text=ANSWER)
    step(second, RightsStatus.ANSWERED, text=ANSWER)
    assert set(RightsStep.objects.values_list("decided", flat=True)) == {""}
    with pytest.raises(Conflict, match="does not stand"):
        end_effect(by=first, number="RR-10001", how=Ending.LIFTED, words="None")


@pytest.mark.parametrize(
    ("kind", "how", "event"),
    [
        (Kind.RESTRICTION, Ending.LIFTED, "rights_use_restriction_lifted"),
        (Kind.RECTIFICATION, Ending.PUT_RIGHT, "rights_put_right"),
        (Kind.RECTIFICATION, Ending.NOT_PUT_RIGHT, "rights_not_put_right"),
    ],
)
def test_what_was_agreed_ends_once_by_an_auditor_who_says_why_and_the_log_has_no_word_of_it(
    kind: Kind, how: Ending, event: str, first: Acting, second: Acting, acting_as: Callable[..., Acting]
) -> None:
    number = answered(first, second, kind, "P-10001")
    with pytest.raises(NotPermitted):
        end_effect(by=acting_as("supervisor"), number=number, how=how, words="Because")
    with pytest.raises(NotPermitted, match="no such record"):
        end_effect(by=first, number="RR-99999", how=how, words="Because")
    with pytest.raises(Refusal, match="Say why"):
        end_effect(by=first, number=number, how=how, words=" ")
    for other in set(Ending) - set(ENDINGS[kind]):
        with pytest.raises(Conflict, match="does not stand"):
            end_effect(by=first, number=number, how=other, words="Because")
    ended = end_effect(by=first, number=number, how=how, words="The court said so,\nto Nan Whitfield")
    assert (ended.how, ended.words, ended.by) == (how, "The court said so, to Nan Whitfield", first.user)
    with pytest.raises(Conflict, match="does not stand"):
        end_effect(by=second, number=number, how=how, words="Again")
    found = find_request(first, number)
    assert found is not None
    assert (found.ending, found.may_end, found.status) == (ended, (), RightsStatus.ANSWERED)
    assert str(ended).startswith(how)
    row = Event.objects.get(kind=event)
    assert (row.verb, set(refs_said_by(row))) == ("alteration", {f"rights_request/{number}", "person/P-10001"})
    assert "Whitfield" not in "".join(Event.objects.values_list("payload", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM access_rightsending")
        assert "Whitfield" not in cursor.fetchall()[0][0]
    assert News.objects.filter(topic="rights_request", subjects=number).count() == 2
    assert RightsEnding.objects.count() == 1
