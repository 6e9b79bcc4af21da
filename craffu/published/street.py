"""Which street-level rows are news (INT-01). A month of them is a million rows (B8)."""

from dataclasses import dataclass, field

from craffu.common.frames import Ready
from craffu.published.facts import CREATED, UPDATED
from craffu.published.queries import any_street_rows, street_versions
from craffu.published.street_batches import StreetBatch
from craffu.published.versions import decide, held_versions

STORED = (CREATED, UPDATED)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of each row, in order; and those that are news, if any, with the number of each one's version or of all."""

    outcomes: list[str]
    news: Ready | None
    numbers: dict[str, list[int]] = field(default_factory=dict)
    number: dict[str, int] = field(default_factory=dict)


def sort_out(batch: StreetBatch) -> Sorted:
    """Hold a batch against what is held."""
    if batch.span.are_distinct and not any_street_rows(batch.span.first, batch.span.last):
        return Sorted([CREATED] * len(batch.lines), batch.rows, number={"number": 1})
    held = held_versions(street_versions(batch.keys))
    decided = decide(list(zip(batch.keys, batch.contents, strict=True)), held)
    stored = [outcome in STORED for outcome, _ in decided]
    numbers = [number for outcome, number in decided if outcome in STORED]
    news = batch.rows.only(stored) if numbers else None
    return Sorted([outcome for outcome, _ in decided], news, {"number": numbers})
