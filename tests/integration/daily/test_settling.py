"""Due work is raised once, told once, and stays missed: whatever is answered, whenever it is asked (MON-04, T29)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.common.door import NeverChanged, WriteOutsideAction, action, bookkeeping
from craffu.config import ticking as clock_of_site
from craffu.daily import ticking
from craffu.daily.ticking import Ticked, follow, tick
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import take, tell
from craffu.outbox.listening import listening
from craffu.outbox.queries import waiting
from craffu.work.actions import wake
from craffu.work.facts import Answer, Due
from craffu.work.models import Watch, WorkItem, WorkStep
from craffu.work.rules import Consequence, How
from tests.factories.dues import DAY, HOUR, MONDAY, Made, done, due, told

pytestmark = [pytest.mark.rule("MON-04"), pytest.mark.django_db]

LATE = MONDAY + 3 * DAY
RULES = {"other": "VIC-04"}


@pytest.fixture
def made() -> Made:
    return Made()


@pytest.fixture
def ticks(force: Force, made: Made) -> Callable[..., Ticked]:
    """`ticks(at, news=["1"])` says that something of these changed, and ticks."""

    def ticked(at: datetime, news: list[str] | None = None, *, everything: bool = False) -> Ticked:
        if news:
            told(force, news, at)
        return tick(force=force, at=at, everything=everything, sources=[made.source])

    return ticked


def item(key: str = "1") -> WorkItem:
    found: WorkItem = WorkItem.objects.for_system("a test").get(key=key)
    return found


def steps(key: str = "1") -> list[tuple[str, datetime]]:
    rows = WorkStep.objects.for_system("a test").filter(item__key=key).order_by("id")
    return list(rows.values_list("step", "true_from"))


def everything_kept() -> list[tuple[object, ...]]:
    """Every row of work, but for when it was looked at last."""
    items = WorkItem.objects.for_system("a test").order_by("id")
    said = WorkStep.objects.for_system("a test").order_by("id")
    return [*items.values_list(), *said.values_list()]


def logged() -> list[str]:
    return list(Event.objects.filter(kind__startswith="work_").order_by("id").values_list("kind", flat=True))


def test_it_is_raised_once_foreseen_missed_and_taken_to_the_inspector_each_at_its_instant(
    made: Made, ticks: Callable[..., Ticked]
) -> None:
    made.is_due("1", due())
    assert ticks(MONDAY) == Ticked(raised=1)
    assert (item().state, item().foreseen_at, item().missed_from) == ("open", LATE - DAY, None)
    assert ticks(LATE - DAY) == Ticked()
    assert steps()[-1] == ("foreseen", LATE - DAY)
    assert ticks(LATE) == Ticked(expired=1)
    assert steps()[-1] == ("supervisor", LATE)
    assert ticks(LATE + 3 * DAY) == Ticked(escalated=1)
    assert steps() == [
        ("raised", MONDAY), ("foreseen", LATE - DAY), ("supervisor", LATE), ("inspector", LATE + 3 * DAY),
    ]  # fmt: skip
    assert item().missed_from == LATE
    assert logged() == ["work_raised", "work_changed", "work_missed", "work_escalated"]
    assert ticks(LATE + 300 * DAY) == Ticked()


def test_a_tick_that_comes_late_tells_all_that_should_have_been_told_by_then(
    made: Made, ticks: Callable[..., Ticked]
) -> None:
    made.is_due("1", due())
    assert ticks(LATE + 10 * DAY) == Ticked(raised=1, escalated=1, expired=1)
    assert [step for step, _ in steps()] == ["raised", "foreseen", "supervisor", "inspector"]
    assert dict(steps())["supervisor"] == LATE, "since when it holds, not when the clock ran"


@pytest.mark.parametrize(
    ("done_at", "told_of", "is_missed"),
    [
        (LATE - 2 * DAY, [], False),
        (LATE - HOUR, ["foreseen"], False),
        (LATE, ["foreseen", "supervisor"], True),
        (LATE + 2 * DAY, ["foreseen", "supervisor"], True),
        (LATE + 4 * DAY, ["foreseen", "supervisor", "inspector"], True),
    ],
)
@pytest.mark.parametrize("is_seen_open", [True, False])
def test_what_is_done_is_told_up_to_then_however_late_the_clock_runs(
    made: Made,
    ticks: Callable[..., Ticked],
    done_at: datetime,
    told_of: list[str],
    *,
    is_missed: bool,
    is_seen_open: bool,
) -> None:
    made.is_due("1", due())
    if is_seen_open:
        ticks(MONDAY)
    made.is_due("1", done(due(), done_at))
    ticks(LATE + 20 * DAY, ["1"])
    assert [step for step, _ in steps()] == ["raised", *told_of, "done"]
    assert (item().state, item().over_at) == ("done", done_at)
    assert (item().missed_from is not None) is is_missed


def test_done_late_undoes_no_miss_and_no_later_word_of_its_source_does(
    made: Made, ticks: Callable[..., Ticked]
) -> None:
    made.is_due("1", due())
    ticks(LATE + HOUR)
    made.is_due("1", replace(due(), due_at=LATE + 9 * DAY, overdue_from=LATE + 9 * DAY))
    ticks(LATE + 2 * HOUR, ["1"])
    assert (item().overdue_from, item().missed_from) == (LATE, LATE)
    made.is_due("1", done(due(), LATE + 3 * HOUR))
    ticks(LATE + 4 * HOUR, ["1"])
    made.is_due("1", done(due(), LATE - HOUR, How.EXCUSED))
    ticks(LATE + 5 * HOUR, ["1"])
    assert (item().state, item().missed_from) == ("excused", LATE)
    assert [step for step, _ in steps()].count("supervisor") == 1


def test_a_due_is_brought_forward_and_never_put_back(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.is_due("1", due())
    ticks(MONDAY)
    for wanted, kept in ((LATE + DAY, LATE), (LATE - DAY, LATE - DAY), (LATE, LATE - DAY)):
        made.is_due("1", due(due_at=wanted, overdue_from=wanted))
        ticks(MONDAY + HOUR, ["1"])
        assert (item().overdue_from, item().foreseen_at) == (kept, kept - DAY), wanted
    assert ticks(LATE - DAY) == Ticked(expired=1)


def test_what_is_answered_no_more_is_withdrawn_and_comes_back_as_the_same(
    made: Made, ticks: Callable[..., Ticked]
) -> None:
    made.is_due("1", due(), due("2"))
    ticks(MONDAY)
    made.is_due("1", due("2"))
    ticks(MONDAY + HOUR, ["1"])
    assert (item().state, item().over_at, item("2").state) == ("withdrawn", MONDAY + HOUR, "open")
    assert ticks(LATE + 9 * DAY).expired == 1, "what was withdrawn in time was never missed"
    del made.answers["1"]
    ticks(LATE + 9 * DAY, ["1"])
    assert item("2").state == "withdrawn"
    made.is_due("1", due())
    ticks(LATE + 10 * DAY, ["1"])
    assert [step for step, _ in steps()] == ["raised", "withdrawn", "returned", "foreseen", "supervisor", "inspector"]
    assert WorkItem.objects.for_system("a test").count() == 2


def test_what_was_done_stays_done_where_its_source_stops_answering(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.is_due("1", done(due(), MONDAY + HOUR))
    ticks(MONDAY + DAY)
    made.is_due("1")
    ticks(MONDAY + 2 * DAY, ["1"])
    assert item().state == "done"


def test_what_lies_ahead_is_raised_and_done_when_its_time_comes(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.is_due("1", done(due(raised_at=MONDAY + DAY), MONDAY + 2 * DAY), wakes_at=MONDAY + 30 * DAY)
    assert ticks(MONDAY) == Ticked(unchanged=1)
    assert ticks(MONDAY + DAY).raised == 1
    assert item().state == "open"
    ticks(MONDAY + 2 * DAY)
    assert item().state == "done"
    assert made.asked[-1][0] == MONDAY + 2 * DAY
    ticks(MONDAY + 29 * DAY)
    assert made.asked[-1][0] == MONDAY + 2 * DAY
    ticks(MONDAY + 30 * DAY)
    assert made.asked[-1][0] == MONDAY + 30 * DAY


def test_a_new_owner_by_the_sources_word_has_it(
    made: Made, ticks: Callable[..., Ticked], make_user: Callable[..., User]
) -> None:
    one, other = make_user("investigator"), make_user("investigator")
    made.is_due("1", due(owner=one.pk))
    ticks(MONDAY)
    assert item().owner == one
    made.is_due("1", due(owner=other.pk))
    ticks(MONDAY + HOUR, ["1"])
    assert (item().owner, item().said_owner) == (other, other)
    row = WorkStep.objects.for_system("a test").get(step="given")
    assert row.to == other


def test_everything_its_source_says_is_kept_and_kept_up(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.is_due("1", due(facts={"channel": "letter"}))
    ticks(MONDAY)
    said = due(why="other", facts={"channel": "visit"}, queue="reviews", what_if_not=Consequence.HARM_UNWARNED)
    made.is_due("1", replace(said, about=("person", "P-10001"), of_case="C-10002"))
    assert ticks(MONDAY + HOUR, ["1"]) == Ticked()
    kept = item()
    assert (kept.why, kept.facts, kept.queue, kept.rank) == ("other", {"channel": "visit"}, "reviews", 0)
    assert (kept.about_kind, kept.about, kept.of_case) == ("person", "P-10001", "C-10002")


@pytest.mark.rule("SEC-01")
def test_another_forces_work_is_not_seen_and_not_touched(
    made: Made, ticks: Callable[..., Ticked], other_force: Force, acting_as: Callable[..., Acting]
) -> None:
    made.is_due("1", due())
    ticks(MONDAY)
    with working_for(other_force.pk):
        theirs = Made({"1": Answer((due(),))})
        assert tick(force=other_force, at=LATE, sources=[theirs.source]) == Ticked(raised=1, expired=1)
    assert WorkItem.objects.for_user(acting_as("supervisor")).get().missed_from is None
    assert item_of(other_force).missed_from == LATE


def item_of(force: Force) -> WorkItem:
    with working_for(force.pk):
        found: WorkItem = WorkItem.objects.for_system("a test").get(force=force)
    return found


def test_only_what_changes_is_asked_about(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.all_due(*(due(str(n), due_at=LATE + n * DAY, overdue_from=LATE + n * DAY) for n in range(5)))
    ticks(MONDAY)
    assert made.asked == [(MONDAY, 5)]
    ticks(MONDAY + HOUR)
    ticks(LATE - DAY)
    assert made.asked[1:] == [(LATE - DAY, 1)]
    ticks(LATE - DAY + HOUR, ["3", "4"])
    assert made.asked[2:] == [(LATE - DAY + HOUR, 2)]
    ticks(LATE - DAY + HOUR, everything=True)
    assert made.asked[3:] == [(LATE - DAY + HOUR, 5)]


@pytest.mark.usefixtures("force")
def test_as_many_questions_however_many_are_settled(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.all_due(*map(due, "ab"))
    with CaptureQueriesContext(connection) as few:
        ticks(LATE)
    made.all_due(*(due(str(n)) for n in range(100)))
    with CaptureQueriesContext(connection) as many:
        ticks(LATE + HOUR, [*map(str, range(100)), "a"])
    # The first tick sweeps, the second hears news.
    assert len(many) <= len(few) + 10


@pytest.mark.usefixtures("force")
def test_whether_many_wake_alike_or_each_by_itself_it_is_kept_of_each(made: Made, ticks: Callable[..., Ticked]) -> None:
    """Nothing comes of the first thirty, thirty wake together, three each at its own time, and of one something lies ahead."""
    ahead = due("ahead", raised_at=LATE)
    told = {f"none {n}": Answer() for n in range(30)} | {f"alike {n}": Answer(wakes_at=LATE) for n in range(30)}
    told |= {f"own {n}": Answer(wakes_at=LATE + n * DAY) for n in range(1, 4)} | {"ahead": Answer((ahead,))}
    made.answers = dict(reversed(told.items()))
    with CaptureQueriesContext(connection) as asked:
        ticks(MONDAY)
    assert sum(one["sql"].startswith('UPDATE "work_watch"') for one in asked) == 3, (
        "nothing, alike, and the rest at once"
    )
    kept = Watch.objects.for_system("a test").filter(source="made", subject__in=told)
    assert {row.subject: row.wakes_at for row in kept} == {
        **{name: answer.wakes_at for name, answer in told.items()}, "ahead": LATE,
    }  # fmt: skip
    assert {row.settled_at for row in kept} == {MONDAY}
    assert {row.subject for row in kept if row.ahead} == {"ahead"}


def test_a_source_at_fault_holds_up_no_other_and_is_said(force: Force, made: Made) -> None:
    made.is_due("1", due())

    def cannot(*_: object) -> Mapping[str, Answer]:
        raise ZeroDivisionError

    faulty = replace(made.source, key="at-fault", due=cannot)
    for at in (MONDAY, LATE):
        with pytest.raises(ZeroDivisionError):
            tick(force=force, at=at, sources=[faulty, made.source])
    assert [step for step, _ in steps()] == ["raised", "foreseen", "supervisor"]
    assert Watch.objects.for_system("a test").get(source="at-fault", subject="1").settled_at is None


@pytest.mark.parametrize("others", [1, 6])
def test_a_subject_at_fault_holds_up_none_of_those_who_wait_beside_it(
    force: Force, made: Made, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:
    monkeypatch.setattr(ticking, "AT_ONCE", 4)
    made.all_due(due("bad"), *(due(str(number)) for number in range(others)))

    def cannot_all(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
        if "bad" in subjects:
            raise OverflowError
        return made.source.due(by, subjects, now)

    faulty = replace(made.source, due=cannot_all)
    for at in (MONDAY, LATE):
        with pytest.raises(OverflowError):
            tick(force=force, at=at, sources=[faulty])
    for number in range(others):
        assert [step for step, _ in steps(str(number))] == ["raised", "foreseen", "supervisor"]
    assert not WorkItem.objects.for_system("a test").filter(key="bad").exists()
    tick(force=force, at=LATE, sources=[made.source])
    assert item("bad").missed_from == LATE, "it is asked of again by every tick"


def test_where_all_are_at_fault_the_source_is_given_up_soon(
    force: Force, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "SET_ASIDE_AT_MOST", 3)
    made.all_due(*(due(str(number)) for number in range(40)))
    asked = []

    def cannot(_by: Acting, subjects: Collection[str], _now: datetime) -> Mapping[str, Answer]:
        asked.append(len(subjects))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tick(force=force, at=MONDAY, sources=[replace(made.source, due=cannot)])
    assert len(asked) < 20


def test_news_that_a_source_cannot_read_holds_up_nothing_and_it_is_asked_of_everybody(force: Force, made: Made) -> None:
    made.is_due("1", due())
    made.is_due("2", due("2"))
    made.is_due("bad", due("bad"))

    def cannot_read(_by: Acting, _topic: str, subjects: Collection[str]) -> Collection[str]:
        return [str(int(one)) for one in subjects]

    faulty, beside = replace(made.source, key="at-fault", named=cannot_read), Made()
    tick(force=force, at=MONDAY, sources=[replace(faulty, due=lambda *_: {}), replace(beside.source, key="beside")])
    beside.is_due("late", replace(due("late"), kind="other"))
    for news in (["1"], ["2", "bad"], ["late"]):
        told(force, news, MONDAY + HOUR)
    with pytest.raises(ValueError, match="bad"):
        tick(force=force, at=MONDAY + HOUR, sources=[faulty, replace(beside.source, key="beside", rules=RULES)])
    assert waiting(force.code) == []
    assert {one.key for one in WorkItem.objects.for_system("a test")} == {"1", "2", "bad", "late"}
    assert tick(force=force, at=MONDAY + HOUR, sources=[faulty]) == Ticked(), "it is said once"


def test_news_that_can_be_read_by_nobody_waits_and_what_is_due_is_raised(force: Force, made: Made) -> None:
    made.is_due("1", due())
    tick(force=force, at=MONDAY, sources=[made.source])

    def cannot(*_: object) -> Collection[str]:
        raise ZeroDivisionError

    told(force, ["1"], MONDAY + HOUR)
    with pytest.raises(ZeroDivisionError):
        tick(force=force, at=LATE, sources=[replace(made.source, named=cannot, every=cannot)])
    assert item().missed_from == LATE
    assert len(waiting(force.code)) == 1, "it is heard once the source can be asked again"
    with pytest.raises(ZeroDivisionError):
        tick(force=force, at=LATE, sources=[replace(made.source, key="new", every=cannot), made.source])
    assert waiting(force.code) == []


@pytest.mark.parametrize("subjects", [["1"], ["1", "not-a-row"]])
def test_a_webhook_that_cannot_be_told_holds_up_nothing(force: Force, made: Made, subjects: list[str]) -> None:
    made.is_due("1", due())
    told(force, subjects, MONDAY, topic=ORDERS)
    source = replace(made.source, topics=frozenset({ORDERS}))
    if len(subjects) == 1:
        assert tick(force=force, at=MONDAY, sources=[source]).raised == 1
    else:
        with pytest.raises(ValueError, match="not-a-row"):
            tick(force=force, at=MONDAY, sources=[source])
    assert (item().state, waiting(force.code)) == ("open", [])


def test_what_comes_before_the_asking_holds_up_nothing_either(
    force: Force, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(_by: Acting, _at: datetime) -> int:
        raise OverflowError

    monkeypatch.setattr(ticking, "BEFORE_ASKING", (cannot,))
    made.is_due("1", due())
    with pytest.raises(OverflowError):
        tick(force=force, at=MONDAY, sources=[made.source])
    assert item().state == "open"


def test_a_force_at_fault_holds_up_neither_another_nor_what_is_sent(
    force: Force, other_force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    did = []

    def ticks(*, force: Force, at: datetime) -> Ticked:
        did.append(("tick", force.code))
        if len(did) == 1:
            raise OverflowError
        return Ticked(raised=1)

    monkeypatch.setattr(clock_of_site, "tick", ticks)
    monkeypatch.setattr(clock_of_site, "score_force", lambda *_: None)
    for name in ("digest_force", "send_messages", "send_webhooks"):
        monkeypatch.setattr(clock_of_site, name, _notes(name, did))
    with pytest.raises(OverflowError):
        clock_of_site.tick_all()
    steps_of_each = ["tick", "digest_force", "send_messages", "send_webhooks"]
    assert [name for name, _ in did] == steps_of_each * 2
    assert {code for _, code in did} == {force.code, other_force.code}


def _notes(name: str, did: list[tuple[str, str]]) -> Callable[..., None]:
    def noted(*said: Any, **named: Any) -> None:
        did.append((name, (said[0] if said else named["force"]).code))

    return noted


def test_however_many_wait_at_once_each_is_settled_alike(
    force: Force, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = Made()
    made.all_due(*(due(str(number)) for number in range(3)))
    others.all_due(*(due(str(number)) for number in range(3, 6)))
    sources = [made.source, replace(others.source, key="others")]
    monkeypatch.setattr(ticking, "AT_ONCE", 2)
    assert tick(force=force, at=MONDAY, sources=sources).raised == 6
    assert [many for _, many in made.asked] == [2, 1]
    monkeypatch.setattr(ticking, "AT_ONCE", 6)
    assert tick(force=force, at=LATE, sources=sources).expired == 6
    assert [many for _, many in made.asked] == [2, 1, 3]
    assert {tuple(step for step, _ in steps(str(number))) for number in range(6)} == {
        ("raised", "foreseen", "supervisor")
    }


def test_news_waits_until_it_is_taken_and_is_gone_with_an_act_that_fails(force: Force, made: Made) -> None:
    made.is_due("1", due())
    with pytest.raises(WriteOutsideAction):
        tell(force=force.code, topic="made", subjects=["1"], at=MONDAY)

    @bookkeeping
    def fails() -> None:
        tell(force=force.code, topic="made", subjects=["1"], at=MONDAY)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert waiting(force.code) == []
    with listening() as heard:
        told(force, [], MONDAY)
    assert not heard.anything, "nobody is nothing to tell of"
    assert waiting(force.code) == []
    with listening() as heard:
        told(force, ["1"], MONDAY)
        told(force, ["9"], MONDAY, topic="of-nobody")
    assert heard.anything
    assert follow(force=force, now=MONDAY, sources=[made.source]) == Ticked(raised=1)
    assert waiting(force.code) == []
    assert follow(force=force, now=MONDAY, sources=[made.source]) == Ticked()


def test_what_follows_at_once_settles_what_was_told_and_leaves_the_rest_to_the_clock(force: Force, made: Made) -> None:
    made.all_due(due("1"), due("2"))
    tick(force=force, at=MONDAY, sources=[made.source])
    made.is_due("2", done(due("2"), LATE + HOUR))
    told(force, ["2"], LATE + HOUR)
    follow(force=force, now=LATE + HOUR, sources=[made.source])
    assert (item("1").missed_from, item("2").state) == (None, "done")
    assert item("2").missed_from == LATE


def test_news_that_names_nobody_settles_nobody_elses_work(force: Force, made: Made) -> None:
    made.is_due("1", due())
    tick(force=force, at=MONDAY, sources=[made.source])
    told(force, ["1"], LATE)
    of_nobody = replace(made.source, named=lambda *_: ())
    assert follow(force=force, now=LATE, sources=[of_nobody]) == Ticked()
    assert item().missed_from is None


def test_news_of_later_than_the_tick_waits_for_its_own_time(
    force: Force, made: Made, ticks: Callable[..., Ticked]
) -> None:
    made.is_due("1", due())
    told(force, ["1"], MONDAY + HOUR)
    tick(force=force, at=MONDAY, sources=[made.source])
    assert len(waiting(force.code)) == 1
    ticks(MONDAY + HOUR)
    assert waiting(force.code) == []


def test_a_sweep_that_broke_off_is_begun_anew_and_all_news_is_heard_however_much(
    force: Force, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "WAKES_AT_ONCE", 3)
    made.all_due(*(due(str(number)) for number in range(10)))

    def breaks_off(_by: Acting) -> Iterator[str]:
        yield from list(made.answers)[:4]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        tick(force=force, at=MONDAY, sources=[replace(made.source, every=breaks_off)])
    assert WorkItem.objects.for_system("a test").count() == 3, "those whom it named are settled all the same"
    assert tick(force=force, at=MONDAY, sources=[made.source]).raised == 7
    for number in range(10, 60):
        made.is_due(str(number), due(str(number)))
        told(force, [str(number)], MONDAY)
    assert follow(force=force, now=MONDAY, sources=[made.source]).raised == ticking.HEARS_AT_ONCE
    assert item("59").state == "open", "the newest first: whoever sent it waits for its page"
    assert tick(force=force, at=MONDAY, sources=[made.source]).raised == 50 - ticking.HEARS_AT_ONCE
    assert waiting(force.code) == []


def test_news_about_many_is_heard_in_parts_so_that_nobody_waits_long_for_the_database(
    force: Force, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An intake tells of thousands in few pieces: each piece is heard whole, and as many together as are about so many."""
    monkeypatch.setattr(ticking, "HEARS_ABOUT_AT_ONCE", 5)
    for first, last in ((10, 13), (13, 15), (15, 23), (23, 24)):
        subjects = [str(number) for number in range(first, last)]
        for one in subjects:
            made.is_due(one, due(one))
        told(force, subjects, MONDAY)
    heard = []
    with transaction.atomic():
        while some := take(force=force.code, until=MONDAY, now=MONDAY, most=20, most_about=5):
            heard.append([len(one.subjects) for one in some])
        transaction.set_rollback(True)
    assert heard == [[3, 2], [8], [1]]
    waked: list[int] = []

    def noted(*, subjects: Mapping[str, Collection[str]], **said: Any) -> None:
        waked.append(sum(map(len, subjects.values())))
        wake(subjects=subjects, **said)

    monkeypatch.setattr(ticking, "wake", noted)
    assert tick(force=force, at=MONDAY, sources=[made.source]).raised == 14
    assert waiting(force.code) == []
    # Three with two; eight in two parts, and then, with nobody more to wake, taken; one. The first tick wakes all of them again.
    assert [number for number in waked if number] == [5, 5, 3, 1, 14]


