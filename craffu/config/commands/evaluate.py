"""`craffu evaluate`: an honest judgement of any table of scores, whoever made them (methods A6).

Needs neither a database nor Django, and keeps nothing.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from craffu.config.cli import DONE, NotCarriedOut
from craffu.prevention.proving.evaluating import evaluated
from craffu.prevention.proving.tables import BadTable, read_scored

_SHARES = {
    "base_rate": "had the outcome", "selection_rate": "at or above the threshold", "ppv": "of those, had the outcome (PPV)",
    "fpr": "without it, yet above (FPR)", "fnr": "with it, yet below (FNR)",
}  # fmt: skip


def run(args: argparse.Namespace) -> int:
    try:
        of = read_scored(Path(args.table), args.score, args.outcome, args.group)
    except BadTable as fault:
        raise NotCarriedOut(str(fault)) from fault
    answer = evaluated(of, args.threshold, by_group=args.group is not None)
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for line in _lines(answer):
            print(line)
    return DONE


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    yield f"{answer['n']} people, {answer['left_out']} rows left out that say no score or no outcome"
    yield f"AUC {_value(answer['auc'])} {_between(answer['auc_interval'])}".rstrip()
    yield f"threshold {answer['threshold']:g}: {answer['threshold_taken']}"
    yield from _shares(answer)
    yield f"lift {_value(answer['lift'])}"
    yield "by score, a tenth of them each where ties allow:"
    for one in answer["tenths"]:
        rate = f"{one['outcomes']} of {one['n']} = {_value(one['rate'])} {_between(one['interval'])}"
        yield f"  {one['low']:g} to {one['high']:g}: {rate}"
    for one in answer["groups"]:
        yield f"{one['group']}: {one['n'] if one['is_shown'] else one['why']}"
        if one["is_shown"]:
            yield from _shares(one)
    for one in answer["gaps"]:
        said = "  ALERT" if one["is_alert"] else ""
        yield f"{one['share'].upper()} of {one['group']} less {one['other']}: {one['gap']:+.3f} {_between(one['interval'])}{said}"


def _shares(of: dict[str, Any]) -> Iterator[str]:
    for name, words in _SHARES.items():
        yield f"  {_value(of[name])} {_between(of['intervals'][name])} {words}"


def _value(said: float | None) -> str:
    return "no cases" if said is None else f"{said:.3f}"


def _between(ends: list[float] | None) -> str:
    return f"({ends[0]:.3f} to {ends[1]:.3f})" if ends else ""
