"""Questions about champions as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from craffu.resourcing.champions import rules


def champion(trained_on: str | None, continued_on: Sequence[str] | None, on: str) -> dict[str, Any]:
    first = date.fromisoformat(trained_on) if trained_on else None
    return asdict(
        rules.champion(first, [date.fromisoformat(day) for day in continued_on or ()], date.fromisoformat(on))
    )


def coverage(shifts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found = rules.coverage(shift["current_champions"] for shift in shifts)
    value = None if found.share is None else float(found.share)
    return {"numerator": found.numerator, "denominator": found.denominator, "value": value, "note": found.note}
