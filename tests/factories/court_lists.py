"""A court's list of orders as a file, line by line, and its conditions."""

import csv
from pathlib import Path
from typing import Final

from craffu.access.acting import Acting
from craffu.intake.running import Done, take_in

LINE: Final = {
    "order_ref": "ORD-000001", "order_kind": "SPO", "court_code": "B63IE", "ptiurn": "63AA1", "result_code": "3307",
    "made_on": "2026-11-20", "ends_on": "2028-11-19", "until_further_order": "no", "status": "in_force", "varied_on": "",
    "respondent_forenames": "Huw", "respondent_surname": "Prosser", "respondent_date_of_birth": "1988-03-02",
    "respondent_sex": "M", "protected_person": "Sian Rees", "updated_at": "2026-11-20T16:00:00+00:00",
}  # fmt: skip
CONDITION: Final = {
    "order_ref": "ORD-000001", "condition_number": "1", "version": "1", "condition_kind": "prohibition",
    "words": "Not to contact Sian Rees directly or indirectly by any means", "from_on": "2026-11-20", "to_on": "",
    "updated_at": "2026-11-20T16:00:00+00:00",
}  # fmt: skip


def line(**said: str) -> dict[str, str]:
    return {**LINE, **said}


def listed(by: Acting, folder: Path, *lines: dict[str, str], table: str = "orders") -> Done:
    """A list of the court taken in."""
    path = folder / f"{table}.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return take_in(by=by, kind="court-orders", paths=[path])
