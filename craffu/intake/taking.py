"""What the framework hands to an adapter, and what an adapter hands back for each row (INT-01, INT-02, INT-03).

A run begins at one instant and its rows are stored at others: each row is known from its own, so that a question about
an instant within the run never shows what was not there yet.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, cast

from django.db import DataError, IntegrityError

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.models import Provenance
from craffu.common.sentences import gettext_noop as _
from craffu.intake.ahead import Ahead
from craffu.intake.feeds import FEEDS
from craffu.intake.models import HeldRow, Run
from craffu.intake.opening import Document, Wanted
from craffu.intake.refused import Refused
from craffu.intake.rules import OutcomeKind, Tally

# What a database says of one row that it will not keep. A lost connection or a full disk is no row's fault.
ROW_FAULTS: Final = (DataError, IntegrityError)
NOT_STORABLE: Final = "not_storable"

# Why a row of any kind may be held back, whatever its adapter knows: what it means and what to do.
REASONS_OF_EVERY_KIND: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        NOT_STORABLE: (
            _("The row could not be stored, although nothing was found wrong with it."),
            _("Tell whoever looks after Craffu, and send the row again once that is put right."),
        ),
    }
)

_CLOCK_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row. `held` is the reference of the held row where it was rejected or parked."""

    line: int
    outcome: OutcomeKind
    reason: str
    warnings: tuple[str, ...] = ()
    held: str = ""

    @property
    def rows(self) -> int:
        return 1


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of rows that were stored together, by number: created, updated or unchanged, and the doubts about them.

    A row that was rejected or parked is always told of alone.
    """

    outcomes: Counter[OutcomeKind]
    warnings: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return self.outcomes.total()


type Result = RowResult | BatchResult


@dataclass(slots=True)
class _Instants:
    """The instants of a run's rows, each later than the one before, whatever the machine's clock does meanwhile."""

    last: datetime | None = None

    def move_on(self, started_at: datetime) -> None:
        earliest = started_at if self.last is None else self.last + _CLOCK_TICK
        self.last = max(clock.now(), earliest)


@dataclass(slots=True)
class Taking:
    """One run as it goes: who takes in what, since when, and what has been counted.

    `started_at` is when the run began and `now` when the present row is stored. `received_at` is when the sender's words
    reached us: now, except for a row held back, which was received when it first came. `ahead` reads large files for it.
    """

    by: Acting
    run: Run
    kind: str
    mapping_version: str
    started_at: datetime
    tally: Tally = field(default_factory=Tally)
    totals: Counter[str] = field(default_factory=Counter)
    rejected_rows: list[str] = field(default_factory=list)
    first_received_at: datetime | None = None
    ahead: Ahead = field(default_factory=Ahead)
    _instants: _Instants = field(default_factory=_Instants)
    _kept: dict[type, object] = field(default_factory=dict)

    def next_row(self) -> None:
        """Begin a row, or a batch stored together: in its transaction, once whatever it waits for has been waited for."""
        self._instants.move_on(self.started_at)

    @property
    def now(self) -> datetime:
        return self._instants.last or self.started_at

    @property
    def received_at(self) -> datetime:
        return self.first_received_at or self.now

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
            controller=feed.controller or self.by.force.controller,
            regime=feed.regime,
            sharing_basis=feed.sharing_basis,
        )

    def for_held(self, row: HeldRow) -> "Taking":
        """This run for a row that was held back: it was received when it first came, not when it is released (INT-01)."""
        return replace(self, first_received_at=row.received_at)

    def count(self, result: Result) -> None:
        if isinstance(result, BatchResult):
            self.tally.outcomes.update(result.outcomes)
            self.tally.warnings.update(result.warnings)
            return
        self.tally.count(result.outcome, line=result.line, reason=result.reason, warnings=result.warnings)
        if result.outcome is OutcomeKind.REJECTED and result.held:
            self.rejected_rows.append(result.held)


@dataclass(frozen=True, slots=True)
class Adapter:
    """How one kind of data is taken in.

    `take_in` reads one document, stores its rows through actions, each in a transaction of its own or in batches, and
    yields what became of each; a document that is not what it claims to be is refused whole. `correct` gives back a held
    row's document with one value put right and no other row in it, or None where that value cannot be put right in
    place; it is told the document, the row's content hash, the field, its line and the right value. `reasons` says what
    the adapter's own reason and warning codes mean. `with_mapping` makes it read files as a mapping file says, and raises
    Refusal for a wrong one; `mapping_words` are those of the mapping file it was made with. One that `reads_ahead` has large
    files read by another process (`taking.ahead`). `at_end` is done once all files of a run were taken in.
    """

    kind: str
    mapping_version: str
    wanted: Wanted
    take_in: Callable[[Taking, Document], Iterator[Result] | Refused]
    reasons: Callable[[str], tuple[str, str]]
    correct: Callable[[str, str, str, int, str], str | None]
    with_mapping: Callable[[bytes], "Adapter"] | None = None
    mapping_words: str = field(default="", repr=False)
    reads_ahead: bool = False
    at_end: Callable[[Taking], None] | None = None

    def sentence(self, code: str) -> tuple[str, str]:
        """(what a reason or warning code means, what to do) in English, for translation where it is shown."""
        return REASONS_OF_EVERY_KIND.get(code) or self.reasons(code)
