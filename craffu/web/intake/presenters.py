"""What the pages about intake show: what came, what became of every row, and what waits for a person (P37)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from craffu.common import clock
from craffu.intake.adapters import ADAPTERS
from craffu.intake.evidence import Evidence
from craffu.intake.models import HeldRow, Run, RunFile
from craffu.intake.queries import Source
from craffu.intake.records.mapping import MappingLine
from craffu.intake.rules import OutcomeKind, Shown
from craffu.intake.states import ALIVE, RunState
from craffu.intake.wording import refusal_words, translated
from craffu.people.queries import Identity
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words, partial_date_words
from craffu.web.intake.file_names import file_shown, files_shown
from craffu.web.presenters import DataAsOf, Link, Params
from craffu.web.statuses import DECISION_STATUS, RUN_STATUS, SOURCE_WORDS, UNDECIDED

DIGITS_OF_A_DIGEST = 12
# A run notes how far it is about once a second.
SILENT_FOR = timedelta(minutes=5)


def run_link(reference: str) -> Link:
    return Link(reference, reverse("intake_run", kwargs={"run": reference}))


def held_link(reference: str) -> Link:
    return Link(reference, reverse("intake_held", kwargs={"held": reference}))


def runs_table(runs: Iterable[Run]) -> Params | None:
    rows = [
        [
            cells.link(run_link(run.reference)),
            cells.words(SOURCE_WORDS.get(run.kind, run.kind)),
            cells.tag(RUN_STATUS[run.state].tag),
            cells.words(instant_words(run.started_at)),
            cells.number(run.received),
            cells.number(run.rejected),
            cells.number(run.parked),
            cells.number(run.files_refused),
        ]
        for run in runs
    ]
    head: list[cells.Heading] = [
        _("Run"),
        _("What"),
        _("State"),
        _("Started"),
        (_("Rows received"), "numeric"),
        (_("Rejected"), "numeric"),
        (_("Parked"), "numeric"),
        (_("Files refused"), "numeric"),
    ]
    return cells.table(_("Intake runs"), head, rows, is_hidden=True) if rows else None


def waiting_words(waiting: int) -> str:
    """That so much came at once that it is held against nobody who is known, until somebody has all of it linked; or nothing."""
    if not waiting:
        return ""
    return _(
        "%(number)s records that arrived are held against no other yet: so many are left to a run. Whoever looks after the "
        "machine runs “craffu link run”. What custody and courts send is linked all the same."
    ) % {"number": f"{waiting:,}"}


def sources_table(sources: Iterable[Source]) -> Params:
    """When each source was last received. One that never was is not available; it is never shown as empty (INT-06)."""
    return cells.table(
        _("Sources"),
        [_("Source"), _("Last received"), _("State")],
        [
            [
                cells.words(SOURCE_WORDS.get(source.kind, source.kind)),
                cells.words(instant_words(source.last_good) if source.last_good else _("Not received yet")),
                cells.tag(
                    {"text": _("Not available"), "classes": "govuk-tag--orange"}
                    if source.shown.shown is Shown.NOT_AVAILABLE
                    else {"text": _("Received"), "classes": "govuk-tag--green"}
                ),
            ]
            for source in sources
        ],
        is_hidden=True,
    )


def as_of(sources: Iterable[Source]) -> tuple[DataAsOf, ...]:
    return tuple(DataAsOf(SOURCE_WORDS.get(source.kind, source.kind), source.last_good) for source in sources)


def is_alive(run: Run) -> bool:
    return RunState(run.state) in ALIVE


def counts(run: Run) -> Params:
    """The counts of a run as a summary list; what was expected stands first, where the sender said."""
    rows: list[tuple[str, Params]] = [
        (_("State"), cells.tag(RUN_STATUS[run.state].tag)),
        (_("What"), cells.words(SOURCE_WORDS.get(run.kind, run.kind))),
        (_("Handed in by"), cells.words(run.by)),
        (_("Started"), cells.words(instant_words(run.started_at))),
        (_("Ended"), cells.words(instant_words(run.finished_at) if run.finished_at else _("Not yet"))),
        (_("Mapping version"), cells.words(run.mapping_version)),
        (_("Expected"), cells.words(_("The sender did not say") if run.expected is None else f"{run.expected:,}")),
        (_("Received"), cells.words(f"{run.received:,}")),
        (_("Created"), cells.words(f"{run.created:,}")),
        (_("Updated"), cells.words(f"{run.updated:,}")),
        (_("Unchanged"), cells.words(f"{run.unchanged:,}")),
        (_("Parked"), cells.words(f"{run.parked:,}")),
        (_("Rejected"), cells.words(f"{run.rejected:,}")),
        (_("Files read"), cells.words(f"{run.files_done:,}")),
        (_("Files refused"), cells.words(f"{run.files_refused:,}")),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def reconciliation(run: Run) -> str:
    """Received = created + updated + unchanged + parked + rejected, and expected = received, in one sentence (INT-05)."""
    numbers = {kind.value: getattr(run, kind.value) for kind in OutcomeKind}
    counted = sum(numbers.values())
    if counted != run.received:
        return _("The counts do not add up. Rows without a result: %(number)s. Tell whoever looks after Craffu.") % {
            "number": f"{run.received - counted:,}"
        }
    sum_words = _(
        "The counts add up: %(received)s received = %(created)s created + %(updated)s updated + %(unchanged)s unchanged"
        " + %(parked)s parked + %(rejected)s rejected."
    ) % {name: f"{number:,}" for name, number in {"received": run.received, **numbers}.items()}
    if run.expected is None or run.expected == run.received:
        return sum_words
    return _("%(sum)s But the sender said %(expected)s. Ask the sender for what is missing.") % {
        "sum": sum_words,
        "expected": f"{run.expected:,}",
    }


def is_reconciled(run: Run) -> bool:
    counted = sum(getattr(run, kind.value) for kind in OutcomeKind)
    return counted == run.received and run.expected in (None, run.received)


def news(run: Run) -> str:
    """What the run brought, so that the same file twice says plainly that there was nothing new (INT-01)."""
    if run.received and not (run.created or run.updated):
        return _("New: 0. Everything in it had been taken in before, or was held back.")
    return ""


def progress(run: Run) -> str:
    """How far a run is: a share where the sender said how many rows there are, else counts."""
    if run.state == RunState.WAITING:
        return _("Waiting for its turn.")
    so_far = {"rows": f"{run.received:,}", "files": f"{run.files_found:,}", "moved": instant_words(run.moved_at)}
    if run.expected:
        share = min(100, 100 * run.received // run.expected)
        return _("Done so far: %(share)s%%. Rows: %(rows)s. Last moved: %(moved)s.") % {**so_far, "share": share}
    return _("So far: rows %(rows)s, files %(files)s. Last moved: %(moved)s.") % so_far


def why_closed(run: Run) -> str:
    """Why nothing of a run was taken in and what to do, where that is no fault of Craffu's."""
    words = {
        "not_kept": _("Its files are not there, and nothing of them was taken in. Hand them in again."),
        "account_closed": _("The account of whoever handed the files in is closed. Somebody else has to hand them in."),
        "right_not_held": _(
            "Whoever handed the files in may no longer take data in. Somebody else has to hand them in."
        ),
    }
    return words.get(run.problem, "")


