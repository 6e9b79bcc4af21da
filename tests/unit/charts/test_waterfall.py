"""Steps from one figure to another: each begins where the last ended, nothing hangs on colour, nothing leaves the picture."""

from itertools import pairwise

import pytest

from craffu.charts.geometry import width_of
from craffu.charts.shapes import Size
from craffu.charts.waterfall import WIDTH, Picture, Step, Waterfall, place

STEPS = (
    Step("Any two records", "−12.4", 0.0, -12.4),
    Step("Dyddiad geni a rhagor o eiriau nag sy’n ffitio mewn un llinell", "+9.0", -12.4, -3.4),
    Step("All together", "−3.4", 0.0, -3.4),
)


def picture(size: Size = Size.WIDE, steps: tuple[Step, ...] = STEPS) -> Picture:
    return place(Waterfall("What adds up", "In words", "Weight", steps), size)


def test_each_step_begins_where_the_last_ended() -> None:
    first, second, total = picture().bars
    assert first.x == pytest.approx(second.x)
    assert second.x + second.width == pytest.approx(total.x)
    assert total.x + total.width == pytest.approx(first.x + first.width)


def test_what_takes_away_is_hollow_as_well_as_of_another_colour() -> None:
    first, second, _total = picture().bars
    assert (first.fill, second.fill) == ("#ffffff", second.stroke)
    assert first.stroke != second.stroke


@pytest.mark.parametrize("size", Size)
def test_nothing_leaves_the_picture_and_names_do_not_meet(size: Size) -> None:
    made = picture(size)
    assert made.width == WIDTH[size]
    for one in made.words:
        width = width_of(one.words)
        left = one.x - {"start": 0.0, "middle": width / 2, "end": width}[one.anchor]
        assert left > -width * 0.15
        assert left + width <= made.width + 1
        assert 0 < one.y <= made.height
    names = [one for one in made.words if one.anchor == "end"]
    assert len(names) > len(STEPS)
    heights = [one.y for one in names]
    assert all(after - before >= 16.9 for before, after in pairwise(heights))


def test_a_picture_of_nothing_is_an_axis() -> None:
    made = picture(steps=())
    assert (made.bars, [one.words for one in made.words]) == ([], ["0", "+1", "Weight"])
