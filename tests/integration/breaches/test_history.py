"""A person's complete breach history over the links as they stand, and as it was known earlier (IDN-06, BRC-07)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.history.facts import Counts, Disagreements, Narrowed, Proved, Seen, View
from craffu.breaches.history.queries import (
    MOST_LISTED,
    awaiting,
    counted,
    counted_whole,
    counts,
    every_row,
    incidents,
    rows_of,
    seen,
    shown,
)
from craffu.breaches.history.rules import How
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.actions import decide, record_standpoint
from craffu.common.clock import now
from craffu.daily.ticking import tick
from craffu.intake.linking.actions import agree_pair, decide_records
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.orders.models import Order
from craffu.people.queries import people_of_records
from tests.factories.breaches import breaches, send_incident
from tests.factories.identities import WHY, score
from tests.factories.victims import send_victim
from tests.integration.breaches.conftest import DAY, HOUR, NOW
from tests.integration.breaches.test_detecting import run, sent
from tests.worlds import World, kept

pytestmark = [pytest.mark.rule("BRC-07"), pytest.mark.rule("IDN-06")]


def his(by: Acting, order: Order, known_at: datetime | None = None) -> Seen:
    return seen(by, people_of_records(by, [order.respondent_id])[order.respondent_id], known_at)


def disagreements(by: Acting, of: Seen, now: datetime, most: int = MOST_LISTED) -> Disagreements:
    """What the page lists of what does not agree, beside no incident."""
    _counts, per_order, disagreeing = counted_whole(by, of)
    return shown(by, of, [], per_order, disagreeing, now, most)[1]


def told(by: Acting, of: Seen) -> list[tuple[Any, ...]]:
    """Everything that a row says, in plain values."""
    return [
        (
            row.breach.reference, row.status, [(one.order.reference, one.condition_id) for one in row.ties],
            [(one.standpoint, one.decision, one.at) for one in row.story.words], [one.key for one in row.story.sources],
            row.link.how, row.mismatches,
        )
        for row in every_row(by, of, NOW)
    ]  # fmt: skip


@kept(at=NOW)
def supervisor(world: World) -> Acting:
    return world.acting_as("supervisor", username="supervisor")


@kept(at=NOW)
def three(world: World, served: Order, supervisor: Acting) -> list[Breach]:
    """One recorded as a breach, charged and proved; one reported and rejected; one that nobody has decided."""
    send_incident(world.system, world.folder, 2, **sent(NOW - 3 * DAY, offence_code="ST19001"))
    send_incident(world.system, world.folder, 3, **sent(NOW - 2 * DAY))
    send_incident(world.system, world.folder, 4, **sent(NOW - DAY))
    run(world.system)
    first, second, third = breaches()
    for standpoint, decision in ((Standpoint.PROSECUTION, "charged"), (Standpoint.COURT, "proved")):
        record_standpoint(
            by=supervisor, breach=first.reference, standpoint=standpoint, decision=decision, at=NOW - HOUR
        )
    decide(by=supervisor, breach=second.reference, decision=Decision.REJECT, reason="She asked him to come", seen=0)
    return [first, second, third]


def test_each_count_is_named_and_what_nobody_decided_is_not_counted(
    three: list[Breach], served: Order, supervisor: Acting
) -> None:
    of = his(supervisor, served)

    assert counts(supervisor, of) == Counts(
        recorded=2,
        police_accepted=1,
        charged=1,
        proved=1,
        not_proved=0,
        quashed=0,
        undetected=0,
        no_action=1,
        undecided=1,
    )
    overall, [one] = counted(supervisor, of)
    assert overall == counts(supervisor, of)
    assert (one.order, one.recorded, one.charged, one.proved, one.not_proved, one.no_action, one.undecided) == (
        served, 2, 1, 1, 0, 1, 1,
    )  # fmt: skip


def test_each_row_has_its_sources_conditions_and_link(three: list[Breach], served: Order, supervisor: Acting) -> None:
    of = his(supervisor, served)

    rows = list(every_row(supervisor, of, NOW))

    assert [row.breach.reference for row in rows] == [one.reference for one in reversed(three)]
    assert all(row.ties and row.ties[0].order == served for row in rows)
    assert [[one.key for one in row.story.sources] for row in rows] == [["CRIME4"], ["CRIME3"], ["CRIME2"]]
    assert {row.link.how for row in rows} == {How.OWN}
    assert [list(row.mismatches) for row in rows] == [[], ["M10"], ["M9"]]


def test_as_known_now_it_is_what_it_is(three: list[Breach], served: Order, supervisor: Acting) -> None:
    now, then = his(supervisor, served), his(supervisor, served, NOW)

    assert counts(supervisor, then) == counts(supervisor, now)
    assert counted(supervisor, then) == counted(supervisor, now)
    assert told(supervisor, then) == told(supervisor, now)
    for asked in NARROWED:
        numbers = list(incidents(supervisor, now, asked).values_list("pk", flat=True))
        assert list(incidents(supervisor, then, asked).values_list("pk", flat=True)) == numbers


def test_as_known_earlier_no_later_word_decision_or_source_shows(
    served: Order, system: Acting, supervisor: Acting, tmp_path: Path, clock: Any
) -> None:
    send_incident(system, tmp_path, 2, **sent(NOW - 2 * DAY))
    run(system)
    [breach] = breaches()
    before = told(supervisor, his(supervisor, served))
    clock.move_to(NOW + DAY)
    decide(by=supervisor, breach=breach.reference, decision=Decision.ACCEPT, reason="It was him again", seen=0)
    record_standpoint(
        by=supervisor, breach=breach.reference, standpoint=Standpoint.COURT, decision="proved", at=NOW - HOUR
    )

    then = his(supervisor, served, NOW)

    assert counts(supervisor, then) == Counts(undecided=1)
    assert told(supervisor, then) == before
    assert counts(supervisor, his(supervisor, served)) == Counts(recorded=1, police_accepted=1, proved=1)


def test_as_known_earlier_what_was_joined_later_stands_apart(
    three: list[Breach], served: Order, supervisor: Acting, clock: Any
) -> None:
    before = told(supervisor, his(supervisor, served))
    clock.move_to(NOW + DAY)
    decide(
        by=supervisor, breach=three[2].reference, decision=Decision.DUPLICATE, reason="One and the same", seen=0,
        duplicate_of=three[0].reference,
    )  # fmt: skip

    assert told(supervisor, his(supervisor, served, NOW)) == before
    after = told(supervisor, his(supervisor, served))
    assert [one[0] for one in after] == [three[1].reference, three[0].reference]
    assert after[1][4] == ["CRIME2", "CRIME4"]


def test_before_it_was_known_there_is_none(three: list[Breach], served: Order, supervisor: Acting) -> None:
    then = his(supervisor, served, NOW - HOUR)

    assert (counts(supervisor, then), told(supervisor, then)) == (Counts(), [])
    assert disagreements(supervisor, then, NOW).total == 0


NARROWED = (
    Narrowed(proved=Proved.YES),
    Narrowed(proved=Proved.NO),
    Narrowed(proved=Proved.OPEN),
    Narrowed(view=View.PROSECUTION),
    Narrowed(source=FoundBy.CRIME),
    Narrowed(source=FoundBy.COURT),
    Narrowed(first=(NOW - 2 * DAY).date()),
    Narrowed(last=(NOW - 2 * DAY).date()),
    Narrowed(order="O-1"),
    Narrowed(is_disagreeing=True),
)


@pytest.mark.parametrize(
    ("asked", "which"),
    list(zip(NARROWED, ([0], [], [2, 1], [0], [2, 1, 0], [], [2, 1], [1, 0], [], [1, 0]), strict=True)),
)
def test_P06_it_is_narrowed(
    three: list[Breach], served: Order, system: Acting, supervisor: Acting, asked: Narrowed, which: list[int]
) -> None:
    run(system, NOW)

    found = list(incidents(supervisor, his(supervisor, served), asked))

    assert found == [three[one] for one in which]


def test_P06_of_one_order(three: list[Breach], served: Order, supervisor: Acting) -> None:
    of = his(supervisor, served)

    assert list(incidents(supervisor, of, Narrowed(order=served.reference))) == list(reversed(three))


def test_BRC_03_what_does_not_agree_is_listed_with_its_owner(
    three: list[Breach], served: Order, system: Acting, supervisor: Acting, clock: Any
) -> None:
    clock.move_to(NOW + DAY)
    run(system, NOW + DAY)

    found = disagreements(supervisor, his(supervisor, served), NOW + DAY)

    codes = {(one.breach, one.code, one.queue) for one in found.longest}
    assert (three[2].reference, "M1", "breaches-late") in codes
    assert (three[1].reference, "M10", "breaches") in codes
    assert found.total == len(found.longest)


def test_BRC_03_what_was_cleared_up_since_the_clock_ran_is_not_listed(
    three: list[Breach], served: Order, system: Acting, supervisor: Acting, clock: Any
) -> None:
    clock.move_to(NOW + DAY)
    run(system, NOW + DAY)
    before = disagreements(supervisor, his(supervisor, served), NOW + DAY).total
    decide(by=supervisor, breach=three[2].reference, decision=Decision.ACCEPT, reason="It was him again", seen=0)

    assert disagreements(supervisor, his(supervisor, served), NOW + DAY).total == before - 1


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Two who say of records whether they are one person: the second agrees where a word needs it."""

    first: Acting
    second: Acting

    def say(self, left: int, right: int, word: Word) -> None:
        row = decide_records(by=self.first, left=left, right=right, given=NewWord(word, WHY))
        if row.needs_another:
            agree_pair(by=self.second, pair=row.pair.reference, agrees=True, words="")


