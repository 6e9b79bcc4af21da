"""The figures of the gap as they are printed: for whom, with their interval, or why there is none.

MSR-02, MSR-03, MSR-04, MET30. Pure. Every table of a figure by one split is one table of counts: what is hidden in it cannot be
worked back from its other rows and its whole, nor from the other splits and figures that stand beside it (ADR 63).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from craffu.published.disclosure import To, as_shown, hidden, is_small
from craffu.published.intervals import Interval, wilson
from craffu.published.rules import READ_WITH_CARE_BELOW, Why
from craffu.victims.gap.facts import Counted, Gap, Key
from craffu.victims.gap.kinds import Figure, Split, Work
from craffu.victims.gap.rules import valid_of_delivered, values_of

TOO_FEW: Final = "too_few"
# What is of no survey.
_OF_NONE: Final = dict.fromkeys(
    (Figure.TOLD_OF_DONE, Figure.WITHDREW_14, Figure.WITHDREW_16, Figure.WHY_14, Figure.WHY_16), ("",)
)
# Of which figures each status that is in one part of them is printed, and whether that part is the numerator.
_PARTS: Final = {Figure.WHY_14: True, Figure.WHY_16: True, Figure.NOT_ASKED: False}


@dataclass(frozen=True, slots=True)
class Response:
    """How many valid answers stand behind a figure, of how many invitations that arrived."""

    valid: int
    delivered: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. What is hidden is None; `why` says so, or that there is nothing to divide."""

    key: Key
    numerator: int | None
    denominator: int | None
    interval: Interval | None = None
    why: str = ""
    response: Response | None = None
    # Each status in one part of it, where those are printed; None where its count is hidden.
    parts: tuple[tuple[str, int | None], ...] = ()

    @property
    def share(self) -> float | None:
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def with_care(self) -> bool:
        """Fewer than thirty (MSR-04)."""
        return self.share is not None and (self.denominator or 0) < READ_WITH_CARE_BELOW


def lines(found: Gap, figure: Figure, survey: str, by: Split, to: To) -> list[Shown]:
    """A figure of a survey by what it is split by; of nothing at all one line that says so where it is not split."""
    keys = _keys(found, figure, survey, by)
    gone = _gone(found, figure, survey, by, to)
    return [_line(found, key, found.get(key, Counted()), to, *gone[key.value]) for key in keys]


def _keys(found: Gap, figure: Figure, survey: str, by: Split) -> list[Key]:
    # Why somebody withdrew is split by what all are split by: a line that is left out would tell that nobody did.
    listed = figure if by is Split.WHOLE else _WHY.get(figure, figure)
    values = values_of(found, listed, survey, by) or ([""] if by is Split.WHOLE else [])
    return [Key(figure, survey, by, value) for value in values]


# What is hidden of a line: its denominator, and what it divides. Neither is printed without the other being asked.
type Gone = tuple[bool, bool]
_SHOWN: Final = (False, False)


def _gone(found: Gap, figure: Figure, survey: str, by: Split, to: To) -> dict[str, Gone]:
    """What is hidden of each line, by its value, so that no other table of the page or the file tells it (MSR-03).

    Each table is one of counts first. What figures share is hidden in all of them: those of support add up to one another, and
    who withdrew is who is asked why. What is hidden as a whole is hidden in every split, whose lines add up to it.
    """
    alone = _of_table(found, figure, survey, by, to)
    if to is To.ROWS:
        return alone
    if _is_hidden_with_the_whole(found, figure, survey, by, to):
        return dict.fromkeys(alone, (True, True))
    if figure in _SUPPORT and by not in (Split.WHOLE, Split.WORK):
        return _all_or_nothing(found, survey, by, to, alone)
    return _with_who_withdrew(found, figure, survey, by, to, alone)


def _is_hidden_with_the_whole(found: Gap, figure: Figure, survey: str, by: Split, to: To) -> bool:
    if by is Split.WHOLE:
        return _worked_back(found, figure, survey, to)
    return any(any(one) for one in _gone(found, figure, survey, Split.WHOLE, to).values())


