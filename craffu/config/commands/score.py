"""`craffu score`: state whom the force scores · by which scheme · put them in order (PRI-01 to PRI-09).

It orders attention and nothing else: no probability, and no state changes by it (PRI-06).
"""

import argparse
import csv
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.clocks.london import utc_text
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import Engine, UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.spark import NoSpark
from craffu.prevention.events import SCORES_LISTED
from craffu.prevention.models import ScoreRun, ScoreStands
from craffu.prevention.running.actions import score_everybody
from craffu.prevention.running.queries import everybody
from craffu.prevention.scoring.actions import adopt_scheme, define_population
from craffu.prevention.scoring.one import in_use
from craffu.prevention.scoring.queries import definition_of, in_order, standing
from craffu.prevention.scoring.ranking import Ranking, first_of, jaccard, kendall
from craffu.prevention.scoring.schemes import BadScheme, Scheme, default, read, shipped
from craffu.prevention.scoring.weights import BadTable, Table, loaded, own

SAYS: Final = "This orders attention. It does not predict risk. People with no history here can still be dangerous."


def run(args: argparse.Namespace) -> int:
    return {"run": _run, "population": _population, "adopt": _adopt}[args.action](args)


def _population(args: argparse.Namespace) -> int:
    if not (args.name and args.begins and args.necessity and args.assessed):
        raise NotCarriedOut("score population needs --name, --from, --necessity and --assessed")
    by = acting(args.as_user)
    try:
        row = define_population(
            by=by,
            name=args.name,
            begins=_day(args.begins),
            necessity_ref=args.necessity,
            necessity_on=_day(args.assessed),
        )
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    said = {"name": row.name, "version": row.version, "from": row.begins.isoformat(), "necessity": row.necessity_ref}
    print(
        json.dumps(said, ensure_ascii=False) if args.json else f"{row}: in force from {row.begins}, {row.necessity_ref}"
    )
    return DONE


def _adopt(args: argparse.Namespace) -> int:
    if not (args.scheme and args.reason):
        raise NotCarriedOut("score adopt needs --scheme and --reason")
    by = acting(args.as_user)
    try:
        row = adopt_scheme(
            by=by, scheme=scheme_named(args.scheme, default()), table=_table(args.weights, own()), reason=args.reason
        )
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    said = {
        "scheme": row.scheme, "version": row.scheme_version, "sha256": row.scheme_sha256, "weights": row.weights,
        "weights_sha256": row.weights_sha256, "number": row.number,
    }  # fmt: skip
    print(json.dumps(said, ensure_ascii=False) if args.json else f"{row}: in use from the next run on")
    return DONE


def chosen(by: Acting, args: argparse.Namespace) -> tuple[Scheme, Table]:
    """The scheme and the weights that were named; each that was not is the one in use."""
    scheme, table = in_use(by)
    return scheme_named(args.scheme, scheme), _table(args.weights, table)


