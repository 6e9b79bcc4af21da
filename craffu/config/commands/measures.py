"""`craffu measures list` · `craffu measures run`: what each measure is, and what it comes to over the snapshot that stands.

Every figure says of which snapshot and which version of its definition it is. What may not be shown, or is not known, is
null with the reason, and never 0 (MSR-01 to MSR-03).
"""

import argparse
import json
import os
from collections.abc import Iterator
from datetime import date
from typing import Any

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.clocks.london import utc_text
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot, current
from craffu.engines.spark import NoSpark
from craffu.measures.definitions import definition, shipped
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.engine.running import CannotAsk, Wanted, asked_of
from craffu.measures.engine.running import run as run_measures
from craffu.measures.engine.values import Value
from craffu.measures.events import MEASURES_VIEWED
from craffu.measures.permissions import check_can_see
from craffu.measures.places import folder_of


def run(args: argparse.Namespace) -> int:
    return {"list": _list, "run": _run}[args.action](args)


def _list(args: argparse.Namespace) -> int:
    told = [_described(code) for code in sorted(shipped())]
    if args.json:
        print(json.dumps({"measures": told}, ensure_ascii=False))
    else:
        for one in told:
            print(f"{one['id']:<7} {one['name']}: {one['question']}")
    return DONE


def _described(code: str) -> dict[str, Any]:
    one = definition(code)
    return {
        "id": code, "version": one.version, "sha256": one.sha256, "name": one.name.en, "question": one.question.en,
        "kind": one.kind.value, "unit": one.unit.value, "statistic": one.statistic.value,
        "parts": {part.key: part.words.en for part in one.parts}, "denominator": one.denominator.en,
        "clock": one.basis.value, "within": one.within, "better": one.better.value, "traps": [trap.en for trap in one.traps],
        "splits": [split.value for split in WORKED[code].splits], "is_of_now": WORKED[code].is_of_now,
    }  # fmt: skip


def _run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "measures")
    try:
        check_can_see(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    wanted = Wanted(
        tuple(one.strip() for one in args.measures), _day(args.first), _day(args.last), _day(args.as_of), args.by
    )
    told = _told(by, wanted, args.engine)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        for line in _lines(told):
            print(line)
    return DONE


def _told(by: Acting, wanted: Wanted, named: str | None) -> dict[str, Any]:
    try:
        engine = engine_named(named, os.environ)
        snapshot = current(folder_of(by))
        asked = asked_of(wanted, snapshot)
        values = run_measures(by, wanted, snapshot, engine)
    except (CannotAsk, NoSnapshot, NoSpark, NotEnoughMemory, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    record_consultation(
        kind=MEASURES_VIEWED, actor=by.actor, refs=[f"snapshot/{snapshot.name}"], fields=sorted({one.measure for one in values}),
        request=by.request,
    )  # fmt: skip
    return {
        "force": by.force.code, "from": asked.first.isoformat(), "to": asked.last.isoformat(), "as_of": utc_text(asked.at),
        "engine": str(engine), "snapshot": snapshot.name, "digest": snapshot.digest, "by": wanted.by,
        "values": [_value(one) for one in values],
    }  # fmt: skip


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as fault:
        raise NotCarriedOut(f"{said} is no day. Write it as 2026-11-24.") from fault


def _value(one: Value) -> dict[str, Any]:
    defined = definition(one.measure)
    return {
        "id": one.measure,
        "version": defined.version,
        "part": one.part,
        "by": one.of,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "value": one.value,
        "interval": list(one.interval) if one.interval else None,
        "suppressed": one.suppressed,
        "note": one.note,
        "beside": dict(one.beside),
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['force']}, {told['from']} to {told['to']}, as known at {told['as_of']}"
    yield f"snapshot {told['snapshot']}, {told['engine']}"
    measure = ""
    for one in told["values"]:
        if one["id"] != measure:
            measure = one["id"]
            yield f"\n{measure}  {definition(measure).name.en}"
        name = f"{one['by']}: {one['part']}" if one["by"] else one["part"]
        yield f"  {name:<32} {_said(one)}"


def _said(one: dict[str, Any]) -> str:
    if one["numerator"] is None:
        return str(one["note"])
    counts = str(one["numerator"]) + (f" of {one['denominator']}" if one["denominator"] is not None else "")
    parts = [counts]
    if one["interval"]:
        low, high = one["interval"]
        parts.append(f"{one['value']:.3f} ({low:.3f} to {high:.3f})")
    elif one["value"] is not None and one["denominator"] is not None:
        parts.append(_rounded(one["value"]))
    parts += [f"{name} {_rounded(number)}" for name, number in one["beside"].items() if number]
    return "; ".join([*parts, *([one["note"]] if one["note"] else [])])


def _rounded(number: float) -> str:
    """To read: a whole number as it is, any other to two decimals. The whole of it is in what --json prints."""
    return str(number) if isinstance(number, int) else f"{number:.2f}".removesuffix(".00")
