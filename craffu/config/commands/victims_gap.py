"""`craffu victims gap`: what was done for victims beside what they were told and say they feel (Q1, C1, MET29, MET30).

Whom each figure is of, over which days, of how many, and how many answered stand with it. A figure that may not be shown is null
with the reason, never 0 (MSR-02, MSR-03); the page shows the same (MSR-01).
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from craffu.audit.actions import record_consultation
from craffu.clocks.london import day_of, utc_text
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.published.disclosure import To
from craffu.victims.events import GAP_VIEWED
from craffu.victims.gap.facts import Gap
from craffu.victims.gap.kinds import Split
from craffu.victims.gap.queries import gap_of
from craffu.victims.gap.shown import Shown, every_line
from craffu.victims.permissions import check_can_see_figures, shown_to

A_YEAR = timedelta(days=365)
_HIDDEN = {"no_cases": "no cases", "too_few": "too few to show"}


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    try:
        check_can_see_figures(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    now = clock.now()
    last = _day(args.last) or day_of(now)
    first = _day(args.first) or last - A_YEAR
    if first > last:
        raise NotCarriedOut(f"{first} is after {last}. Give the first day before the last.")
    to = To.PUBLIC if args.public else shown_to(by)
    found = gap_of(by, first, last, now)
    record_consultation(kind=GAP_VIEWED, actor=by.actor, refs=(), request=by.request)
    values = [_value(one) for one in every_line(found, Split(args.by), to)]
    told = {
        "force": by.force.code, "from": first.isoformat(), "to": last.isoformat(), "as_of": utc_text(now),
        "output": to.value, "by": args.by, "surveys": _surveys(found), "values": values,
    }  # fmt: skip
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for line in _lines(told):
            print(line)
    return DONE


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as fault:
        raise NotCarriedOut(f"{said} is no day. Write it as 2026-11-24.") from fault


def _surveys(found: Gap) -> list[str]:
    return sorted({key.survey for key in found if "/" in key.survey})


def _value(one: Shown) -> dict[str, Any]:
    return {
        "figure": one.key.figure.value,
        "survey": one.key.survey,
        "by": one.key.by.value,
        "value": one.key.value,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "share": one.share,
        "interval": list(one.interval) if one.interval else None,
        "suppressed": one.why == "too_few",
        "note": _HIDDEN.get(one.why, "fewer than 30: read with care" if one.with_care else ""),
        "valid": one.response.valid if one.response else None,
        "delivered": one.response.delivered if one.response else None,
        "parts": dict(one.parts),
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['force']}, {told['from']} to {told['to']}, as known at {told['as_of']}"
    figure = ""
    for one in told["values"]:
        title = f"{one['figure']} {one['survey']}".rstrip()
        if title != figure:
            figure = title
            yield f"\n{title}"
        if one["share"] is None:
            said = one["note"]
        else:
            low, high = (f"{100 * end:.0f}" for end in one["interval"])
            said = f"{one['numerator']} of {one['denominator']}, {100 * one['share']:.0f}% ({low} to {high})"
            said += f"; {one['note']}" if one["note"] else ""
        if one["delivered"]:
            said += f"; answered by {one['valid']} of {one['delivered']}"
        name = one["value"] or ("not known" if one["by"] != "whole" else "all")
        yield f"  {name:<24} {said}"
        for part, number in one["parts"].items():
            yield f"    {part:<22} {'too few to show' if number is None else number}"
