"""What is true of promises, news, revisits and measures at the end of the last day, row by row and in all.

`can_be_known` is no where the police extract has no readable record of the person: nothing of theirs can be taken in, and the
figures leave it out.
"""

from collections import Counter
from typing import Final

from craffu.config.generate.tables import words
from craffu.config.generate.witness_care import standing
from craffu.config.generate.witness_care.held import Held
from craffu.config.generate.witness_care.hours import written_day, written_minute
from craffu.config.generate.witness_care.kinds import kinds
from craffu.config.generate.writing import ROWS_AT_ONCE, Block, Extracts

_SYSTEM: Final = "truth"
_COLUMNS: Final = {
    "promises": ("promise", "person_ref", "due_at", "status", "can_be_known"),
    "notices": (
        "happening", "person_ref", "crime_ref", "kind", "happened_at", "told_at", "entitlement", "code_event", "code_due_on",
        "code_status", "safety_event", "safety_due_at", "safety_status", "can_be_known",
    ),
    "revisits": ("person_ref", "day", "occasions", "due_on", "done_on", "status", "can_be_known"),
    "measures": ("measure", "person_ref", "done_on", "status", "can_be_known"),
}  # fmt: skip
# Of each figure: what counts in its numerator, and what in its denominator besides; the rest is told apart.
FIGURES: Final = {
    "promises": (("kept",), ("late", "wrong_channel", "missed", "excused"), ("running",)),
    "code": (("on_time",), ("late", "missed"), ("running", "not_wanted")),
    "safety": (("warned", "in_time"), ("told_not_warned", "late", "missed"), ("running", "warning_due")),
    "revisits": (("on_time",), ("late", "missed"), ("running",)),
    "measures": (("told",), ("not_told",), ()),
}


class Truth:
    """The tables of truth while they are written."""

    def __init__(self, into: Extracts) -> None:
        self._into = into
        self._parts = {name: into.open(_SYSTEM, name, columns) for name, columns in _COLUMNS.items()}
        self._rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in _COLUMNS}
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, held: Held, person: str, crime_refs: list[str], last: int, *, can_be_known: bool) -> None:
        """Everything of one victim."""
        known = "yes" if can_be_known else "no"
        for one in held.promises:
            status = standing.promise(held, one, last)
            self._add("promises", one.ref, person, written_minute(one.due), status, known)
            self._count("promises", status, known)
        for news in standing.news(held, last):
            kind = kinds()[news.event.kind]
            self._add(
                "notices", held.refs[news.event.number], person, crime_refs[news.event.crime], kind.name,
                written_minute(news.event.at), "" if news.told is None else written_minute(news.told), news.entitlement,
                kind.code_event, "" if news.code_due is None else written_day(news.code_due), news.code, kind.safety_event,
                "" if news.safety_due is None else written_minute(news.safety_due), news.safety, known,
            )  # fmt: skip
            self._count("code", news.code, known)
            self._count("safety", news.safety, known)
        for revisit in standing.revisits(held, last):
            done = "" if revisit.done is None else written_day(revisit.done)
            self._add(
                "revisits", person, written_day(revisit.day), ";".join(revisit.occasions), written_day(revisit.due), done,
                revisit.status, known,
            )  # fmt: skip
            self._count("revisits", revisit.status, known)
        for measure in held.measures:
            status = "told" if measure.told else "not_told"
            self._add("measures", measure.ref, person, written_day(measure.day), status, known)
            self._count("measures", status, known)

    def _add(self, name: str, *row: str) -> None:
        self._rows[name].append(row)
        if len(self._rows[name]) >= ROWS_AT_ONCE:
            self._flush(name)

    def _count(self, figure: str, status: str, known: str) -> None:
        if status and known == "yes":
            self._counts[figure, status] += 1

    def _flush(self, name: str) -> None:
        rows, self._rows[name] = self._rows[name], []
        if rows:
            columns = zip(_COLUMNS[name], zip(*rows, strict=True), strict=True)
            self._parts[name].add(Block({column: words(values) for column, values in columns}))

    def close(self, broken: list[tuple[str, str]], last: int) -> None:
        """The totals, and which rows of the extract break its layout."""
        for name, part in self._parts.items():
            self._flush(name)
            part.close()
        listed = [("as_of", "", written_minute(last))]
        for figure, (counted, others, apart) in FIGURES.items():
            numbers = {status: self._counts[figure, status] for status in (*counted, *others, *apart)}
            listed += [(figure, status, str(number)) for status, number in numbers.items()]
            listed.append((figure, "numerator", str(sum(numbers[status] for status in counted))))
            listed.append((figure, "denominator", str(sum(numbers[status] for status in (*counted, *others)))))
        columns = ("figure", "name", "number")
        figures = Block(dict(zip(columns, map(words, zip(*listed, strict=True)), strict=True)))
        self._into.write(_SYSTEM, "contact_figures", [figures], columns=columns)
        rows = [("witness-care", table, key) for table, key in broken]
        columns = ("system", "table", "key")
        lines = [Block(dict(zip(columns, map(words, zip(*rows, strict=True)), strict=True)))] if rows else []
        self._into.write(_SYSTEM, "broken_rows", lines, columns=columns)
