"""What the snapshot holds of breaches: how each stood from when until when, which orders it broke, what did not agree, arrests.

MET17 to MET21, MET24; X10. What counts as an incident, and as disproved, is said in `history/rules.py` (BRC-07).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.extracts import justice
from craffu.breaches.history.rules import Standing
from craffu.breaches.ledger.kinds import SAID, FoundBy, Standpoint
from craffu.breaches.ledger.queries import BreachStory, stories_of_breaches
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import (
    Breach,
    BreachAnswer,
    BreachMismatch,
    BreachMove,
    BreachOfOrder,
    BreachSource,
    MismatchExplained,
    StandpointTaken,
)
from craffu.breaches.standpoints.questions import Question
from craffu.breaches.standpoints.rules import PoliceDecision
from craffu.cases.models import DetentionVersion
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed, spans
from craffu.people.queries import belonging_now

# Whose views are held against one another in the measure (MET24).
_VIEWS: Final = (Standpoint.REPORTED, Standpoint.POLICE, Standpoint.COURT)
_AT_ONCE: Final = 500


def _stories(by: Acting, at: datetime) -> Iterator[BreachStory]:
    rows = list(Breach.objects.for_user(by).filter(raised_at__lte=at).select_related("respondent").order_by("id"))
    for first in range(0, len(rows), _AT_ONCE):
        yield from stories_of_breaches(by, rows[first : first + _AT_ONCE], at).values()


def _key(story: BreachStory) -> str:
    return keyed("breach", story.breach.reference)


def as_known(story: BreachStory, at: datetime) -> BreachStory:
    """The same breach by what was known of it at an instant."""

    def known[R: (BreachOfOrder, BreachSource, StandpointTaken, BreachMove, BreachAnswer, MismatchExplained)](
        rows: Sequence[R],
    ) -> tuple[R, ...]:
        return tuple(one for one in rows if one.known_from <= at)

    return BreachStory(
        story.breach, known(story.ties), known(story.sources), known(story.words), known(story.moves), known(story.answers),
        known(story.explained),
    )  # fmt: skip


def stands(story: BreachStory) -> Standing:
    """How an incident stands by what is known of it: the same that a history says as known at an instant."""
    moved = [one for one in story.moves if one.move]
    last = {one: story.standing(one) for one in (Standpoint.POLICE, Standpoint.PROSECUTION, Standpoint.COURT)}
    decided = (one.decision if one is not None else "" for one in last.values())
    recorded = any(
        one.standpoint == Standpoint.POLICE and one.decision == PoliceDecision.BREACH and one.source_key
        for one in story.words
    )
    is_said = story.breach.found_by in SAID or recorded or any(one.kind in SAID for one in story.sources)
    return Standing(moved[-1].to_status if moved else Status.POSSIBLE.value, is_said, *decided)


def _breaches(by: Acting, at: datetime) -> Iterator[Row]:
    for story in _stories(by, at):
        breach = story.breach
        fixed: Row = {
            "breach": _key(story),
            "respondent": keyed("record", breach.respondent.source, breach.respondent.source_key),
            "happened_on": day_of(breach.happened_from),
            "risk": breach.risk,
        }
        rows: Sequence[object] = (*story.sources, *story.words, *story.moves, *story.answers)
        known = {one.known_from for one in rows}  # type: ignore[attr-defined]
        instants = {breach.raised_at, *(one for one in known if one >= breach.raised_at)}
        yield from spans(instants, _standing(story, fixed))


def _standing(story: BreachStory, fixed: Row) -> Callable[[datetime], Row]:
    return lambda at: fixed | _stood(as_known(story, at))


def _stood(known: BreachStory) -> Row:
    standing = stands(known)
    reports = [one.at for one in known.words if one.standpoint == Standpoint.REPORTED]
    reported = min(reports, default=known.breach.raised_at)
    arrest = [one.answer for one in known.answers if one.question == Question.ARREST]
    course = (one.known_from for one in known.answers if one.question == Question.COURSE_OF_CONDUCT)
    return {
        "status": standing.status,
        "is_own": standing.status != Status.JOINED,
        "is_recorded": standing.is_recorded,
        "is_disproved": standing.is_disproved,
        "is_proved": standing.is_proved,
        "reported_on": day_of(reported),
        "arrest_by": reported + ARREST_WITHIN,
        "reported_at": reported,
        "views": len({one.standpoint for one in known.words if one.standpoint in _VIEWS}),
        "arrest_answer": arrest[-1] if arrest else "",
        "course_by": reported + COURSE_WITHIN,
        "course_at": min(course, default=None),
    }


# `breach.arrest_within`: elapsed hours, which no change of the clock makes longer (requirements 5.2, MET20).
ARREST_WITHIN: Final = timedelta(hours=24)
# Within which an answer on a course of conduct is counted apart: a proposal, shown beside (MET21).
COURSE_WITHIN: Final = timedelta(hours=48)

BREACHES: Final = Extract(
    "breaches",
    {
        "breach": Holds.REFERENCE, KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT, "respondent": Holds.REFERENCE,
        "happened_on": Holds.DAY, "risk": Holds.CODE, "status": Holds.CODE, "is_own": Holds.YES, "is_recorded": Holds.YES,
        "is_disproved": Holds.YES, "is_proved": Holds.YES, "reported_on": Holds.DAY, "reported_at": Holds.INSTANT,
        "arrest_by": Holds.INSTANT, "views": Holds.NUMBER, "arrest_answer": Holds.CODE, "course_by": Holds.INSTANT,
        "course_at": Holds.INSTANT,
    },
    _breaches,
)  # fmt: skip


def _broken(by: Acting, at: datetime) -> Iterator[Row]:
    """Which orders an incident is held to have broken, from when until when that was held."""
    for story in _stories(by, at):
        for order in {one.order_id: one.order for one in story.ties}.values():
            fixed: Row = {"breach": _key(story), "order": keyed("order", order.reference), "kind": order.kind}
            instants = {max(one.known_from, story.breach.raised_at) for one in story.ties}
            yield from spans(instants, _held(story, order.pk, fixed))


def _held(story: BreachStory, order: int, fixed: Row) -> Callable[[datetime], Row | None]:
    def held(at: datetime) -> Row | None:
        return fixed if any(one.order_id == order for one in as_known(story, at).holding) else None

    return held


BROKEN: Final = Extract(
    "broken",
    {
        "breach": Holds.REFERENCE, "order": Holds.REFERENCE, "kind": Holds.CODE, KNOWN_FROM: Holds.INSTANT,
        KNOWN_UNTIL: Holds.INSTANT,
    },
    _broken,
)  # fmt: skip


def _mismatches(by: Acting, at: datetime) -> Iterator[Row]:
    """What does not agree, as the clock keeps it and pages show it (BRC-03)."""
    rows = BreachMismatch.objects.for_user(by).filter(since__lte=at).select_related("breach").order_by("id")
    for one in rows:
        until = one.until if one.until is not None and one.until <= at else None
        yield {
            "breach": keyed("breach", one.breach.reference),
            "code": one.code,
            KNOWN_FROM: one.since,
            KNOWN_UNTIL: until,
        }


MISMATCHES: Final = Extract(
    "mismatches",
    {"breach": Holds.REFERENCE, "code": Holds.CODE, KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT},
    _mismatches,
)


def _arrests(by: Acting, at: datetime) -> Iterator[Row]:
    """Arrests for what a breach tells of: those that custody says were for it, and those of the same person for its crime.

    The newest word of a custody system about a detention says when somebody was arrested; it was known from its first.
    """
    words = (
        DetentionVersion.objects.for_user(by)
        .filter(known_from__lte=at)
        .select_related("record")
        .defer("bail_conditions")
    )
    newest: dict[tuple[str, str], DetentionVersion] = {}
    first: dict[tuple[str, str], datetime] = {}
    for one in words.order_by("said_at", "received_at", "number"):
        newest[one.source, one.key] = one
        first[one.source, one.key] = min(one.known_from, first.get((one.source, one.key), one.known_from))
    of_crime: dict[str, list[DetentionVersion]] = defaultdict(list)
    for one in newest.values():
        if one.crime:
            of_crime[one.crime].append(one)
    respondents = set(Breach.objects.for_user(by).order_by().values_list("respondent_id", flat=True))
    whose = belonging_now(by, {one.record_id for one in newest.values() if one.record_id is not None} | respondents)
    for story in _stories(by, at):
        respondent = story.breach.respondent_id
        person = whose.get(respondent)
        found: dict[tuple[str, str], DetentionVersion] = {}
        for source in story.sources:
            if source.kind == FoundBy.CUSTODY and (source.source, source.key) in newest:
                found[source.source, source.key] = newest[source.source, source.key]
            for one in of_crime.get(source.key, ()) if source.kind == FoundBy.CRIME else ():
                is_theirs = person is not None and whose.get(one.record_id or 0) == person
                if one.record_id in (None, respondent) or is_theirs:
                    found[one.source, one.key] = one
        for name, one in found.items():
            yield {
                "breach": _key(story),
                "arrest": keyed("detention", *name),
                "arrested_at": one.arrested_at,
                KNOWN_FROM: first[name],
            }


ARRESTS: Final = Extract(
    "arrests",
    {"breach": Holds.REFERENCE, "arrest": Holds.REFERENCE, "arrested_at": Holds.INSTANT, KNOWN_FROM: Holds.INSTANT},
    _arrests,
)

TABLES: Final = (BREACHES, BROKEN, MISMATCHES, ARRESTS, *justice.TABLES)