def silence(run: Run) -> str:
    """A run that has not moved for long may be dead; the next run of its kind closes it."""
    if not is_alive(run) or clock.now() - run.moved_at < SILENT_FOR:
        return ""
    return _(
        "It has not moved since %(moved)s. If it has stopped, hand the files in again: nothing is taken in twice."
    ) % {"moved": instant_words(run.moved_at)}


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run in words: how far it is while it runs, and how its counts stand together."""

    reference: str
    counts: Params
    is_alive: bool
    progress: str
    silence: str
    reconciliation: str
    went_well: bool
    news: str
    why_closed: str
    problem: str
    rejects: Link | None
    held_earlier: int


def run_shown(run: Run, *, rejected: int) -> RunShown:
    """`rejected` is how many rejected rows this run was the first to hold."""
    alive = is_alive(run)
    return RunShown(
        reference=run.reference,
        counts=counts(run),
        is_alive=alive,
        progress=progress(run) if alive else "",
        silence=silence(run),
        reconciliation="" if alive else reconciliation(run),
        went_well=is_reconciled(run) and not run.problem,
        news="" if alive else news(run),
        why_closed=why_closed(run),
        problem=run.problem,
        rejects=Link(_("Take the reject file away"), reverse("intake_rejects", kwargs={"run": run.reference}))
        if run.reject_file
        else None,
        held_earlier=max(0, run.rejected - rejected),
    )


def _file_cell(shown: str) -> Params:
    return {"html": format_html('<span lang="en" class="craffu-file">{}</span>', shown)}


def files_table(files: Sequence[RunFile]) -> Params | None:
    names = files_shown(file.name for file in files)
    rows = [
        [
            _file_cell(names[file.name]),
            cells.words(file.sha256[:DIGITS_OF_A_DIGEST]),
            cells.number(file.row_count),
            cells.words(_("Refused") if file.refused_code else _("Read")),
        ]
        for file in files
    ]
    head: list[cells.Heading] = [_("File"), _("Digest begins"), (_("Rows"), "numeric"), _("What became of it")]
    return cells.table(_("Files"), head, rows, is_hidden=True) if rows else None


def refused_table(files: Sequence[RunFile]) -> Params | None:
    """Files that were refused whole, each with what is wrong and what to do."""
    names = files_shown(file.name for file in files)
    rows = [[_file_cell(names[file.name]), _why_refused(file)] for file in files]
    return (
        cells.table(_("Refused files"), [_("File"), _("Why, and what to do")], rows, is_hidden=True) if rows else None
    )


def _why_refused(file: RunFile) -> Params:
    """In the reader's language; in English, as it was stored, where no more than that was kept."""
    words = refusal_words(file.refused_code, file.refused_values)
    return cells.words(words) if words else cells.english(file.refused_why)


