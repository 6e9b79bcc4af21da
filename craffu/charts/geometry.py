"""Where things stand on a chart, in pixels: steps of an axis, pieces of a line, labels that do not cover each other.

Widths of words are estimated and never measured, so a drawing is the same on every machine whatever fonts it has. They are
those of a wide typeface: a reader's machine without Arial puts one in its place, and no name may be cut off there.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from craffu.charts.shapes import Mark

LETTER = 14.0
LINE_HEIGHT = 17.0
# Widths of bold letters of a wide typeface as shares of their height: of small letters and figures, of capitals, of others.
_LETTER_WIDTH, _CAPITAL_WIDTH = 0.72, 0.86
_NOT_BOLD = 0.9
_OTHER_WIDTHS = {
    **dict.fromkeys("iîjl.,:;'’!| ", 0.4),
    **dict.fromkeys("ftrs()/-IJ", 0.51),
    **dict.fromkeys("wŵ", 0.93),
    **dict.fromkeys("mMW%…", 1.1),
}
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def width_of(words: str, *, is_bold: bool = True) -> float:
    """About how wide words are: seldom wider."""
    return sum(map(_width_of_letter, words)) * LETTER * (1.0 if is_bold else _NOT_BOLD)


# A page draws hundreds of words in the same few letters.
@lru_cache(maxsize=512)
def _width_of_letter(letter: str) -> float:
    return _OTHER_WIDTHS.get(letter) or (_CAPITAL_WIDTH if letter.isupper() else _LETTER_WIDTH)


def wrapped(words: str, width: float) -> list[str]:
    """Words in lines no wider than that; a word is never broken."""
    lines: list[str] = []
    so_far = 0.0
    for word in words.split():
        longer = so_far + width_of(f" {word}")
        if lines and longer <= width:
            lines[-1], so_far = f"{lines[-1]} {word}", longer
        else:
            lines.append(word)
            so_far = width_of(word)
    return lines or [""]


def axis_steps(lowest: float, highest: float, about: int = 5) -> list[float]:
    """Round values from nought, or from below the lowest, to above the highest. An axis never begins above nought."""
    low, high = min(0.0, lowest), max(0.0, highest)
    if high == low:
        return [0.0, 1.0]
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in _STEPS if size * power >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def scale(domain: tuple[float, float], pixels: tuple[float, float]) -> Callable[[float], float]:
    """From values to pixels, rounded so that no machine's last digit shows."""
    (low, high), (start, end) = domain, pixels
    span = (high - low) or 1.0
    return lambda value: round(start + (value - low) / span * (end - start), 2)


def pieces(marks: Iterable[Mark], breaks: Sequence[float]) -> list[list[Mark]]:
    """The stretches of a line: it is cut where there is no figure, before a mark that says so, and at a break."""
    found: list[list[Mark]] = []
    before: Mark | None = None
    for mark in sorted(marks, key=lambda one: one.at):
        if mark.value is not None:
            is_first = before is None or before.value is None
            if is_first or mark.is_cut or any(before.at < at <= mark.at for at in breaks if before):
                found.append([])
            found[-1].append(mark)
        before = mark
    return found


def gaps(all_marks: Sequence[Sequence[Mark]]) -> list[float]:
    """The places that were asked about and where nobody has a figure."""
    asked = {mark.at for marks in all_marks for mark in marks}
    given = {mark.at for marks in all_marks for mark in marks if mark.value is not None}
    return sorted(asked - given)


def thinned(places: Sequence[float], widths: Sequence[float], apart: float = 10.0) -> list[int]:
    """Which of several labels, centred at their places, are shown: every n-th, so that none covers another."""
    for every in range(1, len(places) + 1):
        shown = range(0, len(places), every)
        if all(places[b] - places[a] >= (widths[a] + widths[b]) / 2 + apart for a, b in pairwise(shown)):
            return list(shown)
    return [0] if places else []


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label of some height that would like its middle at `y`."""

    y: float
    height: float


def spread(wanted: Sequence[Wanted], top: float, bottom: float) -> list[float]:
    """The middles of labels, in the order given, moved as little as keeps them apart and between top and bottom."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number].y)
    middles = [0.0] * len(wanted)
    free_from = top
    for number in order:
        half = wanted[number].height / 2
        middles[number] = max(wanted[number].y, free_from + half)
        free_from = middles[number] + half
    free_to = bottom
    for number in reversed(order):
        half = wanted[number].height / 2
        middles[number] = min(middles[number], free_to - half)
        free_to = middles[number] - half
    return [round(middle, 2) for middle in middles]
