"""Nothing follows from a score but a question to a person: what they decide, challenge and answer, and what is due (PRI-04 to
PRI-07, PRI-10; T31).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event as Logged
from craffu.breaches.topics import BREACHES
from craffu.cases.models import Case, CaseRole
from craffu.cases.risk.actions import record_observation
from craffu.cases.risk.facts import NewObservation
from craffu.cases.risk.rules import Observed, Reply
from craffu.cases.topics import CASES
from craffu.clocks.london import day_of
from craffu.common.door import bookkeeping
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.scoring import score_force
from craffu.daily.ticking import follow, tick
from craffu.engines.memory import NotEnoughMemory
from craffu.people.actions import rehome
from craffu.people.models import Person
from craffu.people.queries import records_of
from craffu.prevention import due
from craffu.prevention.deciding import policies
from craffu.prevention.deciding.actions import (
    answer_challenge,
    answer_other,
    challenge_score,
    counted_of,
    let_stand,
    put_other,
)
from craffu.prevention.deciding.facts import Challenge, Other
from craffu.prevention.deciding.queries import Decided, decided_of
from craffu.prevention.deciding.rules import Act, Said, Whose
from craffu.prevention.models import ActSetAside, PriorityDecided, ScoreKept, ScoreRun, ScoreStands
from craffu.prevention.running.actions import score_everybody, score_today
from craffu.prevention.scoring.actions import renew_scores
from craffu.prevention.scoring.facts import Evidence
from craffu.prevention.scoring.one import own_or_kept, scored_alone
from craffu.prevention.scoring.queries import first_in_order, last_run, stands_of, without_history
from craffu.prevention.scoring.rules import Tier
from craffu.prevention.scoring.schemes import default
from craffu.prevention.scoring.weights import loaded, own
from craffu.work.models import WorkItem
from tests.integration.prevention.conftest import DUCKDB, HOUR, LATER, NOW, of_tier
from tests.worlds import World, kept

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHY: Final = "He has moved in next door to her"


@kept(at=NOW)
def urgent(scored: ScoreRun, world: World, supervisor: Acting) -> Person:
    """Somebody whose victim says after the run that she is as afraid as she can be."""
    person = of_tier(world.system, Tier.STANDARD)
    says_of_her_fear(supervisor, case_of(supervisor, person), "10 of 10")
    assert renew_scores(by=world.system, people={person.pk}, now=NOW) == 1
    return person


def case_of(by: Acting, person: Person) -> str:
    counted = counted_of(by, person, NOW)
    reference: str = Case.objects.for_user(by).get(pk=int(counted[0].span.case)).reference
    return reference


def says_of_her_fear(by: Acting, case: str, value: str, answer: Reply = Reply.YES, at: datetime = NOW) -> None:
    given = NewObservation(Observed.VICTIM_FEAR_RATING, answer, "She said so", day_of(NOW) - timedelta(days=1), value)
    record_observation(by=by, case=case, given=given, now=at)


def seen(by: Acting, person: Person) -> str:
    return decided_of(by, person).version


def other(tier: Tier = Tier.URGENT, days: int = 30, reason: str = WHY) -> Other:
    return Other(tier, day_of(NOW) + timedelta(days=days), reason)


@pytest.mark.rule("PRI-06")
@pytest.mark.rule("PRI-10")
def test_the_daily_run_scores_once_a_day_and_nothing_follows_from_it_by_itself(scored: ScoreRun, world: World) -> None:
    assert score_today(by=world.system, engine=DUCKDB, now=NOW + timedelta(minutes=-1)) is None
    after = score_today(by=world.system, engine=DUCKDB, now=NOW + timedelta(days=1))
    assert (after.number, after.scheme_sha256) == (2, default().sha256)
    score_force(world.force, NOW + timedelta(days=1, hours=2))
    score_force(world.force, NOW + timedelta(days=2))
    assert ScoreRun.objects.for_user(world.system).count() == 3
    assert not PriorityDecided.objects.for_user(world.system).exists()


@pytest.mark.rule("PRI-10")
@pytest.mark.parametrize("fault", [NotEnoughMemory("it is full"), RuntimeError("nobody thought of it")])
def test_what_stops_the_daily_run_stops_nothing_else(
    scored: ScoreRun, world: World, fault: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stops(**_given: object) -> None:
        raise fault

    monkeypatch.setattr("craffu.daily.scoring.score_today", stops)
    score_force(world.force, NOW + timedelta(days=1))
    assert type(fault).__name__ in caplog.text
    assert str(fault) not in caplog.text
    assert ScoreRun.objects.for_user(world.system).count() == 1, "yesterday's scores stand"


@pytest.mark.rule("PRI-06")
@pytest.mark.parametrize("does", ["stand", "other", "agree", "challenge", "answer"])
def test_the_system_decides_nothing(urgent: Person, world: World, does: str) -> None:
    """T31: no path from a score to an act without a named person's decision."""
    person, by = urgent, world.system
    acts: dict[str, Callable[[], object]] = {
        "stand": lambda: let_stand(by=by, person=person, seen=seen(by, person)),
        "other": lambda: put_other(by=by, person=person, given=other(), seen=seen(by, person)),
        "agree": lambda: answer_other(by=by, person=person, agrees=True, reason="", seen=seen(by, person)),
        "challenge": lambda: challenge_score(
            by=by, person=person, given=Challenge(Whose.OFFICER, (), WHY), seen=seen(by, person)
        ),
        "answer": lambda: answer_challenge(
            by=by, person=person, number=1, aside=frozenset(), reason=WHY, seen=seen(by, person)
        ),
    }
    with pytest.raises(NotPermitted):
        acts[does]()


