"""Made-up published figures of two real areas: gaps, blanks, zeros that mean nothing, found errors and figures by hand."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.charts import shapes
from craffu.charts.shapes import Chart
from craffu.published.actions import record_figure_by_hand, record_found
from craffu.published.areas import find_area
from craffu.published.facts import FoundRow
from craffu.published.models import PublishedFigure
from craffu.published.periods import parse_period
from craffu.web.profiles import pictures, views
from tests.web.profiles import figures
from tests.web.profiles.figures import FILE, HERE, NOW, Said

type Publish = Callable[[str, Iterable[Said]], None]


@pytest.fixture
def publish(system: Acting) -> Publish:
    """`publish("stalking-outcomes", [(area, measure, period, printed), ...])` takes figures of one series in."""

    def published(series: str, said: Iterable[Said]) -> None:
        figures.publish(system, series, list(said))

    return published


type ByHand = Callable[..., PublishedFigure]


@pytest.fixture
def by_hand(acting_as: Callable[..., Acting]) -> ByHand:
    """`by_hand(10199, "2022-03 year ending", "The whole subgroup")` is a figure that an analyst entered."""
    analyst = acting_as("analyst")

    def entered(value: int, period: str, definition: str, *, title: str = "Stalking and harassment") -> PublishedFigure:
        area = find_area(HERE)
        assert area is not None
        return record_figure_by_hand(
            by=analyst, title=title, definition=definition, unit="crime", area=area, period=parse_period(period),
            value=value, read_in="A review of 2023, page 12", now=NOW,
        )  # fmt: skip

    return entered


@pytest.fixture
def found(system: Acting) -> Callable[..., None]:
    """`found("spo-statistics", FoundRow(...), ...)` keeps what our checks found in a file."""

    def kept(series: str, *rows: FoundRow) -> None:
        record_found(by=system, series=series, anomalies=rows, file_sha256=FILE, now=NOW)

    return kept


@pytest.fixture
def analyst(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("analyst")


@pytest.fixture(autouse=True)
def charts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Chart]]:
    """`charts()` gives what the charts of the pages opened so far show, by title. Nothing is drawn."""
    folder = tmp_path / "charts"
    monkeypatch.setattr(pictures, "FOLDER", folder)
    monkeypatch.setattr(views, "FOLDER", folder)

    def shown() -> dict[str, Chart]:
        read = [shapes.read(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
        return {chart.title: chart for chart in read}

    return shown
