"""Decides what becomes of every row and every file another system sends, and whether all that was sent has arrived.

INT-01 to INT-06, project decisions: nothing is guessed, nothing is lost, nothing newer is overwritten by an older one.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any, Final

FIRST_ROW_LINE: Final = 2  # the header is line 1

type Place = tuple[datetime, int]
"""Where a row stands in all that was ever received: when these bytes were FIRST received, and the line in them.

A file sent again keeps its first place, and so does a parked row when a person releases it: neither is news.
"""


class OutcomeKind(StrEnum):
    """What became of a row: exactly one of these (INT-05)."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    PARKED = "parked"
    REJECTED = "rejected"


class Reason(StrEnum):
    """Why, where the answer is the rule's own; an adapter adds the codes of its own problems and doubts."""

    FIRST_TIME = "first_time"
    CHANGED = "changed"
    SAME_CONTENT = "same_content"
    OLDER_VERSION = "older_version"
    RETURNS_TO_EARLIER_VERSION = "returns_to_earlier_version"
    MISSING_ID = "missing_id"


class Exit(IntEnum):
    """How a run ends for the command line."""

    DONE = 0
    SOMETHING_LEFT_OVER = 1
    REFUSED = 2


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """The newest version held of what a source calls by one identifier.

    `content` equals another row's when both say the same (a digest, or the text itself); `earlier` are the contents of
    all its older versions, which are kept. `source_time` is the last time the source is known to have said this.
    """

    content: str
    source_time: datetime | None = None
    place: Place | None = None
    earlier: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """A row as an adapter shaped it.

    `source_time` is when the source made this version: the row's own stamp, or else its extract's. `problem` is why the
    row cannot be taken in, `undecided` why a person must decide, `warnings` what was assumed in reading it.
    """

    line: int
    key: str | None
    content: str
    source_time: datetime | None = None
    place: Place | None = None
    problem: str | None = None
    undecided: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a row, why, and the version held from now on (None: still none)."""

    kind: OutcomeKind
    reason: str
    hold: HeldVersion | None


def row_outcome(
    *,
    key: str | None,
    content: str,
    held: HeldVersion | None,
    source_time: datetime | None = None,
    place: Place | None = None,
    problem: str | None = None,
    undecided: str | None = None,
) -> Outcome:
    """What becomes of one row, given the version held under its source's identifier (INT-01, INT-03, INT-04).

    A bad row is rejected. What is held already, in this version or a newer one, is unchanged, though its person were in
    doubt: a person decided that once. What is in doubt is parked, and so is a row that returns to an earlier version
    with nothing to show that it is news. The rest is created or updated.
    """
    if not key or problem:
        return Outcome(OutcomeKind.REJECTED, problem if key and problem else Reason.MISSING_ID, held)
    arriving = HeldVersion(content, source_time, place)
    if held is not None:
        if held.content == content:
            return Outcome(OutcomeKind.UNCHANGED, Reason.SAME_CONTENT, _confirmed(held, arriving))
        if _is_older(arriving, held):
            return Outcome(OutcomeKind.UNCHANGED, Reason.OLDER_VERSION, _with_earlier(held, held, content))
        if content in held.earlier and not _is_later_by_source(arriving, held):
            undecided = undecided or Reason.RETURNS_TO_EARLIER_VERSION
    if undecided:
        return Outcome(OutcomeKind.PARKED, undecided, held)
    if held is None:
        return Outcome(OutcomeKind.CREATED, Reason.FIRST_TIME, arriving)
    return Outcome(OutcomeKind.UPDATED, Reason.CHANGED, _with_earlier(arriving, held, held.content))


def _is_later_by_source(arriving: HeldVersion, held: HeldVersion) -> bool:
    if arriving.source_time is None or held.source_time is None:
        return False
    return arriving.source_time > held.source_time


def _is_older(arriving: HeldVersion, held: HeldVersion) -> bool:
    """The source's own times decide where both are known and differ; else the places received."""
    if _is_later_by_source(arriving, held) or _is_later_by_source(held, arriving):
        return _is_later_by_source(held, arriving)
    return arriving.place is not None and held.place is not None and arriving.place < held.place


