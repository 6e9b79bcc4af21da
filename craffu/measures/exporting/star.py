"""The figures of a snapshot as a star: one table of figures in the middle, what they are of around it (X21, MSR-01 to MSR-03).

Every figure is one that was told to the reader, or to anybody, when it was worked out: nothing hidden is in the table.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from craffu.measures.definitions import Definition, definition
from craffu.measures.exporting.shapes import (
    ALL,
    BEFORE,
    LAYOUT,
    NOW,
    Column,
    Described,
    Filled,
    Type,
    maybe,
    part_key,
    text,
)
from craffu.measures.kept.reading import Figure, Kept, Measured
from craffu.published.disclosure import To

_MEASURE: Final = text("measure", "Code of the measure")
_PART: Final = text("part_key", "Which numerator of which measure")
_PERIOD: Final = text("period", "now is the year to the snapshot, before the year before that")
_SPLIT: Final = text("split_key", "all, or one value of what the measure is split by")

RELEASE: Final = Described(
    "release",
    "The one snapshot that every figure is of, and for whom it was told",
    (
        text("snapshot", "Name of the snapshot"),
        text("digest", "SHA-256 of what its tables say"),
        Column("as_known_at", Type.INSTANT, "Nothing that became known later is counted", is_required=True),
        text("force", "Code of the force"),
        Column("layout", Type.INTEGER, "Version of the layout of these tables", is_required=True),
    ),
    ("snapshot",),
)
MEASURES: Final = Described(
    "measures",
    "One definition of a measure, as its page prints it",
    (
        _MEASURE,
        Column("version", Type.INTEGER, "Version of the definition", is_required=True),
        text("sha256", "SHA-256 of the definition: any word that changes makes another"),
        text("name_en", "Name in English"),
        text("name_cy", "Name in Welsh"),
        text("question", "What it answers"),
        text("denominator", "What its parts are divided by"),
        text("kind", "period, state or cohort: rates of two kinds are never mixed"),
        text("unit", "What one of its figures is"),
        text("statistic", "count, proportion, rate or duration"),
        text("better", "Which way is better, or neither"),
        Column("within", Type.STRING, "Within which time something is on time"),
        text("traps", "What must be known to read it"),
        text(
            "told_to", "rows: those who may open every row behind it; internal: 1 to 4 hidden; public: by the 10-5 rule"
        ),
    ),
    ("measure",),
)
PARTS: Final = Described(
    "parts",
    "One numerator of a measure; several are never added up",
    (_PART, _MEASURE, text("part", "Its name within the measure"), text("words_en", "What it counts"),
     text("words_cy", "What it counts, in Welsh")),
    ("part_key",),
    {"measure": "measures"},
)  # fmt: skip
PERIODS: Final = Described(
    "periods",
    "Days that figures are of",
    (
        _PERIOD,
        Column("first_day", Type.DATE, "First day, counted", is_required=True),
        Column("last_day", Type.DATE, "Last day, counted", is_required=True),
    ),
    ("period",),
)
SPLITS: Final = Described(
    "splits",
    "By what figures are split; figures of one value are never added to those of all",
    (_SPLIT, text("split", "By what; all is the whole"), Column("value", Type.STRING, "Of which value of it")),
    ("split_key",),
)
FIGURES: Final = Described(
    "figures",
    "One figure as it is told: of one part of one measure, in one period, of all or of one value of a split",
    (
        _PART,
        _PERIOD,
        _SPLIT,
        text("snapshot", "Of which snapshot"),
        maybe("numerator", Type.INTEGER, "How many; empty where it is hidden or not known"),
        maybe("denominator", Type.INTEGER, "Of how many; of rates by the year of an order, how many days of orders"),
        maybe("value", Type.NUMBER, "What it comes to; of a duration the days in which half were complete"),
        maybe("low", Type.NUMBER, "Lower end of the 95% interval"),
        maybe("high", Type.NUMBER, "Upper end of the 95% interval"),
        Column("is_hidden", Type.BOOLEAN, "Whether small counts keep it from being told", is_required=True),
        Column("note", Type.STRING, "Why there is no value, or how to read it: no cases is not nought"),
    ),
    ("part_key", "period", "split_key"),
    {"part_key": "parts", "period": "periods", "split_key": "splits", "snapshot": "release"},
)
BESIDE: Final = Described(
    "beside",
    "What is counted or worked out beside a figure",
    (
        _PART,
        _PERIOD,
        _SPLIT,
        text("name", "What"),
        maybe("number", Type.NUMBER, "How many or how much; empty where it is hidden or there is none"),
    ),
    ("part_key", "period", "split_key", "name"),
    {"part_key": "parts", "period": "periods", "split_key": "splits"},
)


def star(kept: Kept, force: str, told: Mapping[str, To]) -> list[Filled]:
    """The tables of every measure, each told as `told` says of it."""
    held = {code: kept.told(code, to) for code, to in sorted(told.items())}
    figures = [(code, period, one) for code, measured in held.items() for period, one in _figures(measured)]
    splits = sorted({(_split_key(one), one.split or ALL, one.of or None) for _, _, one in figures} | {(ALL, ALL, None)})
    return [
        Filled(RELEASE, [(kept.snapshot, kept.digest, kept.at, force, LAYOUT)]),
        Filled(MEASURES, [_measure(definition(code), held[code], told[code]) for code in held]),
        Filled(PARTS, [
            (part_key(code, part.key), code, part.key, part.words.en, part.words.cy)
            for code in held
            for part in definition(code).parts
        ]),
        Filled(PERIODS, [(NOW, kept.first, kept.last), (BEFORE, kept.first_before, kept.last_before)]),
        Filled(SPLITS, splits),
        Filled(FIGURES, [_figure(kept.snapshot, code, period, one) for code, period, one in figures]),
        Filled(BESIDE, [
            (part_key(code, one.part), period, _split_key(one), name, number)
            for code, period, one in figures
            for name, number in sorted(one.beside.items())
        ]),
    ]  # fmt: skip


def _split_key(one: Figure) -> str:
    return f"{one.split}={one.of}" if one.split else ALL


def _figures(measured: Measured) -> Iterator[tuple[str, Figure]]:
    yield from ((NOW, one) for one in measured.now)
    yield from ((BEFORE, one) for one in measured.before)


def _measure(one: Definition, measured: Measured, to: To) -> tuple[Any, ...]:
    return (
        one.code, measured.version, measured.sha256, one.name.en, one.name.cy, one.question.en, one.denominator.en,
        one.kind.value, one.unit.value, one.statistic.value, one.better.value, one.within or None,
        " ".join(trap.en for trap in one.traps), to.value,
    )  # fmt: skip


def _figure(snapshot: str, code: str, period: str, one: Figure) -> tuple[Any, ...]:
    low, high = one.interval or (None, None)
    return (
        part_key(code, one.part), period, _split_key(one), snapshot, one.numerator, one.denominator, one.value, low, high,
        one.is_hidden, one.note or None,
    )  # fmt: skip