@pytest.fixture
def reviewers(acting_as: Callable[..., Acting]) -> Reviewers:
    return Reviewers(acting_as("link_clerk", username="ann"), acting_as("link_clerk", username="ben"))


@pytest.fixture
def elsewhere(served: Order, system: Acting, tmp_path: Path, clock: Any) -> int:
    """The record of somebody else, under which the force recorded a breach."""
    send_victim(system, tmp_path, 5, **sent(NOW - DAY, offence_code="ST19001"))
    clock.shift(HOUR)
    run(system, NOW + HOUR)
    [breach] = breaches()
    return breach.respondent_id


def test_a_link_undone_takes_its_breaches_out_at_once_and_redone_they_are_back(
    served: Order, supervisor: Acting, reviewers: Reviewers, elsewhere: int, clock: Any
) -> None:
    ends = sorted((served.respondent_id, elsewhere))
    assert counts(supervisor, his(supervisor, served)).recorded == 0
    seen_at = []
    for word, recorded in ((Word.SAME, 1), (Word.TAKEN_BACK, 0), (Word.SAME, 1), (Word.NOT_SAME, 0), (Word.SAME, 1)):
        clock.shift(HOUR)
        reviewers.say(*ends, word)
        assert counts(supervisor, his(supervisor, served)).recorded == recorded
        assert len(told(supervisor, his(supervisor, served))) == recorded
        seen_at.append((NOW + len(seen_at) * HOUR + 2 * HOUR, recorded))

    for at, recorded in seen_at:
        assert counts(supervisor, his(supervisor, served, at + HOUR / 2)).recorded == recorded
    assert counts(supervisor, his(supervisor, served, NOW)).recorded == 0


