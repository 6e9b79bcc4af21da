"""Where everything on a page came from: source, time, file and line (INT-02), and under whose control and which law (SEC-10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.later import Later
from craffu.cases.crime_queries import CrimeSaid
from craffu.cases.models import CaseOutcome, CaseVersion, HearingVersion
from craffu.clocks.london import day_of
from craffu.common.models import Regime
from craffu.intake.queries import last_heard_later
from craffu.people.models import RecordVersion
from craffu.web.court.held_words import KNOWN, in_our_words
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import DataAsOf, Text
from craffu.web.statuses import SOURCE_WORDS

MOST_SHOWN = 20
DIGITS_OF_A_DIGEST = 12
COURT_RESULTS = "court-results"
# What else tells of persons and cases; named only once it has been heard.
OTHERS = ("rms", "court-orders", "custody", "probation")

type Received = RecordVersion | HearingVersion | CaseVersion | CaseOutcome

REGIMES: dict[str, Text] = {
    Regime.PART_3: gettext_lazy("Data Protection Act 2018, Part 3 (law enforcement)"),
    Regime.UK_GDPR: gettext_lazy("UK GDPR"),
}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One message or file as it was received, and what of this page it said."""

    source: Text
    said: str
    true_on: str
    known_on: str
    place: str
    mapping: str


@dataclass(frozen=True, slots=True)
class Held:
    """Whose the records are and why we may hold them. What is not among our own words is English, whatever the page."""

    source: Text
    controller: str
    regime: Text
    basis: str
    controller_is_english: bool = True
    basis_is_english: bool = True


@dataclass(frozen=True, slots=True)
class Sources:
    rows: tuple[SourceRow, ...]
    left_out: int
    held: tuple[Held, ...]


@dataclass(slots=True)
class _Message:
    """What one message said, gathered from the rows that carry its file and line."""

    row: Received
    true_on: date | None
    known_from: datetime
    said: list[str] = field(default_factory=list)


def sources_shown(
    records: Iterable[RecordVersion], hearings: Iterable[HearingVersion], crimes: Iterable[CrimeSaid] = ()
) -> Sources:
    """Newest first, one row a message."""
    messages: dict[tuple[str, str, int, datetime], _Message] = {}

    def message(row: Received, true_on: date | None) -> _Message:
        key = (row.source, row.file_sha256, row.line, row.received_at)
        return messages.setdefault(key, _Message(row, true_on, row.known_from))

    for record in records:
        message(record, record.true_from).said.append(_("Name and date of birth"))
    for hearing in hearings:
        message(hearing, hearing.hearing.held_on).said.append(_("Hearing and results"))
    for crime in crimes:
        message(crime.version, day_of(crime.version.said_at)).said.append(_("Crime recorded"))
        for outcome in crime.outcomes:
            message(outcome, outcome.decided_on).said.append(_("Outcome of a crime"))
    newest = sorted(messages.values(), key=lambda one: one.known_from, reverse=True)
    return Sources(
        rows=tuple(_row(one) for one in newest[:MOST_SHOWN]),
        left_out=max(0, len(newest) - MOST_SHOWN),
        held=tuple(dict.fromkeys(_held(one.row) for one in newest)),
    )


def _row(message: _Message) -> SourceRow:
    row = message.row
    return SourceRow(
        source=SOURCE_WORDS.get(row.source, row.source),
        said="; ".join(dict.fromkeys(message.said)),
        true_on=day_words(message.true_on) or _("Not said"),
        known_on=instant_words(message.known_from),
        place=place_words(row.file_sha256, row.line),
        mapping=row.mapping_version,
    )


def place_words(file_sha256: str, line: int) -> str:
    """Where a row was received, as whoever sent it finds it again."""
    return _("file %(digest)s, line %(line)s") % {"digest": file_sha256[:DIGITS_OF_A_DIGEST], "line": line}


def _held(row: Received) -> Held:
    return held_in_words(row.source, row.controller, row.regime, row.sharing_basis)


def held_in_words(source: str, controller: str, regime: str, basis: str) -> Held:
    """Whose records of a source are, under which law and on which basis they are shared, as they were received (SEC-10)."""
    return Held(
        SOURCE_WORDS.get(source, source),
        in_our_words(controller),
        REGIMES.get(regime, regime),
        in_our_words(basis),
        controller_is_english=controller not in KNOWN,
        basis_is_english=basis not in KNOWN,
    )


@dataclass(frozen=True, slots=True)
class Freshness:
    """When each source of persons and cases was last heard, the courts first, and the warning about them (INT-06)."""

    as_of: tuple[DataAsOf, ...]
    words: str

    @property
    def is_missing(self) -> bool:
        return self.as_of[0].at is None


def freshness_of_records(by: Acting) -> Later[Freshness]:
    """When court results, and whatever else tells of persons and cases, were last taken in."""
    return Later(_freshness, last_heard_later(by, (COURT_RESULTS, *OTHERS)))


def _freshness(heard: Mapping[str, datetime]) -> Freshness:
    last = heard.get(COURT_RESULTS)
    words = (
        _("Court results last received: %(when)s. Newer results may exist.") % {"when": instant_words(last)}
        if last
        else _("Court results are not available: none has been received yet.")
    )
    said = (COURT_RESULTS, *(kind for kind in OTHERS if kind in heard))
    return Freshness(tuple(DataAsOf(SOURCE_WORDS[kind], heard.get(kind)) for kind in said), words)
