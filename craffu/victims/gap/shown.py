"""The figures of the gap as they are printed: for whom, with their interval, or why there is none.

MSR-02, MSR-03, MSR-04, MET30. Pure. Every table of a figure by one split is one table of counts: what is hidden in it cannot be
worked back from its other rows and its whole.
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
    values = values_of(found, figure, survey, by) or ([""] if by is Split.WHOLE else [])
    keys = [Key(figure, survey, by, value) for value in values]
    counted = [found.get(key, Counted()) for key in keys]
    gone, is_apart = _hidden(counted, to), _worked_back(found, figure, survey, by, to)
    made = []
    for key, one, (no_total, no_cells) in zip(keys, counted, gone, strict=True):
        made.append(_line(found, key, one, to, no_total=no_total or is_apart, no_cells=no_cells or is_apart))
    return made


def _hidden(counted: Sequence[Counted], to: To) -> list[tuple[bool, bool]]:
    """Of each line, whether its denominator is hidden, and whether what it divides is."""
    totals = [one.denominator for one in counted]
    gone = [is_small(total, to) for total in totals]
    if sum(gone) == 1 and len(gone) > 1:
        other = min(
            (at for at, is_gone in enumerate(gone) if not is_gone), key=lambda at: (not totals[at], totals[at], at)
        )
        gone[other] = True
    cells = hidden([[one.numerator, one.denominator - one.numerator] for one in counted], to, gone).cells
    # A line with nothing to divide has nothing to hide, inside the force.
    return [
        (is_gone, any(row) and (to is To.PUBLIC or total > 0))
        for is_gone, row, total in zip(gone, cells, totals, strict=True)
    ]


def _worked_back(found: Gap, figure: Figure, survey: str, by: Split, to: To) -> bool:
    """Whether a whole would tell what is hidden of its parts: those with work done are those told of it and those not."""
    parts = {Figure.DONE_UNSUPPORTED: (Work.TOLD, Work.DONE_NOT_TOLD), Figure.NOT_DONE_SUPPORTED: (Work.NOT_DONE,)}
    if figure not in parts or by is not Split.WHOLE or to is To.ROWS:
        return False
    values = values_of(found, Figure.FELT_SUPPORTED, survey, Split.WORK)
    counted = [found[Key(Figure.FELT_SUPPORTED, survey, Split.WORK, value)] for value in values]
    gone = dict(zip(values, (any(one) for one in _hidden(counted, to)), strict=True))
    return sum(gone.get(part, False) for part in parts[figure]) == 1


def _line(found: Gap, key: Key, one: Counted, to: To, *, no_total: bool, no_cells: bool) -> Shown:
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
    valid, delivered = valid_of_delivered(found, key)
    if not delivered or any(is_small(count, to) for count in (valid, delivered, delivered - valid)):
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
