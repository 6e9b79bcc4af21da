"""The only writes of scores: whom the force scores, and where everybody stands (PRI-01, PRI-07, PRI-09).

Nothing else changes by a score (PRI-06): no order, no flag, no due work of anybody's case.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.engines.choice import Engine
from craffu.prevention import events
from craffu.prevention.models import PopulationDefined, ScoreKept, ScoreRun, ScoreStands
from craffu.prevention.permissions import check_can_see_scores, check_can_state_population
from craffu.prevention.scoring.bulk import FLAGS, FLOORS
from craffu.prevention.scoring.policies import check_is_stated, check_is_whole
from craffu.prevention.scoring.queries import Everybody, definition_of, everybody, last_kept, last_run, population_on
from craffu.prevention.scoring.rules import Tier
from craffu.prevention.scoring.schemes import PARTS, Scheme
from craffu.prevention.scoring.weights import Table


@action
def define_population(
    *, by: Acting, name: str, begins: date, necessity_ref: str, necessity_on: date, now: datetime | None = None
) -> PopulationDefined:
    """State whom the force scores from a day on. Each statement is another version; the earlier ones stay."""
    user, at = check_can_state_population(by), now or clock.now()
    check_is_whole(name, necessity_ref, necessity_on, day_of(at))
    lock_until_commit("population", by.force.code)
    last = PopulationDefined.objects.for_user(by).order_by("-version").first()
    row: PopulationDefined = PopulationDefined.objects.create(
        force=by.force, name=name.strip(), version=1 if last is None else last.version + 1, begins=begins,
        necessity_ref=necessity_ref.strip(), necessity_on=necessity_on, by=user, known_from=at,
    )  # fmt: skip
    audit.record(
        kind=events.POPULATION_DEFINED, actor=by.actor, refs=(f"population/{row.version}",), request=by.request, now=at
    )
    return row


@action
def score_everybody(
    *, by: Acting, scheme: Scheme, table: Table, engine: Engine, now: datetime | None = None
) -> ScoreRun:
    """Score the stated population; whoever left it stands in it no more (PRI-10). Raises NotNow while none is stated."""
    check_can_see_scores(by)
    at = now or clock.now()
    population = check_is_stated(population_on(by, day_of(at)))
    lock_until_commit("scores", by.force.code)
    found = everybody(by, at, definition_of(population), scheme, table, engine)
    last = last_run(by)
    run: ScoreRun = ScoreRun.objects.create(
        force=by.force, number=1 if last is None else last.number + 1, at=at, population=population,
        scheme=scheme.name, scheme_version=scheme.version, scheme_sha256=scheme.sha256, scheme_text=scheme.canonical,
        weights=table.name, weights_version=table.version, weights_sha256=table.sha256, weights_text=table.canonical,
        scored=len(found.scores), without_score=len(found.without_score), outside=found.outside, known_from=at,
    )  # fmt: skip
    _keep(by, run, found, at)
    audit.record(kind=events.SCORES_MADE, actor=by.actor, refs=(f"scores/{run.number}",), request=by.request, now=at)
    return run


def _keep(by: Acting, run: ScoreRun, found: Everybody, at: datetime) -> None:
    """Where everybody stands now, and of each whose priority or floors are others than before, what gave it."""
    rows = {person: _values(found.scores.get(person)) for person in sorted(found.members) if person > 0}
    ScoreStands.objects.for_user(by).delete()
    ScoreStands.objects.bulk_create(
        ScoreStands(force=by.force, run=run, person_id=person, **values) for person, values in rows.items()
    )
    before = last_kept(by)
    ScoreKept.objects.bulk_create(
        ScoreKept(force=by.force, run=run, person_id=person, at=at, known_from=at, **values)
        for person, values in rows.items()
        if before.get(person) != (values["tier"], values["floors"])
    )


def _values(row: Mapping[str, Any] | None) -> dict[str, Any]:
    if row is None:
        return {"tier": Tier.NO_HISTORY.value, "floors": [], "flags": [], "parts": {}}
    return {
        "value": row["score"], "low": row["low"], "high": row["high"], "proved": row["proved"], "tier": row["tier"],
        "floors": [one.value for one in FLOORS if row[one.value]], "flags": [one.value for one in FLAGS if row[one.value]],
        "parts": {part: [row[f"part_{part}"], row[f"points_{part}"]] for part in PARTS}, "harm": row["harm"],
        "newest_age": row["newest_age"],
    }  # fmt: skip