def _with_who_withdrew(
    found: Gap, figure: Figure, survey: str, by: Split, to: To, alone: dict[str, Gone]
) -> dict[str, Gone]:
    """How many withdrew is how many were asked why: hidden there, it is hidden here."""
    if figure not in {**_WITHDREW, **_WHY}:
        return alone
    is_why = figure in _WHY
    other = _of_table(found, _WHY[figure] if is_why else _WITHDREW[figure], survey, by, to)
    found_out = {}
    for value, (no_total, no_cells) in alone.items():
        total_of_other, cells_of_other = other.get(value, _SHOWN)
        found_out[value] = (
            (no_total or cells_of_other, no_cells or cells_of_other)
            if is_why
            else (no_total, no_cells or total_of_other)
        )
    return found_out


# Of these the denominators add up to those of the first, value by value.
_SUPPORT: Final = (Figure.FELT_SUPPORTED, Figure.DONE_UNSUPPORTED, Figure.NOT_DONE_SUPPORTED)
# Of whom it is asked why they withdrew: the one is the other's denominator.
_WITHDREW: Final = {Figure.WITHDREW_14: Figure.WHY_14, Figure.WITHDREW_16: Figure.WHY_16}
_WHY: Final = {why: withdrew for withdrew, why in _WITHDREW.items()}


def _all_or_nothing(found: Gap, survey: str, by: Split, to: To, mine: dict[str, Gone]) -> dict[str, Gone]:
    """What is hidden of one of the figures of support is hidden of all of them, and never one line alone."""
    tables = [_of_table(found, one, survey, by, to) for one in _SUPPORT]
    values = list(dict.fromkeys(value for table in tables for value in table))
    gone = {value for table in tables for value, one in table.items() if any(one)}
    shown = [value for value in values if value not in gone]
    if len(gone) == 1 and shown:
        totals = {value: found.get(Key(_SUPPORT[0], survey, by, value), Counted()).denominator for value in shown}
        gone.add(min(shown, key=lambda value: (not totals[value], totals[value], value)))
    return {value: (value in gone,) * 2 for value in mine}


def _of_table(found: Gap, figure: Figure, survey: str, by: Split, to: To) -> dict[str, Gone]:
    """What is hidden of one table by itself. Answers that may not be linked are in its whole and in none of its lines: a line of
    their own that nobody prints, or the whole less the lines would tell how few they are. They are the same in every split, so
    another may tell how many they are: what is hidden of the lines cannot be worked back with them known, either.
    """
    keys = _keys(found, figure, survey, by)
    counted = [found.get(key, Counted()) for key in keys]
    rest = _rest(found, figure, survey, by, counted)
    gone = _hidden([*counted, *rest], to)
    if rest:
        gone = _hidden(counted, to, gone)
    return {key.value: one for key, one in zip(keys, gone, strict=False)}


def _rest(found: Gap, figure: Figure, survey: str, by: Split, counted: Sequence[Counted]) -> list[Counted]:
    whole = found.get(Key(figure, survey, Split.WHOLE, ""))
    if by is Split.WHOLE or whole is None:
        return []
    numerator = whole.numerator - sum(one.numerator for one in counted)
    denominator = whole.denominator - sum(one.denominator for one in counted)
    return [Counted(numerator, denominator)] if denominator > 0 else []


def _hidden(counted: Sequence[Counted], to: To, before: Sequence[Gone] = ()) -> list[Gone]:
    """Of each line, whether its denominator is hidden, and whether what it divides is. What was hidden `before` stays so."""
    totals = [one.denominator for one in counted]
    stood = list(before[: len(counted)]) or [_SHOWN] * len(counted)
    gone = [is_small(total, to) or no_total for total, (no_total, _) in zip(totals, stood, strict=True)]
    if sum(gone) == 1 and len(gone) > 1:
        other = min(
            (at for at, is_gone in enumerate(gone) if not is_gone), key=lambda at: (not totals[at], totals[at], at)
        )
        gone[other] = True
    rows = [is_gone or no_cells for is_gone, (_, no_cells) in zip(gone, stood, strict=True)]
    cells = hidden([[one.numerator, one.denominator - one.numerator] for one in counted], to, rows).cells
    # A line with nothing to divide has nothing to hide, inside the force.
    return [
        (is_gone, any(row) and (to is To.PUBLIC or total > 0))
        for is_gone, row, total in zip(gone, cells, totals, strict=True)
    ]


