"""`craffu reconcile`: where two published sources disagree about recorded crime, force by force.

Ends with 1 where they disagree; a force that one source lacks is listed and compared with nothing.
"""

import argparse
import json
from typing import Any

from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.published.definitions import all_series
from craffu.published.periods import Period, period_words
from craffu.published.profile import FOCUS
from craffu.published.reconcile import CannotReconcile, Reconciled, reconcile, twelve_months


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "reconcile")
    for source in (args.source_a, args.source_b):
        if source not in all_series():
            raise NotCarriedOut(f"There is no series called {source}. Known: {', '.join(all_series())}.")
    try:
        found = reconcile(
            args.source_a, args.source_b, measure=args.measure or FOCUS, by=by, period=_period(args.period)
        )
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except CannotReconcile as fault:
        raise NotCarriedOut(str(fault)) from fault
    if args.json:
        print(json.dumps(as_json(found), ensure_ascii=False))
    else:
        print_for_people(found)
    return SOMETHING_AMISS if found.differences else DONE


def _period(text: str | None) -> Period | None:
    try:
        return twelve_months(text) if text else None
    except ValueError as fault:
        raise NotCarriedOut(f"{text} is no period of twelve months: {fault}.") from fault


def as_json(found: Reconciled) -> dict[str, Any]:
    """The public keys of `craffu reconcile`."""
    return {
        "source_a": found.source_a,
        "source_b": found.source_b,
        "measure": found.measure,
        "period": found.period.text,
        "compared": found.compared,
        "agreed": found.agreed,
        "differences": [
            {"force": one.force, "code": one.code, "a": one.a, "b": one.b, "difference": one.difference}
            for one in found.differences
        ],
        "missing": [
            {"force": one.force, "code": one.code, "source": one.source, "why": one.why} for one in found.absent
        ],
    }


def print_for_people(found: Reconciled) -> None:
    print(f"{found.measure}, {period_words(found.period, 'en')}: {found.source_a} against {found.source_b}")
    print(f"{found.compared} forces compared, {found.agreed} agree")
    for one in found.differences:
        print(f"  {one.force:<42} {one.a:>10,} {one.b:>10,} {one.difference:>+10,}")
    for absent in found.absent:
        print(f"  {absent.force:<42} no figure in {absent.source}: {absent.why.replace('_', ' ')}")
