"""`craffu sample agreement`: how far reviewers agree on each question, before they spoke (SCR-08).

Needs neither a database nor Django, and keeps nothing.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from craffu.config.cli import DONE, NotCarriedOut
from craffu.scrutiny.agreeing.rules import alpha, table_of
from craffu.scrutiny.agreeing.tables import Answered, read_answers
from craffu.scrutiny.plain import plain_agreement, plain_weighted_kappa
from craffu.scrutiny.sampling.tables import BadTable

_NOTHING = ("agreement", "interval", "kappa", "ac1", "ac1_interval")


def run(args: argparse.Namespace) -> int:
    if not args.file:
        raise NotCarriedOut("sample agreement needs a table of answers: craffu sample agreement ratings.csv")
    answers = [one.strip() for one in (args.answers or "").split(",") if one.strip()]
    if args.ordered and len(answers) < 2:
        raise NotCarriedOut("--ordered needs the answers in their order: --answers low,medium,high")
    try:
        found = read_answers(Path(args.file))
        questions = [_question(name, one, answers, ordered=args.ordered) for name, one in found.items()]
    except BadTable as fault:
        raise NotCarriedOut(str(fault)) from fault
    if args.json:
        print(json.dumps({"questions": questions}, ensure_ascii=False))
    else:
        print("\n".join(line for one in questions for line in _lines(one)))
    return DONE


def _question(name: str, of: Answered, answers: Sequence[str], *, ordered: bool) -> dict[str, Any]:
    given = {answer for case in of.cases for answer in case if answer is not None}
    if answers and (others := given - set(answers)):
        raise BadTable(f"{name}: {', '.join(sorted(others))} is none of the answers that --answers names")
    kinds = list(answers) or sorted(given)
    if len(kinds) == 1:
        # One answer alone was given: there was another to give.
        kinds.append(f"not {kinds[0]}")
    pairs = of.pairs
    table = table_of(pairs, kinds)
    made: dict[str, Any] = {"question": name, "n": len(pairs), **dict.fromkeys(_NOTHING)}
    if pairs:
        made |= plain_agreement(table)
        made["prevalence"] = {kind: sum(pair.count(kind) for pair in pairs) / (2 * len(pairs)) for kind in kinds}
        if ordered:
            made |= plain_weighted_kappa(table)
    if of.gaps or of.reviewers > 2:
        value = alpha(of.cases)
        made |= {"alpha": None if value is None else round(value, 4), "gaps": of.gaps, "reviewers": of.reviewers}
    return made


def _lines(one: Mapping[str, Any]) -> Iterator[str]:
    yield f"{one['question']}: {one['n']} cases that two reviewers answered"
    if one["n"]:
        yield f"  agreement {one['agreement']:.3f} {_between(one['interval'])}"
        yield f"  kappa {'not defined' if one['kappa'] is None else format(one['kappa'], '.3f')}"
        yield f"  AC1 {one['ac1']:.3f} {_between(one['ac1_interval'])}"
        yield "  " + ", ".join(f"{kind} {share * 100:.0f} %" for kind, share in one["prevalence"].items())
    if "kappa_quadratic" in one:
        yield f"  kappa with quadratic weights {_or_none(one['kappa_quadratic'])}"
    if "alpha" in one:
        yield f"  Krippendorff's alpha {_or_none(one['alpha'])} of {one['reviewers']} reviewers, {one['gaps']} gaps"
    if one["n"] and not one["may_be_quoted"]:
        yield "  not to be quoted: rewrite the question and review it again (the interval of AC1 reaches below 0.6)"


def _between(ends: list[float] | None) -> str:
    return f"({ends[0]:.3f} to {ends[1]:.3f})" if ends else "(one case: no interval)"


def _or_none(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"
