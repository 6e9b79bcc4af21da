"""Everybody of the stated population scored in one pass, each day or when somebody asks (PRI-09, PRI-10).

Nothing else changes by it (PRI-06): no order, no flag, no case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.engines.choice import Engine
from craffu.outbox.actions import tell
from craffu.prevention import events
from craffu.prevention.models import PopulationDefined, ScoreRun
from craffu.prevention.permissions import check_can_see_scores
from craffu.prevention.running.queries import Everybody, everybody
from craffu.prevention.scoring.actions import LOCK, keep_scores, renew_scores, without_any
from craffu.prevention.scoring.bulk import FLAGS, FLOORS
from craffu.prevention.scoring.one import in_use
from craffu.prevention.scoring.policies import check_is_stated
from craffu.prevention.scoring.queries import definition_of, last_run, population_on, stand_since
from craffu.prevention.scoring.rules import Floor, tier_of
from craffu.prevention.scoring.schemes import PARTS, Scheme
from craffu.prevention.scoring.weights import Table
from craffu.prevention.topics import PRIORITIES


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """What everybody came to at an instant, and where they stood when that began to be worked out."""

    at: datetime
    population: PopulationDefined
    scheme: Scheme
    table: Table
    found: Everybody
    stood: Mapping[int, datetime | None]


def score_everybody(
    *, by: Acting, scheme: Scheme, table: Table, engine: Engine, now: datetime | None = None
) -> ScoreRun:
    """Score the stated population; whoever left it stands in it no more (PRI-10). Raises NotNow while none is stated."""
    check_can_see_scores(by)
    return _keep(by=by, done=_worked_out(by, scheme, table, engine, now or clock.now()))


def score_today(*, by: Acting, engine: Engine, now: datetime | None = None) -> ScoreRun | None:
    """The daily run of the clock: once on each day of London, by the scheme and weights in use (PRI-09, PRI-10).

    None where it has run today, or while nobody has stated whom the force scores: then nobody is scored (PRI-01).
    """
    at = now or clock.now()
    last = last_run(by)
    if population_on(by, day_of(at)) is None or (last is not None and day_of(last.at) >= day_of(at)):
        return None
    scheme, table = in_use(by)
    return _keep(by=by, done=_worked_out(by, scheme, table, engine, at))


def _worked_out(by: Acting, scheme: Scheme, table: Table, engine: Engine, at: datetime) -> _WorkedOut:
    """Read and worked out with nothing locked: it takes longer than a page that writes waits for the database."""
    population = check_is_stated(population_on(by, day_of(at)))
    stood = stand_since(by)
    found = everybody(by, at, definition_of(population), scheme, table, engine)
    return _WorkedOut(at, population, scheme, table, found, stood)


@action
def _keep(*, by: Acting, done: _WorkedOut) -> ScoreRun:
    """Keep what was worked out. Another run that is later stands instead, and whoever was scored anew meanwhile is so again."""
    lock_until_commit(LOCK, by.force.code)
    last, at, found, scheme, table = last_run(by), done.at, done.found, done.scheme, done.table
    if last is not None and last.at > at:
        return last
    stands = stand_since(by)
    run: ScoreRun = ScoreRun.objects.create(
        force=by.force, number=1 if last is None else last.number + 1, at=at, population=done.population,
        scheme=scheme.name, scheme_version=scheme.version, scheme_sha256=scheme.sha256, scheme_text=scheme.canonical,
        weights=table.name, weights_version=table.version, weights_sha256=table.sha256, weights_text=table.canonical,
        scored=len(found.scores), without_score=len(found.without_score), outside=found.outside, known_from=at,
    )  # fmt: skip
    rows = {
        person: _values(found.scores.get(person), found.floored.get(person, ()), is_feared=person in found.feared)
        for person in sorted(found.members)
        if person > 0
    }
    changed = keep_scores(by=by, run=run, rows=rows, at=at)
    audit.record(kind=events.SCORES_MADE, actor=by.actor, refs=(f"scores/{run.number}",), request=by.request, now=at)
    nobody = object()
    moved = {one for one in {*done.stood, *stands} if done.stood.get(one, nobody) != stands.get(one, nobody)}
    renew_scores(by=by, people=moved, now=max(at, clock.now()))
    tell(force=by.force.code, topic=PRIORITIES, subjects=sorted({*changed, *moved}), at=at)
    return run


def _values(row: Mapping[str, Any] | None, floored: Sequence[str], *, is_feared: bool) -> dict[str, Any]:
    """A row of the expression as it is kept; that a victim fears most is no event, and joins here (PRI-04)."""
    fear = [Floor.VICTIM_FEAR] if is_feared else []
    if row is None:
        return without_any(fear)
    floors = [*(one for one in FLOORS if row[one.value]), *fear]
    return {
        "value": row["score"], "low": row["low"], "high": row["high"], "proved": row["proved"],
        "tier": tier_of(row["score"], floors).value, "floors": [one.value for one in floors],
        "flags": [one.value for one in FLAGS if row[one.value]],
        "parts": {part: [row[f"part_{part}"], row[f"points_{part}"]] for part in PARTS}, "harm": row["harm"],
        "newest_age": row["newest_age"], "floored": list(floored),
    }  # fmt: skip
