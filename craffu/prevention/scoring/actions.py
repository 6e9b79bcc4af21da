"""The only writes of scores: whom the force scores, and where everybody stands (PRI-01, PRI-07, PRI-09).

Nothing else changes by a score (PRI-06): no order, no flag, no case.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.people.models import Person
from craffu.prevention import events
from craffu.prevention.models import PopulationDefined, SchemeAdopted, ScoreKept, ScoreRun, ScoreStands
from craffu.prevention.permissions import check_can_state_population
from craffu.prevention.scoring.one import Alone, in_use, scored_alone
from craffu.prevention.scoring.policies import check_is_another, check_is_whole, check_says_why_adopted
from craffu.prevention.scoring.queries import Given, adopted, last_kept, last_run, lot_of, seed_of
from craffu.prevention.scoring.rules import Floor, tier_of
from craffu.prevention.scoring.schemes import PARTS, Scheme
from craffu.prevention.scoring.weights import Table

LOCK: Final = "scores"


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
def adopt_scheme(
    *, by: Acting, scheme: Scheme, table: Table, reason: str, now: datetime | None = None
) -> SchemeAdopted:
    """Put people in order by another scheme or other weights from the next run on, and say why. What was adopted before stays.

    Raises NotNow where it is in use already, or where no reason is given (PRI-09).
    """
    user, at = check_can_state_population(by), now or clock.now()
    lock_until_commit("scheme", by.force.code)
    used = in_use(by)
    check_is_another(is_same=(used[0].sha256, used[1].sha256) == (scheme.sha256, table.sha256))
    check_says_why_adopted(reason)
    last = adopted(by)
    row: SchemeAdopted = SchemeAdopted.objects.create(
        force=by.force, number=1 if last is None else last.number + 1, scheme=scheme.name, scheme_version=scheme.version,
        scheme_sha256=scheme.sha256, scheme_text=scheme.canonical, weights=table.name, weights_version=table.version,
        weights_sha256=table.sha256, weights_text=table.canonical, reason=reason.strip(), by=user, known_from=at,
    )  # fmt: skip
    audit.record(kind=events.SCHEME_ADOPTED, actor=by.actor, refs=(f"scheme/{row.number}",), request=by.request, now=at)
    return row


@action
def renew_scores(*, by: Acting, people: Collection[int], now: datetime | None = None) -> int:
    """Score some people anew, by the scheme and the weights of the last run, where something of them was recorded since.

    Returns how many stand otherwise than before. Where there was no run yet nobody is scored.
    """
    at = now or clock.now()
    run = last_run(by)
    if run is None or at < run.at or not people:
        return 0
    lock_until_commit(LOCK, by.force.code)
    found = scored_alone(by, people, at, run)
    rows = {person: alone_values(one) for person, one in found.items() if one.is_in}
    stood = {one.person_id: one for one in ScoreStands.objects.for_user(by).filter(person__one_of=frozenset(people))}
    given = last_kept(by, people)
    moved = [
        one
        for one in sorted(set(people))
        if _differs(stood.get(one), rows.get(one)) or (one in rows and _is_another(given.get(one), rows[one]))
    ]
    if moved:
        some = {person: rows[person] for person in moved if person in rows}
        keep_scores(by=by, run=run, rows=some, at=at, among=moved)
        named = Person.objects.for_user(by).filter(pk__in=moved).order_by("reference")
        refs = [f"person/{one}" for one in named.values_list("reference", flat=True)]
        audit.record(
            kind=events.SCORES_RENEWED, actor=by.actor, refs=(f"scores/{run.number}", *refs), request=by.request, now=at
        )
    return len(moved)


def _differs(stood: ScoreStands | None, values: Mapping[str, Any] | None) -> bool:
    """Whether somebody stands otherwise than they did. A day's fading is no change: that is the daily run's."""
    if stood is None or values is None:
        return (stood is None) is not (values is None)
    return any(getattr(stood, name) != values[name] for name in ("floors", "flags")) or any(
        abs((values[name] or 0) - (getattr(stood, name) or 0)) > _SAME for name in ("value", "low", "high", "proved")
    )


# Two engines add up in another order: less than this is the same score.
_SAME: Final = 1e-6


@action
def keep_scores(
    *, by: Acting, run: ScoreRun, rows: Mapping[int, Mapping[str, Any]], at: datetime, among: Collection[int] = ()
) -> list[int]:
    """Where everybody stands now, or everybody `among` whom something was recorded; whoever has no row stands nowhere.

    Of each whose priority or floors are others than before, or whom another incident puts on a floor, what gave it is kept for
    good. Returns who that is.
    """
    standing = ScoreStands.objects.for_user(by)
    (standing.filter(person__one_of=frozenset(among)) if among else standing).delete()
    named = dict(Person.objects.for_user(by).filter(pk__one_of=frozenset(rows)).values_list("pk", "reference"))
    same = {"force": by.force.pk, "run": run.pk}
    seed = seed_of(run)
    kept = {person: _as_kept(values) for person, values in rows.items()}
    ScoreStands.objects.append_rows(
        ("person", "lot", *_VALUES),
        [(person, lot_of(seed, named[person]), *values) for person, values in kept.items()],
        {**same, "scored_at": at if among else None},
    )
    before = last_kept(by, among)
    changed = [one for one, values in rows.items() if _is_another(before.get(one), values)]
    ScoreKept.objects.append_rows(
        ("person", *_VALUES, "floored"),
        [(person, *kept[person], json.dumps(rows[person]["floored"])) for person in changed],
        {**same, "at": at, "known_from": at},
    )
    return changed


def _is_another(before: Given | None, values: Mapping[str, Any]) -> bool:
    """Where it was not kept yet which incidents put somebody on a floor, it is kept now."""
    if before is None or (before.tier, before.floors) != (values["tier"], values["floors"]):
        return True
    return bool(values["floored"]) if before.floored is None else not set(values["floored"]) <= set(before.floored)


def _as_kept(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(json.dumps(values[name]) if name in _LISTED else values[name] for name in _VALUES)


# What is kept of a score, and which of it is a list or has parts.
_VALUES: Final = (
    "value", "low", "high", "proved", "tier", "floors", "flags", "parts", "harm", "newest_age",
)  # fmt: skip
_LISTED: Final = frozenset({"floors", "flags", "parts"})


def without_any(floors: Iterable[Floor]) -> dict[str, Any]:
    """How somebody of the population is kept who has no event that counts."""
    several = list(floors)
    return {
        "value": None, "low": None, "high": None, "proved": None, "tier": tier_of(None, several).value,
        "floors": [one.value for one in several], "flags": [], "parts": {}, "harm": 0.0, "newest_age": None, "floored": [],
    }  # fmt: skip


def alone_values(one: Alone) -> dict[str, Any]:
    score = one.score
    if score.value is None:
        return without_any(score.floors)
    return {
        "value": score.value, "low": score.low, "high": score.high, "proved": one.proved.value, "tier": score.tier.value,
        "floors": [floor.value for floor in score.floors], "flags": [flag.value for flag in score.flags],
        "parts": {part: [score.parts[part], score.contributions[part]] for part in PARTS}, "harm": score.harm,
        "newest_age": score.newest_age, "floored": list(one.floored),
    }  # fmt: skip