def _confirmed(held: HeldVersion, arriving: HeldVersion) -> HeldVersion:
    """The same content said again, perhaps later: a version made between the two is then an older one."""
    times = [time for time in (held.source_time, arriving.source_time) if time is not None]
    places = [place for place in (held.place, arriving.place) if place is not None]
    return HeldVersion(held.content, max(times, default=None), max(places, default=None), held.earlier)


def _with_earlier(newest: HeldVersion, held: HeldVersion, content: str) -> HeldVersion:
    return HeldVersion(newest.content, newest.source_time, newest.place, held.earlier | {content})


def decide_rows(rows: Iterable[Row], held: Mapping[str, HeldVersion]) -> Iterator[tuple[Row, Outcome]]:
    """Decide rows in the order received, each knowing what those before it have changed; `held` itself is not changed.

    Lazy, so that a batch may be written as it is decided.
    """
    changed: dict[str, HeldVersion] = {}
    for row in rows:
        key = row.key or ""
        outcome = row_outcome(
            key=row.key,
            content=row.content,
            held=changed.get(key) or held.get(key),
            source_time=row.source_time,
            place=row.place,
            problem=row.problem,
            undecided=row.undecided,
        )
        if outcome.hold is not None:
            changed[key] = outcome.hold
        yield row, outcome


@dataclass(frozen=True, slots=True)
class Reject:
    """A row of the reject file: its line and why it is there; never its content."""

    line: int
    reason: str


@dataclass(slots=True)
class Tally:
    """The count of one run: what was received, and what became of it (INT-05).

    Rows are counted as received when they are read and by outcome when that is carried out, so a row lost in between
    shows: the run is then not reconciled.
    """

    received: int = 0
    outcomes: Counter[OutcomeKind] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    warnings: Counter[str] = field(default_factory=Counter)

    def receiving[R](self, rows: Iterable[R]) -> Iterator[R]:
        """Pass rows on, counting each as received."""
        for row in rows:
            self.received += 1
            yield row

    def count(self, kind: OutcomeKind, *, line: int, reason: str, warnings: Iterable[str] = ()) -> None:
        """Count what became of the row of a line."""
        self.outcomes[kind] += 1
        self.warnings.update(warnings)
        if kind == OutcomeKind.REJECTED:
            self.rejects.append(Reject(line, reason))

    @property
    def reconciled(self) -> bool:
        """Received = created + updated + unchanged + parked + rejected."""
        return self.received == self.outcomes.total()

    def as_dict(self) -> dict[str, Any]:
        """Every count by name, whether they reconcile, the reject file and the exit of a run that expected no total."""
        return {
            "received": self.received,
            **{kind.value: self.outcomes[kind] for kind in OutcomeKind},
            "reconciled": self.reconciled,
            "reject_file": [{"line": reject.line, "reason": str(reject.reason)} for reject in self.rejects],
            "warnings": dict(self.warnings),
            "exit": int(run_exit(self)),
        }


def run_rows(rows: Iterable[Row], held: Mapping[str, HeldVersion]) -> Tally:
    """Decide and count all rows of a run, carrying nothing out: what a dry run shows."""
    tally = Tally()
    for row, outcome in decide_rows(tally.receiving(rows), held):
        tally.count(outcome.kind, line=row.line, reason=outcome.reason, warnings=row.warnings)
    return tally


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the sender says was sent against what came: which are missing, and which nobody announced."""

    missing: tuple[Hashable, ...]
    unexpected: tuple[Hashable, ...]
    reconciled: bool


def reconcile(expected: Iterable[Hashable], received: Iterable[Hashable]) -> Reconciliation:
    """Compare identifiers, or the numbers of a sequence, in the order given; a copy sent twice counts once (INT-05)."""
    announced, came = dict.fromkeys(expected), dict.fromkeys(received)
    missing = tuple(item for item in announced if item not in came)
    unexpected = tuple(item for item in came if item not in announced)
    return Reconciliation(missing, unexpected, reconciled=not missing and not unexpected)


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A sender's control total against the rows received; `difference` is received less expected."""

    expected: int
    received: int
    difference: int
    reconciled: bool