@pytest.mark.rule("PRI-04")
def test_whoever_is_on_a_floor_is_looked_at_within_24_hours(urgent: Person, world: World, manager: Acting) -> None:
    tick(force=world.force, at=NOW, sources=(due.SOURCE,))
    asked = WorkItem.objects.for_user(manager).filter(kind=due.LOOK)
    [one] = asked
    assert (one.about, one.raised_at) == (urgent.reference, NOW)
    assert one.overdue_from - one.raised_at == timedelta(hours=24) + timedelta.resolution
    tick(force=world.force, at=NOW + timedelta(days=2), sources=(due.SOURCE,))
    assert (asked.get().state, asked.get().missed_from) == ("open", one.overdue_from), "a tick looks at nobody"
    let_stand(by=manager, person=urgent, seen=seen(manager, urgent), now=NOW + timedelta(days=2))
    follow(force=world.force, now=NOW + timedelta(days=2), sources=(due.SOURCE,))
    assert (asked.get().state, asked.get().over_at) == ("done", NOW + timedelta(days=2))


@pytest.mark.rule("PRI-07")
def test_another_priority_counts_when_a_second_person_agrees_and_until_its_day(
    scored: ScoreRun, manager: Acting, supervisor: Acting
) -> None:
    person, today = of_tier(manager, Tier.STANDARD), day_of(NOW)
    before = stands_of(manager, person)
    row = put_other(by=manager, person=person, given=other(days=5), seen=seen(manager, person), now=NOW)
    assert decided_of(manager, person).other_on(today) is None
    with pytest.raises(NotNow, match="waits for a second person"):
        let_stand(by=manager, person=person, seen=seen(manager, person))
    with pytest.raises(NotNow, match="waits for a second person"):
        put_other(by=manager, person=person, given=other(), seen=seen(manager, person), now=NOW)
    with pytest.raises(NotPermitted):
        answer_other(by=manager, person=person, agrees=True, reason="", seen=seen(manager, person))
    answer_other(by=supervisor, person=person, agrees=True, reason="", seen=seen(manager, person), now=LATER)
    decided = decided_of(manager, person)
    assert [decided.other_on(today + timedelta(days=days)) for days in (5, 6)] == [row, None]
    after = stands_of(manager, person)
    assert (after.tier, after.value) == (before.tier, before.value) == ("standard", before.value), (
        "the score is not edited"
    )
    let_stand(by=manager, person=person, seen=seen(manager, person), now=LATER)
    assert decided_of(manager, person).other_on(today) is None, "a later word takes it back"
    assert [one.said for one in decided_of(manager, person).decisions] == [Said.OTHER, Said.STANDS]
    kinds = Logged.objects.filter(kind__startswith="priority_").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["priority_overridden", "priority_agreed", "priority_stands"]