def test_a_tick_that_failed_half_way_loses_nothing(
    force: Force, made: Made, ticks: Callable[..., Ticked], monkeypatch: pytest.MonkeyPatch
) -> None:
    made.is_due("1", due())
    ticks(MONDAY)
    made.is_due("1", done(due(), MONDAY + HOUR))
    told(force, ["1"], MONDAY + HOUR)
    broken = Made({"1": Answer((due(), due()))})
    with pytest.raises(IntegrityError), transaction.atomic():
        tick(
            force=force,
            at=MONDAY + HOUR,
            sources=[replace(broken.source, due=lambda *_: {"1": Answer((due("2"), due("2")))})],
        )
    assert item().state == "open"
    ticks(MONDAY + HOUR)
    assert item().state == "done"


def test_steps_are_only_added_to_and_what_is_raised_twice_is_refused(made: Made, ticks: Callable[..., Ticked]) -> None:
    made.is_due("1", due())
    ticks(LATE)
    first = WorkStep.objects.for_system("a test").first()

    @action
    def again(**said: object) -> None:
        WorkStep.objects.create(force=first.force, item=first.item, true_from=LATE, known_from=LATE, by="test", **said)

    for step in ("raised", "foreseen", "supervisor", "made_up"):
        with pytest.raises(IntegrityError), transaction.atomic():
            again(step=step)
    with pytest.raises(NeverChanged):
        first.delete()
    assert Watch.objects.for_system("a test").get(subject="1").settled_at == LATE


@pytest.mark.parametrize(
    "wrong",
    [
        {"overdue_from": LATE - HOUR},
        {"done_at": LATE},
        {"how": How.DONE},
    ],
)
def test_an_answer_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="promise 1"):
        due(**wrong)
    assert isinstance(due(), Due)
