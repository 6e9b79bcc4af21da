"""The advocate she named: from her consent on, for her alone, until she ends it, and nothing of a case (VIC-10)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.actions import change_right
from craffu.access.models import Force
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.common.door import bookkeeping
from craffu.common.refusals import NotNow, NotPermitted
from craffu.victims.advocates.actions import end_advocate, give_her_view, name_advocate
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.advocates.queries import advocates_of, clients_of, promises_to, updates_for
from craffu.victims.advocates.rules import AdvocateMay
from craffu.victims.contacts.actions import promise_contact, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.rules import Kept
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.models import Advocate, AdvocateEnded, ToldOfHappening, View
from craffu.victims.queries import find_victim
from craffu.victims.voice.actions import record_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, Route, Subject
from tests.factories.victims import send_victim

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY, DAY, HOUR = date(2026, 11, 24), timedelta(days=1), timedelta(hours=1)
NAMED = NewAdvocate("kanari Mair Lewis", "Cymorth", TODAY - DAY, TODAY - DAY, "mair")
NOTICE = ReadersNotice(NOTICE_VERSION, "cy", NOW - HOUR, NOTICES[NOTICE_VERSION])
SAYS = NewView(Subject.BAIL, "kanari Nid wyf yn ddiogel", "cy", Route.IN_PERSON, NOTICE, case="C-10001")

pytestmark = pytest.mark.rule("VIC-10")


@pytest.fixture
def advocate(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("advocate", username="mair")


def clients(by: Acting, on: date = TODAY) -> list[str]:
    return [one.victim.reference for one in clients_of(by, AdvocateMay.SEE_PROMISES, on)]


def test_from_her_consent_until_she_ends_it(officer: Acting, victim: str, advocate: Acting) -> None:
    assert clients(advocate) == []
    row = name_advocate(by=officer, victim=victim, given=NAMED)
    assert name_advocate(by=officer, victim=victim, given=NAMED) == row
    assert (clients(advocate, TODAY - 2 * DAY), clients(advocate)) == ([], [victim])
    assert end_advocate(by=officer, victim=victim, advocate=row.pk).on == TODAY
    end_advocate(by=officer, victim=victim, advocate=row.pk)
    assert clients(advocate) == [], "at once"
    assert (Advocate.objects.for_user(officer).count(), AdvocateEnded.objects.for_user(officer).count()) == (1, 1)
    kinds = list(Event.objects.filter(actor=officer.actor.name).order_by("id").values_list("kind", flat=True))
    assert kinds == ["advocate_named", "advocate_ended"]
    assert not any("kanari" in one.payload for one in Event.objects.all())
    again = name_advocate(by=officer, victim=victim, given=NAMED)
    assert again != row, "she may name them anew"
    assert clients(advocate) == [victim]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM victims_advocate")
        assert "kanari" not in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (replace(NAMED, name=" "), "name_missing"),
        (replace(NAMED, named_on=TODAY + DAY, consent_on=TODAY + DAY), "day_to_come"),
        (replace(NAMED, consent_on=TODAY + DAY), "day_to_come"),
        (replace(NAMED, consent_on=TODAY - 2 * DAY), "consent_before_named"),
        (replace(NAMED, username="nobody"), "no_such_advocate"),
    ],
)
def test_who_cannot_be_an_advocate_is_none(
    officer: Acting, victim: str, advocate: Acting, given: NewAdvocate, code: str
) -> None:
    with pytest.raises(NotNow) as refused:
        name_advocate(by=officer, victim=victim, given=given)
    assert refused.value.code == code
    assert Advocate.objects.for_user(officer).count() == 0


def test_an_account_that_is_no_advocates_is_refused_and_none_is_needed(
    officer: Acting, victim: str, acting_as: Callable[..., Acting], other_force: Force
) -> None:
    acting_as("investigator", username="mair")
    acting_as("advocate", username="elsewhere", force=other_force)
    for username in ("mair", "elsewhere"):
        with pytest.raises(NotNow):
            name_advocate(by=officer, victim=victim, given=replace(NAMED, username=username))
    assert name_advocate(by=officer, victim=victim, given=replace(NAMED, username="")).user is None


@pytest.mark.rule("SEC-01")
def test_nobody_else_names_ends_or_speaks(
    officer: Acting, victim: str, advocate: Acting, acting_as: Callable[..., Acting], other_force: Force
) -> None:
    row = name_advocate(by=officer, victim=victim, given=NAMED)
    others = [acting_as(role) for role in ("response_officer", "coordinator", "orders_team", "analyst")]
    for by in (*others, advocate, acting_as("victim_officer", force=other_force)):
        with pytest.raises(NotPermitted):
            name_advocate(by=by, victim=victim, given=NAMED)
        with pytest.raises(NotPermitted):
            end_advocate(by=by, victim=victim, advocate=row.pk)
    strangers = (officer, acting_as("advocate"), acting_as("advocate", force=other_force))
    for by in strangers:
        with pytest.raises(NotPermitted):
            give_her_view(by=by, victim=victim, given=SAYS)
    with pytest.raises(NotPermitted):
        end_advocate(by=officer, victim=victim, advocate=row.pk + 1)
    assert find_victim(advocate, victim) is not None, (
        "that she is there is no secret; what is hers stands behind the rights"
    )


def test_a_view_through_the_advocate_is_marked_so_and_is_about_no_case(
    officer: Acting, victim: str, advocate: Acting
) -> None:
    row = name_advocate(by=officer, victim=victim, given=NAMED)
    view = give_her_view(by=advocate, victim=victim, given=SAYS)
    assert (view.route, view.advocate_id, view.case_id, view.recorded_by) == ("advocate", row.pk, None, advocate.user)
    assert give_her_view(by=advocate, victim=victim, given=SAYS) == view
    with pytest.raises(NotNow):
        give_her_view(by=advocate, victim=victim, given=replace(SAYS, notice=None))
    end_advocate(by=officer, victim=victim, advocate=row.pk)
    with pytest.raises(NotPermitted):
        give_her_view(by=advocate, victim=victim, given=replace(SAYS, words="Another"))
    assert View.objects.for_user(officer).count() == 1
    assert Event.objects.filter(kind="victim_view_recorded", actor="mair").count() == 1


def test_the_advocate_sees_promises_and_updates_since_her_consent_and_of_nobody_else(
    officer: Acting, victim: str, advocate: Acting, system: Acting, tmp_path: Path
) -> None:
    other = send_victim(system, tmp_path, 2)
    name_advocate(by=officer, victim=victim, given=NAMED)
    for reference in (victim, other):
        promise_contact(by=officer, victim=reference, due_at=NOW - 3 * DAY, now=NOW - 4 * DAY)
        promise_contact(by=officer, victim=reference, due_at=NOW - HOUR, now=NOW - 2 * HOUR)
        promise_contact(by=officer, victim=reference, due_at=NOW + DAY)
        case = "C-10001" if reference == victim else "C-10002"
        happened = record_happening(
            by=officer, victim=reference, case=case,
            given=NewHappening(Happening.BAIL_ENDED, NOW - 3 * HOUR, NOW - 3 * HOUR, words="kanari of the case"),
        )  # fmt: skip
        for at, words in ((NOW - 3 * DAY, "before her consent"), (NOW - 2 * HOUR, f"Bail ended, {reference}")):
            told_of = (f"happening-{happened.pk}",) if at > NOW - DAY else ()
            record_contact(
                by=officer,
                victim=reference,
                given=NewContact("telephone", at, told=words, told_of=told_of, response="kanari"),
            )
    named = clients_of(advocate, AdvocateMay.SEE_PROMISES, TODAY)
    promises = promises_to(advocate, named, NOW)
    assert {who: [one.stands.status for one in made] for who, made in promises.items()} == {
        victim: [Kept.KEPT, Kept.RUNNING]
    }
    updates = updates_for(advocate, named, NOW)
    assert {who: [(one.words, one.told_of) for one in told] for who, told in updates.items()} == {
        victim: [(f"Bail ended, {victim}", (Happening.BAIL_ENDED,))]
    }


def test_what_another_system_says_she_was_told_is_an_update_of_its_own(
    officer: Acting, victim: str, advocate: Acting
) -> None:
    name_advocate(by=officer, victim=victim, given=NAMED)
    given = NewHappening(Happening.CHARGE, NOW - HOUR, NOW - HOUR)
    happened = record_happening(by=officer, victim=victim, case="C-10001", given=given)

    @bookkeeping
    def tell(key: str, at: datetime) -> None:
        ToldOfHappening.objects.create(
            force=officer.force, record_id=happened.record_id, source="witness-care", source_key=key, content_sha256=key,
            happening=happened, at=at, known_from=NOW,
        )  # fmt: skip

    tell("1", NOW - 2 * DAY)
    tell("2", NOW)
    updates = updates_for(advocate, clients_of(advocate, AdvocateMay.RECEIVE_HER_UPDATES, TODAY), NOW)
    assert [(one.at, one.told_of, one.words) for one in updates[victim]] == [(NOW, (Happening.CHARGE,), "")]


@pytest.mark.parametrize("right", ["advocate", "victim_officer"])
def test_only_somebody_by_name_speaks_with_a_victim_or_for_one(
    victim: str, acting_as: Callable[..., Acting], right: str
) -> None:
    nobody = replace(acting_as(right), user=None)
    act = give_her_view if right == "advocate" else record_view
    with pytest.raises(NotPermitted) as refused:
        act(by=nobody, victim=victim, given=SAYS)
    assert refused.value.code == "nobody"
    assert clients(nobody) == []


@pytest.mark.rule("SEC-02")
def test_of_a_victim_whose_case_is_shut_the_advocate_is_shown_nothing(
    officer: Acting, victim: str, advocate: Acting, acting_as: Callable[..., Acting]
) -> None:
    name_advocate(by=officer, victim=victim, given=NAMED)
    restrict(by=acting_as("supervisor"), kind="case", reference="C-10001", reason="a test")
    assert advocate.user is not None
    assert clients(acting_user(advocate.user)) == []
    with pytest.raises(NotPermitted):
        give_her_view(by=acting_user(advocate.user), victim=victim, given=SAYS)


def test_as_many_questions_however_many_named_them(
    officer: Acting, victim: str, advocate: Acting, system: Acting, tmp_path: Path
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            named = clients_of(advocate, AdvocateMay.SEE_PROMISES, TODAY)
            promises_to(advocate, named, NOW)
            updates_for(advocate, named, NOW)
        return len(queries)

    name_advocate(by=officer, victim=victim, given=NAMED)
    one = asked()
    others = [send_victim(system, tmp_path, number) for number in (2, 3)]
    for other in others:
        name_advocate(by=officer, victim=other, given=NAMED)
    assert clients(advocate) == [victim, *others]
    assert asked() == one <= 25


def test_who_is_no_advocate_any_more_speaks_for_nobody(
    officer: Acting, victim: str, advocate: Acting, system: Acting
) -> None:
    name_advocate(by=officer, victim=victim, given=NAMED)
    assert advocate.user is not None
    change_right(by=system, user=advocate.user, right="advocate", held=False, reason="a test")
    with pytest.raises(NotPermitted):
        give_her_view(by=acting_user(advocate.user), victim=victim, given=SAYS)
    victim_found = find_victim(officer, victim)
    assert victim_found is not None
    assert len(advocates_of(officer, victim_found.records)) == 1
