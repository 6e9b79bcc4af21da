"""Pictures are drawn once, in a process of its own, and a page's own process loads nothing for it."""

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from craffu.charts import kept
from craffu.charts.kept import NotDrawn, draw_apart, keep, picture
from craffu.charts.shapes import Chart, Size
from tests.unit.charts.charts import line_chart, row_chart


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pictures each drawing process was asked for; the drawing itself is left out."""
    asked: list[int] = []

    def instead(charts: Sequence[tuple[Chart, Size]]) -> list[str]:
        asked.append(len(charts))
        return [f"<svg>{chart.title} {size}</svg>" for chart, size in charts]

    monkeypatch.setattr(kept, "draw_apart", instead)
    return asked


@pytest.mark.slow
def test_a_kept_chart_is_drawn_by_a_process_of_its_own(tmp_path: Path) -> None:
    digest = keep(tmp_path / "charts", row_chart())
    svg = picture(tmp_path / "charts", digest, Size.NARROW)
    assert svg is not None
    assert svg.startswith("<svg")
    assert svg == picture(tmp_path / "charts", digest, Size.NARROW)


def test_no_page_loads_what_draws() -> None:
    code = (
        "import sys, craffu.charts.kept; print(sorted({'altair', 'vl_convert', 'numpy', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_missing_is_drawn_together_and_once(tmp_path: Path, drawn: list[int]) -> None:
    first, second = keep(tmp_path, line_chart()), keep(tmp_path, row_chart())
    assert first != second
    assert keep(tmp_path, line_chart()) == first
    for digest in (first, second, first):
        assert picture(tmp_path, digest, Size.WIDE)
    assert drawn == [2]
    assert picture(tmp_path, first, Size.NARROW)
    assert drawn == [2, 2]


def test_many_who_ask_at_once_get_one_drawing(tmp_path: Path, drawn: list[int]) -> None:
    digest = keep(tmp_path, line_chart())
    with ThreadPoolExecutor(8) as pool:
        pictures = set(pool.map(lambda _: picture(tmp_path, digest, Size.WIDE), range(16)))
    assert len(pictures) == 1
    assert drawn == [1]


def test_the_name_changes_with_anything_that_is_shown(tmp_path: Path) -> None:
    chart = line_chart()
    names = {keep(tmp_path, one) for one in (chart, replace(chart, language="cy"), replace(chart, title="Other"))}
    assert len(names) == 3


@pytest.mark.parametrize("digest", ["0" * 40, "../../secret", "", "x" * 40])
def test_a_name_that_is_not_kept_has_no_picture(digest: str, tmp_path: Path, drawn: list[int]) -> None:
    keep(tmp_path, line_chart())
    assert picture(tmp_path, digest, Size.WIDE) is None
    assert drawn == []


def test_a_drawing_that_breaks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    with pytest.raises(NotDrawn):
        draw_apart([(line_chart(), Size.WIDE)])
    with pytest.raises(NotDrawn):
        picture(tmp_path, keep(tmp_path, line_chart()), Size.WIDE)


def test_the_oldest_go_when_there_are_too_many(
    tmp_path: Path, drawn: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 4)
    digests = [keep(tmp_path, replace(row_chart(), title=f"Chart {number}")) for number in range(4)]
    assert picture(tmp_path, digests[0], Size.WIDE)
    keep(tmp_path, line_chart())
    assert len(list(tmp_path.glob("*.json"))) == 3
    assert len(list(tmp_path.glob("*.svg"))) == 2
