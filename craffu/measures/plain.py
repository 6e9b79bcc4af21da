"""Answers of the rules about measures in plain numbers and words, as a case file has them (MSR-01 to MSR-08, RES-02)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from craffu.clocks.london import day_or_none, instant_of, instant_or_none
from craffu.measures.comparing import Dated, Side, compare
from craffu.measures.releasing import Disclosure, Line, Told, Total, pool, public_share, tell, tell_table
from craffu.measures.rules import (
    InForce,
    Opened,
    Place,
    Served,
    Share,
    Step,
    applications,
    breach_incidence,
    cohort,
    considered,
    disagreeing,
    time_to_breach,
)
from craffu.measures.statistics.signals import chart
from craffu.measures.statistics.survival import Spell
from craffu.published.disclosure import To
from craffu.published.plain import NOTES
from craffu.published.rules import Why

HIDDEN: Final = "[c]"
_TILE: Final = "tile"
_DECIMALS: Final = 4

type Given = Mapping[str, Any]
type Plain = dict[str, Any]


def plain_one_definition(places: Iterable[Given]) -> Plain:
    held = [Place(one["where"], one["id"], one["version"], one["value"]) for one in places]
    return {"consistent": not disagreeing(held)}


def plain_considered(cases: Iterable[Given], as_of: str) -> Plain:
    held = [
        Opened(instant_of(datetime.fromisoformat(one["opened_at"])), instant_or_none(one.get("decided_at")))
        for one in cases
    ]
    return _share(considered(held, instant_of(datetime.fromisoformat(as_of))))


def plain_applications(rows: Iterable[Given]) -> Plain:
    found = applications((row["episode"], Step(row["what"])) for row in rows)
    rate = _share(found.grant_rate)
    return {
        "full_applications": found.lodged,
        "with_interim": found.with_interim,
        "granted": found.granted,
        "refused": found.refused,
        "grant_rate": rate["value"],
        "note": rate["note"],
    }


def plain_cohort(orders: Iterable[Given], extract_on: str, lag_days: int) -> Plain:
    held = [
        Served(one["id"], date.fromisoformat(one["served_on"]), day_or_none(one.get("first_breach_on")))
        for one in orders
    ]
    found = cohort(held, date.fromisoformat(extract_on), lag_days)
    return {**_share(found.share), "not_yet_observed": list(found.not_yet_observed)}


def plain_incidence(orders: Iterable[Given], first: str, last: str) -> Plain:
    held = [
        InForce(
            [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in one["served_spans"]],
            [(each["incident"], date.fromisoformat(each["on"])) for each in one["breaches"]],
        )
        for one in orders
    ]
    found = breach_incidence(held, date.fromisoformat(first), date.fromisoformat(last))
    return {
        "incidents": found.incidents,
        "order_days": found.order_days,
        "value": round(found.rate.value, _DECIMALS) if found.rate else None,
        "note": None if found.rate else NOTES[Why.NO_CASES],
    }


def plain_time_to_breach(times: Iterable[float], causes: Iterable[int]) -> Plain:
    found = time_to_breach(Spell(time, cause) for time, cause in zip(times, causes, strict=True))
    return {
        "one_minus_km": _steps(found.one_minus_kaplan_meier),
        "cumulative_incidence": _steps(found.cumulative_incidence),
        "last_at_risk": _steps(found.at_risk),
    }


def plain_public_count(count: int) -> Plain:
    return {"shown": _hidden(tell(count, To.PUBLIC).count)}


def plain_public_percentage(numerator: int, denominator: int) -> Plain:
    found = public_share(numerator, denominator)
    if found is None:
        return {"shown": HIDDEN}
    return {"shown": round(found.percent, 1), "numerator": found.numerator, "denominator": found.denominator}


def plain_table(table: list[list[int]], output: str) -> Plain:
    found = tell_table(table, To(output))
    return {
        "shown": [_line(row) for row in found.cells],
        "row_totals": _line(found.row_totals),
        "column_totals": _line(found.column_totals),
        "total": _hidden(found.total),
        "primary": found.primary,
        "secondary": found.secondary,
    }


def plain_count(given: Given) -> Plain:
    """A count on a tile is shown to those who may open its rows; to others a tile is an aggregate like any other."""
    output = given["output"]
    to = To(output) if output != _TILE else To.ROWS if given.get("may_open_rows") else To.INTERNAL
    total = Total(given.get("unit", ""), given.get("scope", ""), given.get("period", ""), given.get("by") or "")
    said = given.get("decision")
    decision = Disclosure(said["by"], date.fromisoformat(said["on"]), said["reason"]) if said else None
    found = tell(given["count"], to, total, decision)
    return {**_told(found), "exact_by": found.exact_by}


def plain_pooled(given: Given) -> Plain:
    years = {int(year): count for year, count in given["years"].items()}
    found = pool(years, given["pool"], single_years_published=bool(given.get("single_years_published")))
    return {
        "periods": [{"from": str(one.first), "to": str(one.last), **_told(one.told)} for one in found.blocks],
        "left_out": [str(year) for year in found.left_out],
        "refused": found.why and found.why.value,
    }


def plain_comparison(given: Given) -> Plain:
    first, second = (
        Side(given[f"definition{side}"], (date.fromisoformat(start), date.fromisoformat(end)))
        for side in (1, 2)
        for start, end in (given[f"period{side}"],)
    )
    found = compare(
        first,
        second,
        [Dated(one["name"], date.fromisoformat(one["on"])) for one in given.get("breaks", ())],
        [Dated(one["name"], date.fromisoformat(one["from"])) for one in given.get("explanations", ())],
    )
    return {
        "flags": [f"{flag}:{name}" if name else flag.value for flag, name in found.flags],
        "comparable": found.is_comparable,
    }


def plain_chart(given: Given) -> Plain:
    found = chart(given["y"], screen=given["screen"], counts=bool(given.get("counts")))
    limits = found.limits
    return {
        "mean": limits and round(limits.mean, _DECIMALS),
        "lower": limits and round(limits.lower, _DECIMALS),
        "upper": limits and round(limits.upper, _DECIMALS),
        "signals": [one.kind.value if one else None for one in found.signals],
        "trial_limits": limits.is_trial if limits else True,
    }


def _share(found: Share) -> Plain:
    """A share without its interval; its note says that there is nothing to divide, and no more."""
    answer = found.answer
    return {
        "numerator": found.numerator,
        "denominator": found.denominator,
        "value": None if answer.value is None else round(answer.value, _DECIMALS),
        "note": answer.why and NOTES[answer.why],
    }


def _steps(steps: Iterable[tuple[float, float]]) -> list[list[float]]:
    return [[time, round(value, _DECIMALS)] for time, value in steps]


def _told(found: Told) -> Plain:
    words = None if found.fewer_than is None else f"fewer than {found.fewer_than}"
    return {"shown": _hidden(found.count), "words": words}


def _hidden(count: int | None) -> int | str:
    return HIDDEN if count is None else count


def _line(line: Line) -> list[int | str]:
    return [_hidden(count) for count in line]
