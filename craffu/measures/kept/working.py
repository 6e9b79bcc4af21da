"""Every measure over a snapshot, worked out once for each kind of reader and kept beside it (MSR-01 to MSR-03; ADR 86).

Of the year to the snapshot and of the year before; of a state, how it stood a year before. Never asked by a page.
"""

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any, Final

from craffu.clocks.london import end_of
from craffu.engines.choice import Engine
from craffu.engines.expressions import answered
from craffu.engines.snapshots import Snapshot
from craffu.measures.definitions import Kind, Statistic, definition
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.catalogue import WORKED, Worked
from craffu.measures.engine.running import Telling, Wanted, all_of, asked_of, told_over
from craffu.measures.engine.together import guarded, values_of
from craffu.measures.engine.values import Value
from craffu.measures.kept.counted import OF_BREACHES, OF_ORDERS, SIGNAL
from craffu.measures.kept.reading import FILE, FORMAT, summed
from craffu.measures.permissions import OPENED_BY
from craffu.measures.watching.working import WATCHED, alerts_of
from craffu.published.disclosure import To

_A_YEAR: Final = timedelta(days=365)


def figures_of(snapshot: Snapshot, engine: Engine) -> dict[str, Any]:
    """Every figure of a snapshot. Raises NoSnapshot, NotEnoughMemory and NoSpark."""
    now = asked_of(Wanted(), snapshot)
    first, last = now.first - _A_YEAR, now.last - _A_YEAR
    told: dict[str, dict[str, dict[str, list[dict[str, Any]]]]] = {
        code: {one.value: {} for one in To} for code in WORKED
    }
    # Each table once, for every measure and both years: each for itself would take the memory of all of them many times.
    tables = snapshot.tables(sorted({name for one in WORKED.values() for name in one.tables}))
    telling, exact = {}, {}
    for name, is_now in (("now", True), ("before", False)):
        asked = {code: now if is_now else _before(definition(code).kind, now) for code in WORKED}
        telling[name] = {code: told_over(code, snapshot, asked[code], engine, tables) for code in WORKED}
        exact[name] = _every(telling[name], To.ROWS)
    values = values_of(exact.values())
    for name, to in product(exact, To):
        for code, several in guarded(exact[name], _every(telling[name], to), to, values).items():
            told[code][to.value][name] = [_written(split, one) for split, one in several]
    return {
        "snapshot": snapshot.name, "digest": snapshot.digest, "at": snapshot.at.isoformat(),
        "first": now.first.isoformat(), "last": now.last.isoformat(), "first_before": first.isoformat(),
        "last_before": last.isoformat(),
        "measures": {code: _measure(code, worked, told[code]) for code, worked in WORKED.items()},
    }  # fmt: skip


def _every(telling: Mapping[str, Telling], to: To) -> dict[str, list[tuple[str, Value]]]:
    """Every figure of every measure by itself, as it is told to a kind of reader."""
    return {code: list(all_of(WORKED[code], told, to)) for code, told in telling.items()}


def _measure(code: str, worked: Worked, told: Mapping[str, Any]) -> dict[str, Any]:
    defined = definition(code)
    return {
        "version": defined.version, "sha256": defined.sha256, "opened_by": list(OPENED_BY[code]),
        "is_of_now": worked.is_of_now, "told": told,
    }  # fmt: skip


def _before(kind: Kind, now: Asked) -> Asked:
    """What happened a year before, as it is known now; a state as it was known then."""
    first, last = now.first - _A_YEAR, now.last - _A_YEAR
    return Asked(first, last, end_of(last)) if kind is Kind.STATE else replace(now, first=first, last=last)


def _written(split: str, one: Value) -> dict[str, Any]:
    return {
        "part": one.part, "split": split, "of": one.of or "", "numerator": one.numerator, "denominator": one.denominator,
        "value": one.value, "interval": list(one.interval) if one.interval else None, "is_hidden": one.suppressed,
        "note": one.note, "beside": dict(one.beside),
    }  # fmt: skip


def counted_of(snapshot: Snapshot, engine: Engine) -> dict[str, Any]:
    """Which records the figures of the year counted, by measure and part; which months are signals. Raises as `figures_of`."""
    now = asked_of(Wanted(), snapshot)
    tables = snapshot.tables(sorted({name for code in (*OF_ORDERS, *OF_BREACHES) for name in WORKED[code].tables}))
    orders: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for code, named in (*((code, "order") for code in OF_ORDERS), *((code, "breach") for code in OF_BREACHES)):
        worked, is_rate = WORKED[code], WORKED[code].statistic is Statistic.RATE
        # What a rate is beside is of other things.
        names = [name for name in (*worked.parts, "" if is_rate else worked.of) if name]
        asks = WATCHED[code].asks if code in WATCHED else None
        rows = answered((asks or worked.asks)(now, named), {name: tables[name] for name in worked.tables}, engine)
        orders[code] = {name: sorted(row["by"] for row in rows.to_pylist() if row[name]) for name in names}
    signals = []
    for code, part, found, of_month in alerts_of(snapshot, engine):
        orders[code][f"{SIGNAL}{part}"] = of_month
        signals.append(
            {
                "code": code, "part": part, "rule": found.rule.value, "is_up": found.is_up,
                "month": found.month.first.isoformat(), "numerator": found.month.numerator,
                "denominator": found.month.denominator, "mean": found.limits.mean, "is_trial": found.limits.is_trial,
            }
        )  # fmt: skip
    return {"snapshot": snapshot.name, "orders": orders, "signals": signals}


def write(folder: Path, figures: Mapping[str, Any], name: str = FILE) -> None:
    """Keeps the figures of a force in place of those before, all of them or none; this account alone reads them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps({"format": FORMAT, "sum": summed(figures), "figures": figures}, ensure_ascii=False)
    handle, aside = tempfile.mkstemp(prefix=f".{name}-", dir=folder)
    path = Path(aside)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        path.chmod(0o400)
        path.replace(folder / name)
    finally:
        path.unlink(missing_ok=True)
