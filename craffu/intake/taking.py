"""What the framework hands to an adapter, and what an adapter hands back for each row."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from craffu.access.acting import Acting
from craffu.common.models import Provenance
from craffu.intake.feeds import FEEDS
from craffu.intake.models import HeldRow, Run
from craffu.intake.opening import Document, Wanted
from craffu.intake.refused import Refused
from craffu.intake.rules import OutcomeKind, Tally


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row. `held` is the reference of the held row where it was rejected or parked."""

    line: int
    outcome: OutcomeKind
    reason: str
    warnings: tuple[str, ...] = ()
    held: str = ""


@dataclass(slots=True)
class Taking:
    """One run as it goes: who takes in what, at which instant, and what has been counted.

    `received_at` is when the sender's words reached us and `now` when we act on them: they differ for a row held back.
    """

    by: Acting
    run: Run
    kind: str
    mapping_version: str
    received_at: datetime
    tally: Tally = field(default_factory=Tally)
    totals: Counter[str] = field(default_factory=Counter)
    rejected_rows: list[str] = field(default_factory=list)
    acted_at: datetime | None = None
    _kept: dict[type, object] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.acted_at or self.received_at

    def once[T](self, make: type[T]) -> T:
        """One of these for the whole run: what every document needs and is slow to read."""
        if make not in self._kept:
            self._kept[make] = make()
        return cast("T", self._kept[make])

    def provenance(self, document: Document, line: int) -> Provenance:
        feed = FEEDS[self.kind]
        return Provenance(
            source=self.kind,
            file_sha256=document.sha256,
            line=line,
            received_at=self.received_at,
            mapping_version=self.mapping_version,
            controller=feed.controller,
            regime=feed.regime,
            sharing_basis=feed.sharing_basis,
        )

    def for_held(self, row: HeldRow) -> "Taking":
        """This run for a row that was held back: it was received when it first came, not when it is released (INT-01)."""
        return replace(self, received_at=row.received_at, acted_at=self.now)

    def count(self, result: RowResult) -> None:
        self.tally.count(result.outcome, line=result.line, reason=result.reason, warnings=result.warnings)
        if result.outcome is OutcomeKind.REJECTED and result.held:
            self.rejected_rows.append(result.held)


@dataclass(frozen=True, slots=True)
class Adapter:
    """How one kind of data is taken in.

    `take_in` reads one document, stores its rows through actions, each in a transaction of its own or in batches, and
    yields what became of each; a document that is not what it claims to be is refused whole. `correct` gives back a held
    row's document with one value put right and no other row in it, or None where that value cannot be put right in
    place; it is told the document, the row's content hash, the field, its line and the right value. `sentence` says in
    English what a reason or warning code means, and what to do.
    """

    kind: str
    mapping_version: str
    wanted: Wanted
    take_in: Callable[[Taking, Document], Iterator[RowResult] | Refused]
    sentence: Callable[[str], tuple[str, str]]
    correct: Callable[[str, str, str, int, str], str | None]