@pytest.mark.rule("PRI-07")
def test_whoever_does_not_agree_says_why_and_nobody_agrees_to_their_own_word(
    scored: ScoreRun, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    person, second = of_tier(supervisor, Tier.STANDARD), acting_as("coordinator")
    with pytest.raises(NotNow, match="No other priority waits"):
        answer_other(by=second, person=person, agrees=True, reason="", seen=seen(second, person))
    put_other(by=supervisor, person=person, given=other(), seen=seen(supervisor, person), now=NOW)
    with pytest.raises(NotNow, match="somebody other"):
        answer_other(by=supervisor, person=person, agrees=True, reason="", seen=seen(supervisor, person))
    with pytest.raises(NotNow, match="Say why in at least 10"):
        answer_other(by=second, person=person, agrees=False, reason="No", seen=seen(second, person))
    answer_other(
        by=second, person=person, agrees=False, reason="Nothing is new here", seen=seen(second, person), now=LATER
    )
    assert decided_of(second, person).other_on(day_of(NOW)) is None
    put_other(by=supervisor, person=person, given=other(), seen=seen(supervisor, person), now=LATER)


@pytest.mark.rule("PRI-07")
def test_another_priority_that_waits_is_answered_though_a_joining_brought_a_later_decision(
    scored: ScoreRun, world: World, manager: Acting, supervisor: Acting
) -> None:
    stand = ScoreStands.objects.for_user(manager).order_by("id").select_related("person")
    into, gone, third = (one.person for one in stand[:3])
    first = put_other(by=manager, person=into, given=other(), seen=seen(manager, into), now=NOW)
    second = put_other(by=manager, person=third, given=other(), seen=seen(manager, third), now=NOW + HOUR)
    let_stand(by=manager, person=gone, seen=seen(manager, gone), now=NOW + 2 * HOUR)
    at = NOW + 3 * HOUR
    bookkeeping(rehome)(
        by=world.system, moves=[(into.pk, records_of(world.system, one)) for one in (gone, third)],
        left=[gone.pk, third.pk], why="One person", now=at,
    )  # fmt: skip
    renew_scores(by=world.system, people={into.pk, gone.pk, third.pk}, now=at)
    for waits in (second, first):
        assert decided_of(manager, into).awaits == waits
        saw = seen(manager, into)
        answer_other(by=supervisor, person=into, agrees=True, reason="", seen=saw, now=at)
        # Whoever saw one that waited answers no other by that.
        with pytest.raises(Conflict):
            answer_other(by=supervisor, person=into, agrees=True, reason="", seen=saw, now=at)
    assert decided_of(manager, into).awaits is None
    follow(force=world.force, now=at, sources=(due.SOURCE,))
    agreed = WorkItem.objects.for_user(manager).filter(kind=due.AGREE)
    assert set(agreed.values_list("state", flat=True)) == {"done"}
    # What was decided last, that it stands, counts.
    assert decided_of(manager, into).other_on(day_of(at)) is None


@pytest.mark.rule("PRI-07")
@pytest.mark.parametrize(("given", "said"), [
    (other(reason="Because"), "Say why in at least 10"), (other(days=-1), "lies in the past"),
    (other(days=91), "90 days at most"),
])  # fmt: skip
def test_another_priority_without_a_reason_or_an_end_is_refused(
    scored: ScoreRun, manager: Acting, given: Other, said: str
) -> None:
    person = of_tier(manager, Tier.STANDARD)
    with pytest.raises(NotNow, match=said):
        put_other(by=manager, person=person, given=given, seen=seen(manager, person), now=NOW)
    assert put_other(by=manager, person=person, given=other(days=90), seen=seen(manager, person), now=NOW).until


def test_whoever_saw_what_stood_before_is_told(scored: ScoreRun, manager: Acting, supervisor: Acting) -> None:
    person = of_tier(manager, Tier.STANDARD)
    old = seen(manager, person)
    let_stand(by=supervisor, person=person, seen=old, now=NOW)
    with pytest.raises(Conflict):
        let_stand(by=manager, person=person, seen=old, now=NOW)


@pytest.mark.rule("PRI-01")
def test_of_whoever_has_no_score_nothing_is_decided(scored: ScoreRun, manager: Acting) -> None:
    standing = ScoreStands.objects.for_user(manager).values("person")
    outside = Person.objects.for_user(manager).exclude(pk__in=standing).first()
    with pytest.raises(NotNow, match="outside the scored population"):
        let_stand(by=manager, person=outside, seen=seen(manager, outside))


def not_proved(by: Acting) -> tuple[Person, tuple[int, str]]:
    """Somebody with several events, and one of them that no court found proved."""
    for row in ScoreStands.objects.for_user(by).exclude(value=None).select_related("person").order_by("id"):
        counted = counted_of(by, row.person, NOW)
        several = [one for one in counted if one.event.evidence is not Evidence.CONVICTED]
        if len(counted) > 2 and several:
            return row.person, (several[0].span.record, several[0].span.act)
    raise AssertionError("nobody has several events")


@pytest.mark.rule("PRI-07")
def test_a_challenge_that_is_right_makes_the_score_anew_and_keeps_the_old_one(
    scored: ScoreRun, manager: Acting, supervisor: Acting, world: World
) -> None:
    person, act = not_proved(manager)
    before, old = stands_of(manager, person), len(decided_of(manager, person).kept)
    given = Challenge(Whose.THEIRS, (act,), "He was in prison on that day")
    row = challenge_score(by=manager, person=person, given=given, seen=seen(manager, person), now=NOW)
    assert stands_of(manager, person).value == before.value, "it stands until somebody answered"
    follow(force=world.force, now=NOW, sources=(due.SOURCE,))
    assert WorkItem.objects.for_user(manager).get(kind=due.ANSWER).overdue_from > NOW + timedelta(days=7)
    with pytest.raises(NotPermitted):
        answer_challenge(by=manager, person=person, number=1, aside=frozenset(), reason=WHY, seen=seen(manager, person))
    answer_challenge(
        by=supervisor, person=person, number=row.number, aside=frozenset({act}), reason="The prison confirms it",
        seen=seen(supervisor, person), now=LATER,
    )  # fmt: skip
    after = stands_of(manager, person)
    assert after is None or after.value != before.value
    assert len(decided_of(manager, person).kept) >= old
    assert ScoreKept.objects.for_user(manager).filter(person=person).first().value == before.value
    assert ActSetAside.objects.for_user(manager).count() == 1
    score_today(by=world.system, engine=DUCKDB, now=NOW + timedelta(days=1))
    again = stands_of(manager, person)
    run = last_run(manager)
    assert run is not None
    alone = scored_alone(manager, {person.pk}, again.at, run)[person.pk] if again else None
    assert alone is None or alone.score.value == pytest.approx(again.value, abs=1e-9), (
        "everybody at once leaves it out too"
    )
    with pytest.raises(NotNow, match="has been answered"):
        answer_challenge(
            by=supervisor, person=person, number=1, aside=frozenset(), reason=WHY, seen=seen(supervisor, person)
        )
    follow(force=world.force, now=LATER, sources=(due.SOURCE,))
    assert WorkItem.objects.for_user(manager).get(kind=due.ANSWER).state == "done"


@pytest.mark.rule("PRI-07")
def test_what_is_challenged_is_counted_and_a_second_person_answers(
    scored: ScoreRun, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    person, act = not_proved(supervisor)
    second = acting_as("coordinator")

    def challenges(given: Challenge) -> None:
        challenge_score(by=supervisor, person=person, given=given, seen=seen(supervisor, person), now=NOW)

    with pytest.raises(NotNow, match="does not count that event"):
        challenges(Challenge(Whose.OFFICER, ((act[0], "rms/none"),), WHY))
    with pytest.raises(NotNow, match="Say why"):
        challenges(Challenge(Whose.OFFICER, (act,), "no"))
    challenges(Challenge(Whose.OFFICER, (act,), WHY))

    def answers(by: Acting, aside: Any, reason: str = WHY) -> None:
        answer_challenge(
            by=by, person=person, number=1, aside=frozenset(aside), reason=reason, seen=seen(by, person), now=LATER
        )

    with pytest.raises(NotNow, match="somebody other"):
        answers(supervisor, {act})
    with pytest.raises(NotNow, match="Say why"):
        answers(second, {act}, "no")
    with pytest.raises(NotNow, match="does not count that event"):
        answers(second, {(act[0], "rms/none")})
    answers(second, set())
    assert not ActSetAside.objects.for_user(second).exists()


@pytest.mark.rule("PRI-07")
def test_what_a_court_found_proved_is_for_a_court(scored: ScoreRun, supervisor: Acting, manager: Acting) -> None:
    for row in ScoreStands.objects.for_user(manager).exclude(proved=None).select_related("person").order_by("id"):
        proved = [one for one in counted_of(manager, row.person, NOW) if one.event.evidence is Evidence.CONVICTED]
        if proved:
            break
    act = (proved[0].span.record, proved[0].span.act)
    challenge_score(
        by=manager,
        person=row.person,
        given=Challenge(Whose.THEIRS, (act,), WHY),
        seen=seen(manager, row.person),
        now=NOW,
    )
    with pytest.raises(NotNow, match="A court found"):
        answer_challenge(
            by=supervisor, person=row.person, number=1, aside=frozenset({act}), reason=WHY,
            seen=seen(supervisor, row.person), now=LATER,
        )  # fmt: skip


@pytest.mark.rule("PRI-04")
@pytest.mark.rule("PRI-10")
def test_a_victim_in_the_greatest_fear_puts_somebody_before_a_human_at_once(
    scored: ScoreRun, world: World, manager: Acting, supervisor: Acting
) -> None:
    person = of_tier(manager, Tier.STANDARD)
    case = case_of(manager, person)
    asked = WorkItem.objects.for_user(manager).filter(kind=due.LOOK)
    for value, at in (("9 of 10", NOW), ("10/10", LATER)):
        says_of_her_fear(supervisor, case, value, at=at)
        follow(force=world.force, now=at, sources=(due.SOURCE,))
        assert asked.count() == (at == LATER)
    stands = stands_of(manager, person)
    assert (stands.tier, stands.floors, stands.at) == (Tier.URGENT, ["victim_fear_top"], LATER)
    score_today(by=world.system, engine=DUCKDB, now=NOW + timedelta(days=1))
    assert stands_of(manager, person).floors == ["victim_fear_top"], "everybody at once says the same"
    says_of_her_fear(supervisor, case, "", Reply.NO, at=NOW + timedelta(days=2))
    follow(force=world.force, now=NOW + timedelta(days=2), sources=(due.SOURCE,))
    assert stands_of(manager, person).floors == []
    assert asked.get().state == "withdrawn", "nobody has to look at what is over"


@pytest.mark.rule("PRI-10")
def test_whoever_something_is_recorded_of_is_scored_anew_and_nothing_else_is_written(
    scored: ScoreRun, world: World, manager: Acting
) -> None:
    rows = {one.person_id: one for one in ScoreStands.objects.for_user(manager)}
    assert renew_scores(by=world.system, people=set(rows), now=NOW) == 0, "one by one it is the same as all at once"
    assert renew_scores(by=world.system, people=set(rows), now=NOW - HOUR) == 0, "what was before the run is in it"
    case = CaseRole.objects.for_user(manager).filter(role="suspect").order_by("id").first()
    named = set(due.people_named(world.system, CASES, [str(case.case_id)]))
    assert named, "news of a case is about whoever is accused in it"
    assert list(due.people_named(world.system, BREACHES, ["0"])) == []
    assert ScoreKept.objects.for_user(manager).count() == len(rows)


@pytest.mark.rule("PRI-08")
def test_a_covert_case_enters_no_score(scored: ScoreRun, world: World, manager: Acting, supervisor: Acting) -> None:
    person, _act = not_proved(manager)
    counted = counted_of(manager, person, NOW)
    case = Case.objects.for_user(manager).get(pk=int(counted[0].span.case))
    restrict(by=supervisor, kind="case", reference=case.reference, reason="a test", marking=COVERT)
    left = counted_of(manager, person, NOW)
    assert {one.span.case for one in left} == {one.span.case for one in counted} - {str(case.pk)}


@pytest.mark.rule("PRI-05")
def test_the_order_of_review_lists_so_many_and_whoever_ties(scored: ScoreRun, manager: Acting) -> None:
    everybody = first_in_order(manager, 10_000)
    places = [
        (one.tier != Tier.URGENT, -(one.value if one.value is not None else -1)) for _place, one in everybody.listed
    ]
    assert places == sorted(places)
    assert (len(everybody.listed), everybody.tied) == (everybody.scored, 0)
    urgent = sum(one.tier == Tier.URGENT for _place, one in everybody.listed)
    some = first_in_order(manager, urgent + 3)
    assert len(some.listed) == urgent + 3 + some.tied
    assert len(first_in_order(manager, 1).listed) == max(urgent, 1)
    assert not set(without_history(manager)) & {one for _place, one in everybody.listed}


@pytest.mark.rule("PRI-09")
def test_a_score_is_made_again_from_what_its_run_kept(scored: ScoreRun, world: World, manager: Acting) -> None:
    table = loaded("theirs", 3, [("8Q", "35"), ("8L", "10"), ("3B", "5")])
    run = score_everybody(by=manager, scheme=default(), table=table, engine=DUCKDB, now=LATER)
    again = own_or_kept(run)
    assert (again.sha256, again.unknown) == (table.sha256, table.unknown)
    assert own_or_kept(scored) is own()
    stands = {one.person_id: one for one in ScoreStands.objects.for_user(manager)}
    for person, alone in scored_alone(manager, set(stands), LATER, run).items():
        assert alone.score.value == pytest.approx(stands[person].value, abs=1e-9)
        assert alone.score.tier == stands[person].tier


def test_nothing_is_due_of_whoever_left_before_anybody_looked(urgent: Person, manager: Acting) -> None:
    decided = decided_of(manager, urgent)
    assert [one.kind for one in due._looks("P-1", decided, is_in=True)] == [due.LOOK]
    assert list(due._looks("P-1", decided, is_in=False)) == []
    assert list(due._looks("P-1", Decided(), is_in=True)) == []
    assert replace(decided, kept=()).is_looked_at is False


@pytest.mark.rule("PRI-06")
@pytest.mark.rule("PRI-07")
def test_no_score_is_edited_by_anybody_whatever_they_say(acting_as: Callable[..., Acting]) -> None:
    user = acting_as("supervisor").user
    assert user is not None
    with pytest.raises(NotPermitted, match="no score is edited"):
        policies.check_may(Act.EDIT_SCORE, user, "It is far too high for what he did")
    with pytest.raises(NotNow, match="Say why"):
        policies.check_may(Act.OVERRIDE, user, "No")
    policies.check_may(Act.ADD_TO_COHORT, user, "")
