"""Pictures of charts as they are served: by the name a page gave, with a policy that allows nothing, to whoever sees the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from craffu.charts.kept import NotDrawn, keep
from craffu.charts.shapes import Row, RowChart
from craffu.web.profiles import views
from tests.web.conftest import Visit

CHART = RowChart("A title", "A description", "Per 1,000", (Row("Here", "4.3", 4.3), Row("There", "no figure", None)))


@pytest.fixture
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(views, "FOLDER", tmp_path)
    return keep(tmp_path, CHART)


@pytest.mark.slow
def test_a_picture_is_served_as_nothing_but_a_picture(name: str, analyst: Client, visit: Visit) -> None:
    response, rows = visit(analyst, f"/profiles/charts/narrow/{name}.svg")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "no-store" in response.headers["Cache-Control"]
    assert b'<title id="title">A title</title>' in response.content
    assert rows == []


@pytest.mark.parametrize(
    "path", ["narrow/{}.svg", "huge/" + "0" * 40 + ".svg", "wide/" + "0" * 40 + ".svg", "wide/x.svg"]
)
def test_a_name_that_no_page_gave_has_no_picture(path: str, analyst: Client, name: str) -> None:
    assert analyst.get(f"/profiles/charts/{path.format('f' * 40)}").status_code == 404


def test_a_picture_that_cannot_be_drawn_is_missing_and_the_page_stands(
    name: str, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise NotDrawn("x")

    monkeypatch.setattr(views, "picture", fail)
    response = analyst.get(f"/profiles/charts/wide/{name}.svg")
    assert (response.status_code, response.content) == (503, b"")


def test_pictures_open_to_whoever_the_profile_opens_to(name: str, signed_in_client: Callable[..., Client]) -> None:
    for role in ("investigator", "auditor", "volunteer_reviewer"):
        assert signed_in_client(role).get(f"/profiles/charts/wide/{name}.svg").status_code == 403
    assert Client().get(f"/profiles/charts/wide/{name}.svg").status_code == 302
