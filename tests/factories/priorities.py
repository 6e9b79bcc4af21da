"""Everybody scored as anybody may state whom to score, with one priority that was looked at and a score that was challenged."""

from datetime import datetime, timedelta

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.engines.choice import Engine, Kind
from craffu.people.models import Person
from craffu.prevention.deciding.actions import challenge_score, counted_of, put_other
from craffu.prevention.deciding.facts import Challenge, Other
from craffu.prevention.deciding.queries import decided_of
from craffu.prevention.deciding.rules import Whose
from craffu.prevention.models import ScoreRun, ScoreStands
from craffu.prevention.running.actions import score_everybody
from craffu.prevention.scoring.actions import define_population
from craffu.prevention.scoring.rules import Tier
from craffu.prevention.scoring.schemes import default
from craffu.prevention.scoring.weights import own


def scored_by(by: Acting, now: datetime) -> ScoreRun:
    """Whom the force scores stated by somebody, and scored."""
    today = day_of(now)
    define_population(
        by=by, name="Stalking and harassment", begins=today - timedelta(days=30), necessity_ref="DPIA-7",
        necessity_on=today - timedelta(days=60), now=now,
    )  # fmt: skip
    return score_everybody(by=by, scheme=default(), table=own(), engine=Engine(Kind.DUCKDB), now=now)


def decided_on(by: Acting, now: datetime, why: str = "He has moved in next door to her") -> Person:
    """Somebody with a score, to whom another priority is given that waits for a second person, and whose score is challenged."""
    row = ScoreStands.objects.for_user(by).exclude(value=None).select_related("person").order_by("-id").first()
    person: Person = row.person
    acts = tuple((one.span.record, one.span.act) for one in counted_of(by, person, now))[:1]
    challenge_score(
        by=by, person=person, given=Challenge(Whose.THEIRS, acts, why), seen=decided_of(by, person).version, now=now
    )
    other = Other(Tier.URGENT, day_of(now) + timedelta(days=30), why)
    put_other(by=by, person=person, given=other, seen=decided_of(by, person).version, now=now)
    return person
