"""Where things stand on a chart: axes from nought, lines cut at gaps and breaks, labels apart."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.charts.geometry import Wanted, axis_steps, gaps, pieces, scale, spread, thinned, width_of, wrapped
from craffu.charts.shapes import Mark


@pytest.mark.parametrize(
    ("lowest", "highest", "steps"),
    [
        (4.6, 36.7, [0, 10, 20, 30, 40]),
        (0, 0, [0, 1]),
        (90, 100, [0, 20, 40, 60, 80, 100]),
        (-31, 120, [-50, 0, 50, 100, 150]),
        (-31, -2, [-40, -30, -20, -10, 0]),
        (0.001, 0.0042, [0, 0.001, 0.002, 0.003, 0.004, 0.005]),
    ],
)
def test_an_axis_begins_at_nought_and_has_round_steps(lowest: float, highest: float, steps: list[float]) -> None:
    assert axis_steps(lowest, highest) == pytest.approx(steps)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_an_axis_holds_every_value_and_nought(a: float, b: float) -> None:
    low, high = sorted((a, b))
    if high - low < 1e-6 * max(abs(high), 1):
        return
    steps = axis_steps(low, high)
    nearly = 1e-9 * max(abs(low), abs(high))
    assert steps[0] <= min(low, 0) + nearly
    assert steps[-1] >= max(high, 0) - nearly
    assert 2 <= len(steps) <= 8


def shape(stretches: list[list[Mark]]) -> list[list[float]]:
    return [[mark.at for mark in stretch] for stretch in stretches]


@pytest.mark.rule("MSR-07")
@pytest.mark.parametrize(
    ("values", "breaks", "stretches"),
    [
        ([1, 2, 3], [], [[0, 1, 2]]),
        ([1, None, 3], [], [[0], [2]]),
        ([None, 1, None], [], [[1]]),
        ([1, 2, 3, 4], [1.5], [[0, 1], [2, 3]]),
        ([1, 2, 3, 4], [2], [[0, 1], [2, 3]]),
        ([1, None, 3, 4], [1.5], [[0], [2, 3]]),
        ([1, 2, 3], [-5, 99], [[0, 1, 2]]),
        ([0, 0], [], [[0, 1]]),
        ([None], [], []),
    ],
)
def test_a_line_is_cut_where_there_is_no_figure_and_at_a_break(
    values: list[float | None], breaks: list[float], stretches: list[list[float]]
) -> None:
    marks = [Mark(at, value) for at, value in enumerate(values)]
    assert shape(pieces(marks, breaks)) == stretches
    assert shape(pieces(reversed(marks), breaks)) == stretches


@pytest.mark.rule("MSR-07")
def test_a_line_is_cut_before_a_mark_that_says_so() -> None:
    marks = [Mark(0, 1.0), Mark(1, 2.0), Mark(2, 3.0, is_cut=True), Mark(3, 4.0)]
    assert shape(pieces(marks, [])) == [[0, 1], [2, 3]]


def test_a_gap_is_where_nobody_has_a_figure() -> None:
    first = [Mark(1, 5.0), Mark(2, None), Mark(3, None)]
    second = [Mark(1, None), Mark(2, None), Mark(3, 0.0)]
    assert gaps([first, second]) == [2]


def test_a_scale_maps_its_ends() -> None:
    place = scale((0, 40), (260, 20))
    assert [place(0), place(40), place(10)] == [260, 20, 200]
    assert scale((3, 3), (0, 10))(3) == 0


@pytest.mark.parametrize(
    ("places", "width", "shown"),
    [
        ([0, 100, 200], 40, [0, 1, 2]),
        ([0, 30, 60, 90], 40, [0, 2]),
        ([0, 10, 20, 30], 40, [0]),
        ([], 40, []),
        ([5], 40, [0]),
    ],
)
def test_labels_that_would_cover_each_other_are_thinned(places: list[float], width: float, shown: list[int]) -> None:
    assert thinned(places, [width] * len(places)) == shown


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(10, 40)), max_size=5))
def test_names_at_the_ends_of_lines_never_cover_each_other(wanted: list[tuple[float, float]]) -> None:
    labels = [Wanted(y, height) for y, height in wanted]
    boxes = sorted(
        (middle - label.height / 2, middle + label.height / 2)
        for label, middle in zip(labels, spread(labels, 0, 300), strict=True)
    )
    for (_top, bottom), (next_top, _bottom) in itertools.pairwise(boxes):
        assert bottom <= next_top + 0.02


def test_words_are_wrapped_and_a_long_word_is_not_broken() -> None:
    assert wrapped("Two words", 30) == ["Two", "words"]
    assert wrapped("Llanfairpwllgwyngyll", 30) == ["Llanfairpwllgwyngyll"]
    assert wrapped("", 30) == [""]


@pytest.mark.parametrize(
    ("words", "measured"),
    [
        ("England and Wales 6.0%", 193.7),
        ("Dyfed-Powys Police 4.6%", 198.3),
        ("Heddlu Gogledd Cymru 7.2%", 225.8),
        ("50%", 33.5),
    ],
)
def test_words_have_room_in_a_wide_typeface_too(words: str, measured: float) -> None:
    """Measured in DejaVu Sans Bold at 14 pixels, which many machines put in Arial's place."""
    assert measured <= width_of(words) <= measured * 1.15
