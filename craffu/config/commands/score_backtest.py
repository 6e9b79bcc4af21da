"""`craffu score backtest`: how right the scheme would have been at cut-offs of the past, beside five simpler orders (methods A6).

It prints what it finds, whatever that is: the scheme is ahead only where the interval of the difference leaves out nought.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from tqdm import tqdm

from craffu.access.acting import Acting
from craffu.access.reach.queries import placements
from craffu.audit.actions import record_consultation
from craffu.cases.models import Case
from craffu.clocks.london import day_of
from craffu.common import (
    clock,
    lookups,  # noqa: F401 (registers `one_of`)
)
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.config.commands.score import chosen
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.spark import NoSpark
from craffu.people.queries import described
from craffu.prevention.events import SCORES_PROVED
from craffu.prevention.permissions import check_can_see_scores
from craffu.prevention.proving.cutoffs import ORDERS, OUTCOMES, Past, asked_at, days_to_ask, past_of
from craffu.prevention.proving.leaks import Leaked
from craffu.prevention.proving.told import told_of
from craffu.victims.gap.rules import age_band

SAYS: Final = (
    "What a system says first of an act is taken as known when it was recorded; it may since have been put right without a word.",
    "A link of the model's is taken as made when its record was first known.",
    "Whoever had no recorded history by a cut-off stands in no such list.",
    "Once people are looked at because of the list, what follows is no test of it.",
)
_WORDS: Final = {
    "random": "drawn by lot", "incidents": "number of incidents in a year", "v100": "harm of a year (V100)",
    "newest": "most recent first", "grade": "officer's grade of risk",
}  # fmt: skip


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_see_scores(by)
        scheme, table = chosen(by, args)
        engine = engine_named(args.engine, os.environ)
        past = past_of(by)
        days = days_to_ask(past, day_of(clock.now()))
        if not days:
            raise NotCarriedOut(
                "the records do not go back far enough: three years before the first cut-off and 455 days after it"
            )
        with tqdm(
            desc="Held against what came next", total=len(days) * (1 + len(OUTCOMES) * len(ORDERS)), delay=2,
            disable=args.json or not sys.stderr.isatty(), file=sys.stderr,
        ) as bar:  # fmt: skip
            asked = list(asked_at(past, days, scheme, table, engine, bar.update))
            groups = _groups(by, past, days[-1])
            told = told_of(asked, args.capacity, groups, resamples=args.resamples, said=bar.update)
    except (Leaked, NoSpark, NotEnoughMemory, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    record_consultation(kind=SCORES_PROVED, actor=by.actor, refs=(), request=by.request)
    answer = {
        "scheme": scheme.name, "version": scheme.version, "sha256": scheme.sha256, "weights": table.name,
        "weights_sha256": table.sha256, "resamples": args.resamples, "taken_as_so": list(SAYS), **told,
    }  # fmt: skip
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for line in _lines(answer):
            print(line)
    return DONE


def _groups(by: Acting, past: Past, on: date) -> dict[str, dict[int, str]]:
    """By sex, recorded ethnicity, age and area, which group each person is of: read from outside the score (PRI-08)."""
    said = described(by, set(past.whose), clock.now())
    found: dict[str, dict[int, str]] = {"sex": {}, "ethnicity": {}, "age": {}, "area": _areas(by, past)}
    for record, decided in sorted(past.whose.items()):
        sex, born_on, ethnicity = said.get(record, ("", "", ""))
        for name, value in (("sex", sex), ("ethnicity", ethnicity), ("age", age_band(born_on, on))):
            if value:
                found[name].setdefault(decided[-1][1], value)
    return found


def _areas(by: Acting, past: Past) -> dict[int, str]:
    """The area to which the case of somebody's last act belongs, where the force has said so of it."""
    cases = {int(one.case) for one in past.spans if one.case.isdigit()}
    called = dict(
        Case.objects.for_user(by).filter(pk__one_of=frozenset(cases)).order_by().values_list("pk", "reference")
    )
    stand = placements(by.force, "case", called.values())
    found: dict[int, str] = {}
    for one in sorted(past.spans, key=lambda each: each.known_from):
        placed = stand.get(called.get(int(one.case), "")) if one.case.isdigit() else None
        if placed is not None and placed.area is not None and past.whose.get(one.record):
            found[past.whose[one.record][-1][1]] = placed.area.code
    return found


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"{told['scheme']} {told['version']} at {len(told['cutoffs'])} cut-offs, {told['cutoffs'][0]} to {told['cutoffs'][-1]}"
    yield f"{told['people']} people, the first {told['k']} of each cut-off picked"
    for name, of in told["outcomes"].items():
        yield f"{name}: followed {of['followed']} of {told['rows']} rows"
        yield f"  {'scheme':<30} {_figures(of['scheme'])}"
        for other, words in _WORDS.items():
            one = of["baselines"][other]
            yield f"  {words:<30} {_figures(one)}  {_lead(one['scheme_is_ahead_by'])}"
    drift = told["drift"]
    if drift["psi"] is None:
        yield f"whether scores have shifted: {drift['is']}"
    else:
        yield f"scores have shifted by {_said(drift['psi'])}: {drift['is']}"
    yield f"{told['serious_missed']['number']} serious acts of people whom it did not pick"
    for one in told["fairness"]:
        if one.get("is_alert"):
            yield f"ALERT: {one['gap_of'].upper()} of {one['by']} {one['group']} less {one['other']}: {one['gap']:+.3f}"
    yield from told["taken_as_so"]


def _figures(of: Mapping[str, Any]) -> str:
    return "  ".join(
        f"{what} {_said(of[what]['value'])} {_between(of[what])}" for what in ("precision", "recall", "harm")
    )


def _lead(of: Mapping[str, Any]) -> str:
    """On precision and on harm, which as a rule do not agree."""
    sure = [f"{what} {one['value']:+.3f}" for what, one in of.items() if one["is_sure"] and what != "recall"]
    return f"scheme surely ahead or behind: {', '.join(sure)}" if sure else "not surely different"


def _said(value: float | None) -> str:
    return "no cases" if value is None else f"{value:.3f}"


def _between(of: Mapping[str, float | None]) -> str:
    return "" if of["low"] is None else f"({of['low']:.3f} to {of['high']:.3f})"
