"""What files are called on the page of a run: by their own names, and never by the folders of a server (P37)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.intake import uploads
from craffu.intake.running import take_in
from craffu.web.intake.file_names import file_shown, files_shown
from tests.factories.court_messages import court_message
from tests.factories.extracts import row, write
from tests.web.conftest import text_of

A, B = court_message(ptiurn="63AA0000001"), court_message(ptiurn="63AA0000002")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/srv/force/inbox/rec-crime.csv", "rec-crime.csv"),
        ("rec-crime.csv", "rec-crime.csv"),
        ("/srv/results.zip: 2025/a.xml", "results.zip: 2025/a.xml"),
        ("/srv/results.ZIP: a: b.xml", "results.ZIP: a: b.xml"),
        ("/srv/one: two/a.csv", "a.csv"),
        ("/srv/a very lo…ng/folder/a.csv", "a.csv"),
        ("/srv/folder/", "folder"),
        ("/", "/"),
    ],
)
def test_a_file_goes_by_its_own_name(name: str, shown: str) -> None:
    assert file_shown(name) == shown


def test_a_file_handed_in_here_goes_by_the_name_it_had() -> None:
    assert files_shown([f"{uploads.root()}/R-1/a.csv", f"{uploads.root()}/R-2/b.csv"]) == {
        f"{uploads.root()}/R-1/a.csv": "a.csv",
        f"{uploads.root()}/R-2/b.csv": "b.csv",
    }


def test_files_of_one_name_have_as_many_folders_as_tell_them_apart() -> None:
    names = ["/in/2025/a/x.xml", "/in/2025/b/x.xml", "/in/2025/b/y.xml", "/p/1/x.zip: m", "/p/2/x.zip: m"]
    assert list(files_shown(names).values()) == ["a/x.xml", "b/x.xml", "y.xml", "1/x.zip: m", "2/x.zip: m"]
    assert list(files_shown(["/in/2024/a/x.xml", "/in/2025/a/x.xml"]).values()) == ["2024/a/x.xml", "2025/a/x.xml"]
    assert files_shown(["/in/x.xml", "/in/x.xml"]) == {"/in/x.xml": "x.xml"}


@pytest.mark.django_db
def test_no_page_of_a_run_shows_a_folder_of_the_server(
    system: Acting, signed_in_client: Callable[..., Client], tmp_path: Path
) -> None:
    for folder, data in (("first", A), ("second", B), ("third", b"%PDF-1.7 no message")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "input.xml").write_bytes(data)
    done = take_in(by=system, kind="court-results", paths=[tmp_path])
    text = text_of(signed_in_client("analyst").get(f"/intake/runs/{done.run.reference}"))
    assert str(tmp_path) not in text
    assert "first/input.xml" in text
    assert "input.xml This is a PDF, not XML." in text


@pytest.mark.django_db
def test_a_layout_without_codes_has_no_column_for_them(
    system: Acting, signed_in_client: Callable[..., Client], tmp_path: Path
) -> None:
    done = take_in(by=system, kind="staff", paths=[write(tmp_path, "a.csv", [row("staff", "posts")])])
    text = text_of(signed_in_client("analyst").get(f"/intake/runs/{done.run.reference}"))
    assert "Must be filled" in text
    assert "Words for codes" not in text