def _run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    scheme, table = chosen(by, args)
    try:
        made = score_everybody(by=by, scheme=scheme, table=table, engine=engine_named(args.engine, os.environ))
    except (NoSpark, NotEnoughMemory, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    rows = standing(by)
    agreed = (
        None if table is own() else agreement(by, made, rows, scheme, engine_named(args.engine, os.environ), args.top)
    )
    order = in_order(rows, args.top, f"{by.force.code}/{made.number}")
    shown = [f"person/{one}" for one in (*order.listed, *order.unscored)]
    record_consultation(kind=SCORES_LISTED, actor=by.actor, refs=(f"scores/{made.number}", *shown), request=by.request)
    told = {"agreement": agreed} | _told(made, rows, order)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for line in _lines(told):
            print(line)
    return DONE


def agreement(
    by: Acting, made: ScoreRun, rows: list[ScoreStands], scheme: Scheme, engine: Engine, k: int
) -> dict[str, Any]:
    """How far the order is another under our own weights: indices disagree (Ashby 2017), so it is always said (PRI-09)."""
    ours = everybody(by, made.at, definition_of(made.population), scheme, own(), engine)
    theirs = {str(one.person_id): one.value for one in rows if one.value is not None}
    mine = {str(person): row["score"] for person, row in ours.scores.items()}
    first, other = first_of(theirs, k), first_of(mine, k)
    return {
        "with": own().name, "k": k, "first": len(set(first) & set(other)), "jaccard_at_k": jaccard(first, other),
        "kendall_tau": kendall(theirs, mine),
    }  # fmt: skip


def scheme_named(name: str | None, otherwise: Scheme) -> Scheme:
    """A scheme that ships, by its name with or without its version, or one of the force's own in a TOML file."""
    if not name:
        return otherwise
    if name.endswith(".toml"):
        file = Path(name)
        try:
            return read(file.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as fault:
            raise NotCarriedOut(f"{file.name} cannot be read") from fault
        except BadScheme as fault:
            raise NotCarriedOut(f"{file.name}: {fault}") from fault
    ships = {f"{one.name.lower()}{said}": one for one in shipped().values() for said in ("", f"-{one.version}")}
    if name.lower() not in ships:
        named = ", ".join(one.name for one in shipped().values())
        raise NotCarriedOut(f"there is no scheme {name}: give {named}, or a file that ends in .toml")
    return ships[name.lower()]


def _table(path: str | None, otherwise: Table) -> Table:
    if path is None:
        return otherwise
    file = Path(path)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = [(row[0].strip(), row[1].strip()) for row in list(csv.reader(stream))[1:] if row]
        return loaded(file.stem[:40], 1, rows)
    except (OSError, UnicodeDecodeError, IndexError) as fault:
        raise NotCarriedOut(f"{file.name} cannot be read as lines of code,days under a head") from fault
    except BadTable as fault:
        raise NotCarriedOut(f"{file.name}: {fault}") from fault


def _told(made: ScoreRun, rows: list[ScoreStands], order: Ranking) -> dict[str, Any]:
    by_reference = {one.person.reference: one for one in rows}
    return {
        "scheme": made.scheme, "version": made.scheme_version, "sha256": made.scheme_sha256, "weights": made.weights,
        "weights_sha256": made.weights_sha256, "population": str(made.population), "as_of": utc_text(made.at),
        "scored": made.scored, "unscored": made.without_score, "outside": made.outside, "listed": len(order.listed),
        "tied": order.tied, "says": SAYS,
        "ranking": [_row(place, by_reference[one]) for place, one in enumerate(order.listed, 1)],
        "no_scoreable_history": list(order.unscored),
    }  # fmt: skip


def _row(place: int, one: ScoreStands) -> dict[str, Any]:
    return {
        "rank": place, "person": one.person.reference, "priority": one.tier, "score": _short(one.value),
        "range": [_short(one.low), _short(one.high)], "convicted_only": _short(one.proved), "floors": one.floors,
        "flags": one.flags, "contributions": {part: _short(points) for part, (_, points) in one.parts.items()},
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield told["says"]
    yield f"{told['scheme']} {told['version']}, weights {told['weights']}; {told['population']}; as of {told['as_of']}"
    yield f"{told['scored']} scored, {told['unscored']} with no scoreable history, {told['outside']} outside the population"
    for one in told["ranking"]:
        why = ", ".join(one["floors"]) or ", ".join(
            f"{part} {points:.1f}" for part, points in one["contributions"].items()
        )
        score = "no score" if one["score"] is None else f"{one['score']:.1f}"
        yield f"{one['rank']:>4}  {one['person']}  priority {one['priority']}  {score}  {why}"
    if (agreed := told["agreement"]) is not None:
        yield (
            f"by weights {agreed['with']} {agreed['first']} of the first {agreed['k']} of either are in both"
            f" (Jaccard {_said(agreed['jaccard_at_k'])}); Kendall's tau of all {_said(agreed['kendall_tau'])}"
        )
    if told["tied"]:
        yield f"and {told['tied']} tied with the last"


def _said(value: float | None) -> str:
    return "no cases" if value is None else f"{value:.3f}"


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as fault:
        raise NotCarriedOut(f"{said} is no day: give one such as 2026-11-24") from fault