def test_a_row_says_who_joined_its_record_to_the_person(
    served: Order, supervisor: Acting, reviewers: Reviewers, elsewhere: int, clock: Any
) -> None:
    clock.shift(HOUR)
    reviewers.say(*sorted((served.respondent_id, elsewhere)), Word.SAME)

    [row] = every_row(supervisor, his(supervisor, served), NOW)

    assert (row.link.how, row.link.by, row.link.since.hour) == (How.PERSON, "Test ann", (NOW + 2 * HOUR).hour)
    assert row.link.is_confirmed
    assert row.records[row.breach.respondent_id] == "rms/persons/PERSON51"


def test_a_row_says_how_probable_a_model_found_it(
    served: Order, system: Acting, supervisor: Acting, elsewhere: int, clock: Any
) -> None:
    clock.shift(HOUR)
    score(system, *sorted((served.respondent_id, elsewhere)), 0.9993)

    [row] = every_row(supervisor, his(supervisor, served), NOW)

    assert (row.link.how, row.link.probability, row.link.by) == (How.MODEL, 0.9993, "")
    assert not row.link.is_confirmed


def test_what_stands_on_records_that_wait_for_a_decision_is_named_and_not_counted(
    served: Order, system: Acting, supervisor: Acting, elsewhere: int, clock: Any
) -> None:
    clock.shift(HOUR)
    score(system, *sorted((served.respondent_id, elsewhere)), 0.6)
    of = his(supervisor, served)

    waiting = awaiting(supervisor, of)

    assert waiting == {elsewhere}
    assert counts(supervisor, of, waiting) == Counts(unlinked=1)
    assert counted(supervisor, of, waiting)[0] == Counts(unlinked=1)
    assert awaiting(supervisor, his(supervisor, served, NOW)) == frozenset()