def _worked_back(found: Gap, figure: Figure, survey: str, to: To) -> bool:
    """Whether a whole would tell what is hidden of its parts: those with work done are those told of it and those not."""
    parts = {Figure.DONE_UNSUPPORTED: (Work.TOLD, Work.DONE_NOT_TOLD), Figure.NOT_DONE_SUPPORTED: (Work.NOT_DONE,)}
    if figure not in parts:
        return False
    gone = {value: any(one) for value, one in _of_table(found, Figure.FELT_SUPPORTED, survey, Split.WORK, to).items()}
    return sum(gone.get(part, False) for part in parts[figure]) == 1


def _line(found: Gap, key: Key, one: Counted, to: To, no_total: bool, no_cells: bool) -> Shown:
    if no_total:
        return Shown(key, None, None, why=TOO_FEW)
    denominator = as_shown(one.denominator, to)
    if no_cells:
        return Shown(key, None, denominator, why=TOO_FEW)
    if not denominator:
        return Shown(key, 0, 0, why=Why.NO_CASES.value)
    numerator = min(as_shown(one.numerator, to), denominator)
    response = _response(found, key, to)
    return Shown(key, numerator, denominator, wilson(numerator, denominator), "", response, _parts(key, one, to))


def _response(found: Gap, key: Key, to: To) -> Response | None:
    """Beside every figure of a survey (MET30), unless that would tell how few did not answer."""
    if key.figure in (Figure.RESPONSE, Figure.NOT_ASKED) or key.by is Split.WORK:
        return None
    [(no_total, _)] = [
        one for value, one in _gone(found, Figure.RESPONSE, key.survey, key.by, to).items() if value == key.value
    ] or [(True, True)]
    valid, delivered = valid_of_delivered(found, key)
    if no_total or not delivered or any(is_small(count, to) for count in (valid, delivered, delivered - valid)):
        return None
    return Response(as_shown(valid, to), as_shown(delivered, to))


def _parts(key: Key, one: Counted, to: To) -> tuple[tuple[str, int | None], ...]:
    """The statuses that make up one part of a figure as a whole."""
    if key.figure not in _PARTS or key.by is not Split.WHOLE:
        return ()
    of_numerator = _PARTS[key.figure]
    apart = {"not_said"} if of_numerator else {"unsafe"}
    counts = sorted((status, number) for status, number in one.by_status.items() if status not in apart)
    if not counts:
        return ()
    [gone] = hidden([[number for _, number in counts]], to).cells
    return tuple(
        (status, None if is_gone else as_shown(number, to))
        for (status, number), is_gone in zip(counts, gone, strict=True)
    )


def every_line(found: Gap, by: Split, to: To) -> list[Shown]:
    """Every figure by one split, those of each survey together: figures of no survey and of whoever asks stand once."""
    surveys = surveys_of(found)
    return [
        line
        for figure in Figure
        for survey in (_OF_NONE.get(figure) or (systems_of(found) if figure is Figure.NOT_ASKED else surveys))
        for line in lines(found, figure, survey, by, to)
    ]


def surveys_of(found: Iterable[Key]) -> list[str]:
    """The surveys of which anything is counted, in order: whoever asks, by version and mode."""
    return sorted({key.survey for key in found if key.figure is Figure.RESPONSE})


def systems_of(found: Iterable[Key]) -> list[str]:
    """The systems that ask."""
    return sorted({key.survey for key in found if key.figure is Figure.NOT_ASKED})