def sentences(kind: str, code: str) -> tuple[str, str]:
    """What a reason or warning of a kind of data means, and what to do, in the reader's language."""
    return translated(ADAPTERS[kind].sentence(code) if kind in ADAPTERS else (code, ""))


def warnings_table(run: Run) -> Params | None:
    rows = [
        [*(cells.words(words) for words in sentences(run.kind, code)), cells.number(number)]
        for code, number in sorted(run.warnings.items(), key=lambda pair: -pair[1])
    ]
    head: list[cells.Heading] = [_("What was noticed"), _("What to do"), (_("Times"), "numeric")]
    return cells.table(_("Warnings"), head, rows, is_hidden=True) if rows else None


def _words_for_codes(line: MappingLine) -> Params:
    if not line.values:
        return cells.words(_("As they are"))
    return cells.lines(f"{theirs} = {ours or '–'}" for theirs, ours in line.values)


def mapping_table(lines: Iterable[MappingLine]) -> Params | None:
    """What was read from which column of the files, and what their words were taken for (INT-02)."""
    lines = list(lines)
    has_words = any(line.values for line in lines)
    rows = [
        [
            cells.english(f"{line.table}.{line.column}"),
            cells.english(line.theirs)
            if line.theirs
            else cells.words(_("Always %(value)s") % {"value": line.constant}),
            cells.words(_("Yes") if line.required else _("No")),
            *([_words_for_codes(line)] if has_words else []),
        ]
        for line in lines
    ]
    head: list[cells.Heading] = [
        _("Column of the layout"), _("In the file"), _("Must be filled"),
        *([_("Words for codes")] if has_words else []),
    ]  # fmt: skip
    return cells.table(_("Mapping"), head, rows, is_hidden=True) if rows else None


