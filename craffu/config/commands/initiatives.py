"""`craffu initiatives list` · `craffu initiatives measure`: the force's initiatives, and their measures before and after (C4).

The baseline and each whole period after the beginning are counted from the snapshot that stands, and kept. Run it after each
snapshot; what is counted already is not counted again. One that cannot be counted is named, and stops no other.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.cases.queries import first_known
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import Engine, UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot, Snapshot, current
from craffu.engines.spark import NoSpark
from craffu.measures.definitions import Kind as MeasureKind
from craffu.measures.definitions import Statistic, definition
from craffu.measures.engine.running import CannotAsk, Wanted
from craffu.measures.engine.running import run as run_measures
from craffu.measures.permissions import check_can_build
from craffu.measures.places import folder_of
from craffu.measures.rules import LAG_DAYS
from craffu.measures.watching.working import WATCHED
from craffu.published.disclosure import To
from craffu.scrutiny.initiatives import events
from craffu.scrutiny.initiatives.actions import keep_figure
from craffu.scrutiny.initiatives.facts import Counted
from craffu.scrutiny.initiatives.permissions import shown_to
from craffu.scrutiny.initiatives.queries import Begun, figure_of, find_initiative, initiatives, is_hidden, note_of
from craffu.scrutiny.initiatives.rules import NOT_KNOWN_HERE, NOT_OF_ITS_DAYS, Period

# So many periods after the beginning are counted in one run: ten years of quarters.
_MOST = 40
# What is counted by the day on which an incident happened, which may come to be recorded long after.
RECORDED_LATE: Final = frozenset({"MET17", "MET19"})


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "initiatives")
    try:
        check_can_build(by)
        told, aside = _measured(by, args.ref, args.engine) if args.action == "measure" else (_listed(by), {})
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    if args.json:
        print(json.dumps({"initiatives": told, "not_counted": aside}, ensure_ascii=False))
    else:
        for one in told:
            for line in _lines(one):
                print(line)
    for ref, why in aside.items():
        print(f"craffu initiatives: {ref} is not counted: {why}", file=sys.stderr)
    return SOMETHING_AMISS if aside else DONE


def _listed(by: Acting) -> list[dict[str, Any]]:
    every = initiatives(by)
    refs = sorted(f"initiative/{one.row.reference}" for one in every)
    record_consultation(kind=events.INITIATIVES_LISTED, actor=by.actor, refs=refs, request=by.request)
    return [_told(by, one) for one in every]


class _CannotCount(ValueError):
    """Of one initiative there is no figure; the message says why."""


def _measured(by: Acting, ref: str | None, named: str | None) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """All that were to be counted, and why some could not be."""
    one = find_initiative(by, ref) if ref else None
    if ref and one is None:
        raise NotCarriedOut(f"There is no initiative {ref}: `craffu initiatives list` shows them.")
    try:
        engine, snapshot = engine_named(named, os.environ), current(folder_of(by))
    except (NoSnapshot, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    aside = {}
    for found in [one] if one else initiatives(by):
        try:
            _count(by, found, snapshot, engine)
        except (_CannotCount, CannotAsk, NotEnoughMemory, Refusal) as fault:
            aside[found.row.reference] = str(fault)
        except (NoSnapshot, NoSpark) as fault:
            raise NotCarriedOut(str(fault)) from fault
    told = [_told(by, found) for found in initiatives(by) if not ref or found.row.reference == ref]
    return told, aside


def waits_of(measure: str) -> timedelta:
    """For how long after a period what belongs to it may still come: counted before, an effect would lack it alone."""
    late = LAG_DAYS if measure in RECORDED_LATE else 0
    return timedelta(days=max(late, WATCHED[measure].waits if measure in WATCHED else 0))


def _count(by: Acting, one: Begun, snapshot: Snapshot, engine: Engine) -> None:
    """The baseline once, and each period after the beginning that was over for long enough when the snapshot was built."""
    today = min(day_of(snapshot.at), day_of(clock.now())) - waits_of(one.row.measure)
    if one.baseline is None and one.baseline_period.last < today:
        keep_figure(
            by=by, initiative=one.row.reference,
            given=replace(_counted(by, one, one.baseline_period, snapshot, engine), is_baseline=True),
        )  # fmt: skip
    for _period in range(_MOST):
        found = find_initiative(by, one.row.reference)
        period = found.next_effect(today) if found else None
        if period is None:
            return
        keep_figure(by=by, initiative=one.row.reference, given=_counted(by, one, period, snapshot, engine))


def _counted(by: Acting, one: Begun, period: Period, snapshot: Snapshot, engine: Engine) -> Counted:
    if one.row.measure in NOT_OF_ITS_DAYS:
        raise _CannotCount(
            f"{one.row.measure} is not told of the days of an initiative. Record it with another measure."
        )
    # How things stood is asked of the period's last day; what happened in it, by all that is known of it now.
    is_state = definition(one.row.measure).kind is MeasureKind.STATE
    if is_state and period.last < _known_from(by):
        version = definition(one.row.measure).version
        return Counted(period, False, None, None, None, NOT_KNOWN_HERE, version, snapshot.name, snapshot.digest)
    wanted = Wanted((one.row.measure,), period.first, period.last, as_of=period.last if is_state else None)
    values = run_measures(by, wanted, snapshot, engine)
    value = next((each for each in values if each.part == one.row.part and each.of is None), None)
    if value is None:
        raise _CannotCount(f"{one.row.measure} has no part {one.row.part} any more.")
    return Counted(
        period, False, value.numerator, value.denominator, value.value, value.note[:200], definition(one.row.measure).version,
        snapshot.name, snapshot.digest,
    )  # fmt: skip


def _known_from(by: Acting) -> date:
    """The day of the first case: how things stood before it nobody here knew, which is not that nothing did."""
    first = first_known(by)
    return day_of(first) if first else date.max


def _told(by: Acting, one: Begun) -> dict[str, Any]:
    row, today = one.row, day_of(clock.now())
    to = shown_to(by, row.measure)
    return {
        "reference": row.reference, "title": row.title_en, "owner": row.owner, "begins_on": row.begins_on.isoformat(),
        "standing": one.standing(today).value, "measure": row.measure, "part": row.part,
        "baseline_fixed_before": one.is_fixed_before,
        "baseline": _figure(one, one.baseline, to) if one.baseline else None,
        "after": [_figure(one, figure, to) for figure in one.effects],
    }  # fmt: skip


def _figure(one: Begun, figure: Any, to: To) -> dict[str, Any]:
    found = None if figure.is_baseline else one.changed(figure, to)
    hidden, told = is_hidden(figure, one.row.measure, to), figure_of(figure, one.row.measure, to)
    return {
        "from": figure.first.isoformat(), "to": figure.last.isoformat(), "numerator": told.count, "denominator": told.of,
        "value": None if hidden else figure.value, "note": note_of(figure, one.row.measure, to),
        "snapshot": figure.snapshot, "digest": figure.digest,
        "changed": found.value if found else None, "interval": list(found.interval) if found else None,
    }  # fmt: skip


def _lines(one: dict[str, Any]) -> Iterator[str]:
    yield f"{one['reference']}  {one['title']}: {one['measure']} {one['part']}, from {one['begins_on']} on ({one['standing']})"
    beside = "beside" if definition(one["measure"]).statistic is Statistic.RATE else "of"
    for name, figure in [("before", one["baseline"]), *(("after", figure) for figure in one["after"])]:
        if figure is None:
            yield "  before: not counted yet"
            continue
        counts = "no figure" if figure["numerator"] is None else str(figure["numerator"])
        whole = "" if figure["denominator"] is None else f" {beside} {figure['denominator']}"
        differs = ""
        if figure["changed"] is not None:
            low, high = figure["interval"]
            differs = f"; changed {figure['changed']:+.3f} ({low:+.3f} to {high:+.3f})"
        note = f"; {figure['note']}" if figure["note"] else ""
        yield f"  {name} {figure['from']} to {figure['to']}: {counts}{whole}{differs}{note}"
