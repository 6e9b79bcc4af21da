"""Pictures: the same bytes each time, nothing a strict policy refuses, no line over a gap or a break, words for the blind."""

import functools
import hashlib
import itertools
import json
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from craffu.charts.drawing import STYLES, draw
from craffu.charts.finishing import ATTRIBUTES, ELEMENTS, SVG, NotPlain, finished
from craffu.charts.shapes import Chart, Mark, RowDrawn, Series, Size, read, written
from tests.unit.charts.charts import line_chart, row_chart

CHARTS: dict[str, Chart] = {
    "lines": line_chart(),
    "lines in Welsh": line_chart("cy"),
    "dots": row_chart(),
    "bars": row_chart(RowDrawn.BARS),
}
EACH = list(itertools.product(CHARTS, Size))


@functools.cache
def drawn(name: str, size: Size = Size.WIDE) -> str:
    """Each chart is drawn once for all tests."""
    return draw(CHARTS[name], size)


def root_of(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def words_of(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in root_of(svg).iter(f"{{{SVG}}}text")]


@pytest.mark.parametrize(("name", "size"), EACH)
def test_a_picture_holds_nothing_but_plain_marks(name: str, size: Size) -> None:
    root = root_of(drawn(name, size))
    for element in root.iter():
        assert element.tag.removeprefix(f"{{{SVG}}}") in ELEMENTS
        allowed = ATTRIBUTES | ({"role", "lang", "aria-labelledby"} if element is root else {"id"})
        assert set(element.attrib) <= allowed
        assert not any("http" in value or "url(" in value for value in element.attrib.values())
    fonts = {element.get("font-family") for element in root.iter() if element.get("font-family")}
    assert fonts == {"Arial, sans-serif"}


@pytest.mark.parametrize(("name", "size"), EACH)
def test_a_picture_has_a_title_a_description_and_a_size_that_scales(name: str, size: Size) -> None:
    chart = CHARTS[name]
    root = root_of(drawn(name, size))
    title, desc = list(root)[:2]
    assert (title.text, desc.text) == (chart.title, chart.description)
    assert root.get("lang") == chart.language
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    _x, _y, width, height = map(float, str(root.get("viewBox")).split())
    assert width == {Size.WIDE: 640, Size.NARROW: 345}[size]
    assert 150 < height < 600


@pytest.mark.parametrize(("name", "size"), EACH)
def test_letters_of_the_phone_picture_are_as_large_as_those_of_the_desk(name: str, size: Size) -> None:
    sizes = {element.get("font-size") for element in root_of(drawn(name, size)).iter(f"{{{SVG}}}text")}
    assert sizes == {"14px"}


@pytest.mark.slow
def test_the_same_chart_gives_the_same_bytes_in_another_process() -> None:
    asked = "".join(f"{json.dumps([written(CHARTS[name]), size])}\n" for name, size in EACH)
    done = subprocess.run(
        [sys.executable, "-m", "craffu.charts.drawing"], input=asked, capture_output=True, text=True, check=True
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == [drawn(name, size) for name, size in EACH]


# Written down once, on Python 3.13, and the same on 3.12. Whoever changes how charts look, or an engine, writes them down anew.
WRITTEN_DOWN = {
    "lines": "014919862ea117eca7e228f0e1637b7a1ff9cf69a6583b679a749bfd0cef9d72",
    "dots": "6579f238e13e5c30ad3b80bae8ea4d25ae97cb653b30869c02b08cb6953b3597",
}


@pytest.mark.parametrize("name", WRITTEN_DOWN)
def test_a_picture_is_the_same_on_every_python_and_with_whatever_fonts(name: str) -> None:
    assert hashlib.sha256(drawn(name, Size.NARROW).encode()).hexdigest() == WRITTEN_DOWN[name]


def strokes(svg: str, color: str) -> list[list[float]]:
    """The x of every corner of every line of a colour."""
    return [
        [float(x) for x in re.findall(r"[ML](-?[\d.]+)", path.get("d", ""))]
        for path in root_of(svg).iter(f"{{{SVG}}}path")
        if path.get("stroke") == color and path.get("fill") is None
    ]


@pytest.mark.rule("MSR-02")
@pytest.mark.rule("MSR-07")
@pytest.mark.parametrize("size", Size)
def test_no_line_crosses_a_gap_or_a_break(size: Size) -> None:
    svg = drawn("lines", size)
    lines = strokes(svg, STYLES[0][0])
    assert [len(corners) for corners in lines if len(corners) > 1] == [3, 2, 2]
    ends = [(min(corners), max(corners)) for corners in lines if len(corners) > 1]
    assert all(before[1] < after[0] for before, after in itertools.pairwise(ends))


@pytest.mark.rule("MSR-02")
def test_a_gap_says_so_and_nothing_is_drawn_at_nought() -> None:
    assert "no figure" in words_of(drawn("lines"))
    assert "no figure: not supplied" in words_of(drawn("dots"))
    assert "0.0" not in words_of(drawn("dots"))


@pytest.mark.rule("MSR-07")
def test_a_break_stands_under_its_own_words() -> None:
    assert "The counting rules changed" in " ".join(words_of(drawn("lines")))


def test_series_are_told_apart_without_colour_and_named_where_they_end() -> None:
    svg = drawn("lines")
    dashes = {
        (path.get("stroke"), path.get("stroke-dasharray") or None)
        for path in root_of(svg).iter(f"{{{SVG}}}path")
        if path.get("fill") is None and path.get("stroke") in {STYLES[0][0], STYLES[1][0]}
    }
    assert dashes == {(STYLES[0][0], None), (STYLES[1][0], "7,4")}
    assert {"Glan-yr-afon", "Everywhere"} <= set(words_of(svg))
    shapes = {shape for _color, _dash, shape in STYLES}
    assert len(shapes) == len(STYLES)


def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("color", [color for color, _dash, _shape in STYLES])
def test_each_colour_can_be_read_on_white(color: str) -> None:
    assert 1.05 / (luminance(color) + 0.05) >= 4.5


@pytest.mark.rule("MSR-04")
def test_a_figure_on_few_is_hollow_and_an_interval_is_drawn() -> None:
    paths = root_of(drawn("lines")).iter(f"{{{SVG}}}path")
    hollow = [path for path in paths if path.get("fill") == "#ffffff"]
    assert len(hollow) == 2
    bare = root_of(drawn("lines")).iter(f"{{{SVG}}}line")
    whiskers = [line for line in bare if line.get("stroke") == STYLES[1][0] and line.get("stroke-width") == "1.5"]
    assert len(whiskers) == 6


def test_a_chart_without_any_figure_is_drawn_all_the_same() -> None:
    chart = line_chart()
    empty = Series("Nobody", tuple(Mark(mark.at, None) for mark in chart.series[0].marks))
    svg = draw(type(chart)("None", "", "", "", (empty,), chart.ticks, gap_words="no figure"), Size.NARROW)
    assert words_of(svg).count("no figure") == 8


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_read_as_it_was_written(name: str) -> None:
    assert read(written(CHARTS[name])) == CHARTS[name]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        '<rect style="fill:red"/>',
        "<style>a{}</style>",
        '<rect onclick="1"/>',
        '<image href="x"/>',
        '<a href="x"><text/></a>',
        '<rect fill="url(#x)"/>',
        "<foreignObject/>",
    ],
)
def test_what_a_strict_policy_refuses_is_never_in_a_picture(inside: str) -> None:
    with pytest.raises(NotPlain):
        finished(f'<svg xmlns="{SVG}">{inside}</svg>', title="t", description="d", language="en")