def _decision(row: HeldRow) -> Params:
    decision = getattr(row, "decision", None)
    return cells.tag((DECISION_STATUS[decision.decision] if decision else UNDECIDED).tag)


def rejected_table(rows: Sequence[HeldRow]) -> Params | None:
    """Rejected rows: where each is, what is wrong with which value, and what to do. Never the value itself."""
    names = files_shown(row.file_name for row in rows)
    shown = []
    for row in rows:
        what, do = sentences(row.kind, row.reason)
        shown.append(
            [
                cells.words(row.reference),
                _file_cell(names[row.file_name]),
                cells.number(row.line),
                cells.english(row.field),
                cells.words(row.value_class),
                cells.lines([what, do]),
                _decision(row),
            ]
        )
    head: list[cells.Heading] = [
        _("Row"),
        _("File"),
        (_("Line"), "numeric"),
        _("Field"),
        _("Shape of the value"),
        _("Why, and what to do"),
        _("State"),
    ]
    return cells.table(_("Rejected rows"), head, shown, is_hidden=True) if shown else None


def decided_table(rows: Iterable[HeldRow]) -> Params | None:
    """Parked rows that somebody has decided."""
    shown = [
        [
            cells.link(held_link(row.reference)),
            _decision(row),
            cells.words(row.decision.decided_by),
            cells.words(instant_words(row.decision.decided_at)),
            cells.words(row.decision.reason),
        ]
        for row in rows
    ]
    head: list[cells.Heading] = [_("Row"), _("Decision"), _("Decided by"), _("When"), _("Why")]
    return cells.table(_("Parked rows that were decided"), head, shown, is_hidden=True) if shown else None


def row_choices(rows: Sequence[HeldRow], chosen: frozenset[str]) -> list[Params]:
    """Parked rows as checkboxes: which row, and why it waits."""
    names = files_shown(row.file_name for row in rows)
    items: list[Params] = []
    for row in rows:
        what, _do = sentences(row.kind, row.reason)
        where = _("%(row)s: %(file)s, line %(line)s") % {
            "row": row.reference,
            "file": names[row.file_name],
            "line": row.line,
        }
        items.append(
            {"value": row.reference, "text": where, "hint": {"text": what}, "checked": row.reference in chosen}
        )
    return items


@dataclass(frozen=True, slots=True)
class HeldShown:
    """A held row: where it is, why it waits, and what was decided."""

    reference: str
    facts: Params
    why: str
    suggestion: str


def held_row(row: HeldRow) -> HeldShown:
    what, do = sentences(row.kind, row.reason)
    facts: list[tuple[str, Params]] = [
        (_("Run"), cells.link(run_link(row.run.reference))),
        (_("File"), _file_cell(file_shown(row.file_name))),
        (_("Line"), cells.words(f"{row.line:,}")),
        (_("Received"), cells.words(instant_words(row.received_at))),
        (_("State"), _decision(row)),
    ]
    return HeldShown(
        reference=row.reference,
        facts={"rows": [{"key": {"text": key}, "value": value} for key, value in facts]},
        why=what,
        suggestion=do,
    )


def evidence_table(evidence: Evidence, known: list[Identity]) -> Params:
    """The row's person beside each person of the case it could be, value by value."""
    told = evidence.told
    caption = _("Who it could be. Heard on %(day)s in case %(case)s.") % {
        "day": day_words(told.heard_on),
        "case": told.case,
    }
    head: list[cells.Heading] = [_("Value"), _("What the row says"), *(person.reference for person in known)]
    values: list[tuple[str, str, list[str]]] = [
        (_("Name"), told.name, [person.name for person in known]),
        (_("Born"), partial_date_words(told.born_on), [partial_date_words(person.born_on) for person in known]),
    ]
    rows = [
        [cells.words(label), *(cells.words(value or _("Not given")) for value in (row, *others))]
        for label, row, others in values
    ]
    return cells.table(caption, head, rows)