def check_total(expected: int, received: int) -> TotalCheck:
    """Compare a control total, where the sender gives only that (INT-05)."""
    return TotalCheck(expected, received, received - expected, reconciled=received == expected)


def run_exit(tally: Tally, *checks: Reconciliation | TotalCheck) -> Exit:
    """How a run ends: done; or something rejected, parked, or not as counted or announced."""
    left_over = tally.outcomes[OutcomeKind.REJECTED] + tally.outcomes[OutcomeKind.PARKED]
    whole = tally.reconciled and all(check.reconciled for check in checks)
    return Exit.DONE if whole and not left_over else Exit.SOMETHING_LEFT_OVER


def is_given(value: object) -> bool:
    """Whether a value says anything: not absent, not blank."""
    return value is not None and bool(str(value).strip())


PROVENANCE_FIELDS: Final = ("source", "file_sha256", "line", "received_at", "mapping_version")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whether a record says where it came from, and what of that is missing."""

    accepted: bool
    missing: tuple[str, ...]


def provenance_missing(record: Mapping[str, object]) -> tuple[str, ...]:
    """Which of the five facts of provenance a record lacks; with one missing or blank it is not stored (INT-02)."""
    return tuple(name for name in PROVENANCE_FIELDS if not is_given(record.get(name)))


def check_provenance(record: Mapping[str, object]) -> Provenance:
    """Whether a record may be stored for its provenance (INT-02)."""
    missing = provenance_missing(record)
    return Provenance(accepted=not missing, missing=missing)


class FileProblem(StrEnum):
    """The only problems for which a file is refused whole (INT-03); what is wrong with a row never is."""

    UNREADABLE = "unreadable"
    NO_HEADER = "no_header"
    REQUIRED_COLUMN_MISSING = "required_column_missing"
    WRONG_KIND = "wrong_kind"
    UNSAFE_ARCHIVE = "unsafe_archive"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """Whether a file is refused whole and for what, how the run ends, and how many rows of it are stored."""

    refused_whole: bool
    refusal: FileProblem | None
    exit: Exit
    rows_stored: int


def file_refusal(problem: str | None) -> FileProblem | None:
    """The problem for which a file is refused whole, or None where its good rows are taken in (INT-03)."""
    return FileProblem(problem) if problem in set(FileProblem) else None


def file_outcome(problem: str | None, good_rows: int) -> FileOutcome:
    """What becomes of a file with a problem, or none, and so many good rows (INT-03)."""
    refusal = file_refusal(problem)
    if refusal is not None:
        return FileOutcome(refused_whole=True, refusal=refusal, exit=Exit.REFUSED, rows_stored=0)
    ends = Exit.SOMETHING_LEFT_OVER if problem else Exit.DONE
    return FileOutcome(refused_whole=False, refusal=None, exit=ends, rows_stored=good_rows)


class SourceState(StrEnum):
    """Whether a source answered."""

    OK = "ok"
    LATE = "late"
    DOWN = "down"
    NEVER_RUN = "never_run"


class Shown(StrEnum):
    """What stands where a source's records would."""

    RECORDS = "records"
    NO_RECORDS = "no records"
    NOT_AVAILABLE = "not available"


@dataclass(frozen=True, slots=True)
class SourceShown:
    """What is shown of a source, as of which day, and how many records; no number where it did not answer."""

    shown: Shown
    as_of: date | None
    count: int | None


def source_shown(state: SourceState | str, last_good: date | None, count: int | None) -> SourceShown:
    """What to show of a source: 'not available' with its last good day unless it answered (INT-06).

    Any state but ok is no answer, and so is an answer without a count: never an empty list.
    """
    if state != SourceState.OK or count is None:
        return SourceShown(Shown.NOT_AVAILABLE, last_good, None)
    return SourceShown(Shown.RECORDS if count else Shown.NO_RECORDS, last_good, count)
