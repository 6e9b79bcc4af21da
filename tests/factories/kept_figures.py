"""Figures of measures kept as pages read them: over a real snapshot, or told from counts without any engine."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.engines.choice import Engine, Kind
from craffu.measures.definitions import Slice, Statistic, definition
from craffu.measures.digests.actions import keep_digest
from craffu.measures.engine.catalogue import WORKED, Worked
from craffu.measures.engine.values import Told
from craffu.measures.kept.working import write
from craffu.measures.permissions import OPENED_BY
from craffu.measures.places import folder_of
from craffu.measures.snapshots.actions import build_snapshot, keep_figures
from craffu.published.disclosure import To

YEAR = timedelta(days=365)
type Counts = Mapping[str, tuple[int, int]]


def figures_kept(by: Acting) -> None:
    """A snapshot of what there is, with its figures."""
    keep_figures(by=by, snapshot=build_snapshot(by=by), engine=Engine(Kind.DUCKDB))


def figures_and_digest(by: Acting) -> None:
    """And the digest of this week."""
    figures_kept(by)
    keep_digest(by=by, now=clock.now())


def _rows(worked: Worked, counts: tuple[int, int], of: str | None) -> list[dict[str, Any]]:
    number, whole = counts
    if worked.statistic is Statistic.DURATION:
        return [{"by": of, "stage": part, "days": 2, "cause": 1, "number": number} for part in worked.parts if number]
    counted = dict.fromkeys(worked.parts, number) | dict.fromkeys(worked.beside, 0)
    return [{"by": of, **counted, **({worked.of: whole} if worked.of else {})}]


def _told(code: str, to: To, counts: tuple[int, int]) -> list[dict[str, Any]]:
    worked = WORKED[code]
    told = Told(code, to, worked.parts, worked.of, worked.beside, worked.per, worked.least)
    how = {
        Statistic.PROPORTION: told.shares, Statistic.COUNT: told.counts, Statistic.RATE: told.rates,
        Statistic.DURATION: told.durations,
    }[worked.statistic]  # fmt: skip
    values = {
        Slice.ORDER_TYPE: ["SPO", "SHPO"], Slice.AREA: ["south", "north", ""], Slice.TEAM: ["south/south-1", "north/", "/"],
        Slice.SEX: ["F", "M", ""], Slice.AGE_BAND: ["", "25_to_34", "under_18"],
    }  # fmt: skip
    splits = [("", [None]), *((one.value, several) for one, several in values.items() if one in worked.splits)]
    return [
        {
            "part": one.part, "split": split, "of": one.of or "", "numerator": one.numerator, "denominator": one.denominator,
            "value": one.value, "interval": list(one.interval) if one.interval else None, "is_hidden": one.suppressed,
            "note": one.note, "beside": dict(one.beside),
        }
        for split, values in splits
        for one in how([row for of in values for row in _rows(worked, counts, of)])
    ]  # fmt: skip


def kept_of(by: Acting, at: datetime, now: Counts, before: Counts | None = None) -> None:
    """Keeps these counts of measures, so many of so many; of every other there are no cases."""
    last = day_of(at)
    first = last - YEAR + timedelta(days=1)
    measures = {
        code: {
            "version": definition(code).version, "sha256": definition(code).sha256, "opened_by": list(OPENED_BY[code]),
            "is_of_now": worked.is_of_now,
            "told": {
                to.value: {
                    "now": _told(code, to, now.get(code, (0, 0))), "before": _told(code, to, (before or {}).get(code, (0, 0))),
                }
                for to in To
            },
        }
        for code, worked in WORKED.items()
    }  # fmt: skip
    said = {
        "snapshot": "20260114T180000Z-0123456789ab", "digest": "0" * 64, "at": at.isoformat(), "first": first.isoformat(),
        "last": last.isoformat(), "first_before": (first - YEAR).isoformat(), "last_before": (last - YEAR).isoformat(),
        "measures": measures,
    }  # fmt: skip
    write(folder_of(by), said)
