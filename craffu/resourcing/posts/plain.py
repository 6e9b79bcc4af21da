"""Questions about posts as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from typing import Any, Final

from craffu.resourcing.posts import rules

# As the case file writes a caseload.
_PLACES: Final = 2


def caseload(managers: int, active_orders: int) -> dict[str, Any]:
    found = rules.caseload(managers, active_orders)
    value = None if found.value is None else round(float(found.value), _PLACES)
    return {"value": value, "note": found.note, "warn": found.warn}