def test_as_known_earlier_a_pair_waits_and_a_link_stands_as_they_did_then(
    served: Order, system: Acting, supervisor: Acting, reviewers: Reviewers, elsewhere: int, clock: Any
) -> None:
    ends = sorted((served.respondent_id, elsewhere))
    again = Reviewers(reviewers.second, reviewers.first)
    moments = [now()]

    def after(act: Callable[[], None]) -> list[Seen]:
        """As known at every moment until then, and after one act more."""
        clock.shift(HOUR)
        act()
        moments.append(now())
        return [his(supervisor, served, at) for at in moments]

    after(lambda: score(system, *ends, 0.6))
    then = after(lambda: reviewers.say(*ends, Word.SAME))
    assert [awaiting(supervisor, of) for of in then] == [frozenset(), {elsewhere}, frozenset()]
    after(lambda: reviewers.say(*ends, Word.TAKEN_BACK))
    then = after(lambda: again.say(*ends, Word.SAME))
    joined = [[(row.link.by, row.link.since) for row in every_row(supervisor, of, NOW)] for of in then]
    assert joined == [[], [], [("Test ann", moments[2])], [], [("Test ben", moments[4])]]
    waited = [frozenset(), {elsewhere}, frozenset(), {elsewhere}, frozenset()]
    assert [awaiting(supervisor, of) for of in then] == waited, "it waited twice, and each time is kept"


def test_as_known_earlier_what_does_not_agree_is_what_did_not_agree_then(
    three: list[Breach], served: Order, system: Acting, supervisor: Acting, clock: Any
) -> None:
    asked = Narrowed(is_disagreeing=True)

    def listed(of: Seen, at: datetime) -> tuple[set[tuple[str, str, datetime]], list[Breach]]:
        found = disagreements(supervisor, of, at)
        assert found.total == len(found.longest)
        return {(one.breach, one.code, one.since) for one in found.longest}, list(incidents(supervisor, of, asked))

    run(system)
    stood = {NOW: listed(his(supervisor, served), NOW)}
    clock.move_to(NOW + DAY)
    run(system, NOW + DAY)
    stood[NOW + DAY] = listed(his(supervisor, served), NOW + DAY)
    clock.move_to(NOW + 2 * DAY)
    decide(by=supervisor, breach=three[2].reference, decision=Decision.REJECT, reason="He has an alibi", seen=0)
    run(system, NOW + 2 * DAY)
    latest, _rows = listed(his(supervisor, served), NOW + 2 * DAY)

    assert len({len(found) for found, _rows in stood.values()}) == len(stood)
    assert not {(three[2].reference, "M1")} & {one[:2] for one in latest}
    assert {at: listed(his(supervisor, served, at), NOW + 2 * DAY) for at in stood} == stood


def test_B6_however_much_there_is_the_same_queries_are_asked(
    served: Order, system: Acting, supervisor: Acting, tmp_path: Path
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            of = his(supervisor, served)
            counted(supervisor, of, awaiting(supervisor, of))
            rows_of(supervisor, of, list(incidents(supervisor, of).values_list("pk", flat=True)), NOW)
            disagreements(supervisor, of, NOW)
        return len(caught)

    send_incident(system, tmp_path, 2, **sent(NOW - 3 * DAY, offence_code="ST19001"))
    tick(force=system.force, at=NOW, everything=True)
    few = asked()
    for number in range(3, 9):
        send_incident(system, tmp_path, number, **sent(NOW - number * HOUR, offence_code="ST19001"))
    tick(force=system.force, at=NOW + HOUR, everything=True)

    assert len(breaches()) == 7
    assert asked() == few
