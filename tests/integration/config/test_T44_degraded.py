"""T44: what pages lean on is missing, spoilt or of another release: they serve from the register and say what is not there."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from craffu.access.acting import Acting
from craffu.config.commands import check
from craffu.engines import snapshots
from craffu.engines.snapshots import NoSnapshot
from craffu.measures.kept.reading import kept_figures, summed
from craffu.measures.places import folder_of
from craffu.people.search import actions
from craffu.people.search.tables import index
from tests import roles
from tests.factories.court_messages import court_message
from tests.factories.kept_figures import kept_of
from tests.installation import ROOT
from tests.web.conftest import taking_in, text_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOW = {"MET13": (30, 40)}
type Spoil = Callable[[Path], object]


def _gone(path: Path) -> None:
    path.unlink()


def _cut_off(path: Path) -> None:
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(content[: len(content) // 2])


def _no_text(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"\xff\x00" * 50)


def _newer(path: Path) -> None:
    said = json.loads(path.read_text(encoding="utf-8"))
    path.chmod(0o600)
    path.write_text(json.dumps({**said, "format": 99}), encoding="utf-8")


def _of_other_parts(path: Path) -> None:
    """Whole by its own sum, and without what this release reads."""
    path.chmod(0o600)
    figures = {"of": "a later release"}
    path.write_text(json.dumps({"format": 1, "sum": summed(figures), "figures": figures}), encoding="utf-8")


SPOILT = [_gone, _cut_off, _no_text, _newer, _of_other_parts]


@pytest.mark.parametrize("spoil", SPOILT)
def test_T44_what_is_missing_corrupt_or_newer_leaves_pages_that_serve_and_say_so(
    spoil: Spoil, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    kept_of(system, NOON, NOW)
    client = signed_in_client("supervisor")
    assert "No figures have been worked out yet" not in text_of(client.get("/dashboards/orders"))
    spoil(folder_of(system) / "figures.json")
    assert kept_figures(folder_of(system)) is None
    for path in ("/dashboards/orders", "/measures/MET13", "/measures"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert "No figures have been worked out yet" in text_of(page), path
    assert "Orders that end within 90 days: 0" in text_of(client.get("/dashboards/orders")), (
        "the register itself is read"
    )


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        *(("snapshot.json", one) for one in SPOILT),
        *(("orders.parquet", one) for one in SPOILT if one not in {_newer, _of_other_parts}),
    ],
)
def test_T44_nothing_is_worked_out_over_a_snapshot_that_is_not_as_it_was_written(
    name: str, spoil: Spoil, tmp_path: Path
) -> None:
    made = snapshots.build(tmp_path, [("orders", {"reference": "reference"}, [{"reference": "O-10001"}])], NOON)
    assert snapshots.current(tmp_path).tables(["orders"])["orders"].num_rows == 1
    spoil(made.folder / name)
    with pytest.raises(NoSnapshot, match="craffu snapshot build"):
        snapshots.current(tmp_path).tables(["orders"])
    again = snapshots.build(tmp_path, [("orders", {"reference": "reference"}, [{"reference": "O-10002"}])], NOON)
    assert again.name != made.name
    assert snapshots.current(tmp_path).tables(["orders"])["orders"].num_rows == 1, "one that is built takes its place"


@pytest.fixture
def heard(system: Acting, tmp_path: Path) -> None:
    taking_in(system, tmp_path)({"1.xml": court_message()})


def _drop() -> None:
    with connection.cursor() as cursor:
        for statement in index().drop:
            cursor.execute(statement)
    actions.forget()


@pytest.mark.parametrize("lose", [actions.wipe, pytest.param(_drop, marks=pytest.mark.sqlite)])
@pytest.mark.usefixtures("heard")
def test_T44_without_its_index_the_search_reads_the_records_and_says_so(
    lose: Callable[[], None], signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("investigator")

    def ask(words: str) -> str:
        return text_of(client.post("/search", {"words": words}, follow=True))

    assert "The index of names is not whole" not in ask("Idris Penhaligon")
    assert "The index of names is not whole" not in ask("Zebedee Quornstoke")
    lose()
    page = ask("penhaligon idris")
    assert "The index of names is not whole" in page
    assert "P-10001" in page
    assert "The index of names is not whole" in ask("Zebedee Quornstoke")
    assert "P-10001" in ask("P-10001"), "what is asked for by number needs no index"
    assert [problem for problem in check.search() if "craffu search rebuild" in problem]
    with roles.as_owner():
        actions.rebuild()
    assert list(check.search()) == []
    assert "The index of names is not whole" not in ask("penhaligon idris")


@pytest.mark.parametrize("role", ["investigator", "orders_team", "coordinator", "analyst"])
def test_T44_before_any_feed_has_sent_anything_every_part_of_the_navigation_opens(
    role: str, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client(role)
    parts = _navigation(client)
    assert len(set(parts)) > 4, "a navigation without its parts would pass"
    for path in {"/", *parts}:
        assert client.get(path).status_code == 200, path


def _navigation(client: Client) -> list[str]:
    nav = client.get("/").content.decode().partition("<main")[0]
    return [
        one for one in re.findall(r'href="(/[a-z/-]*)"', nav) if not one.startswith(("/assets", "/cy", "/sign-out"))
    ]


@pytest.mark.postgres_in_deep
@pytest.mark.parametrize(
    ("command", "module"),
    [
        ("measures", "duckdb"),
        pytest.param("snapshot", "pyarrow", marks=pytest.mark.deep),
        pytest.param("link", "splink", marks=pytest.mark.deep),
    ],
)
def test_T44_a_command_whose_engine_is_not_there_says_so_in_one_line(command: str, module: str, tmp_path: Path) -> None:
    blocked = tmp_path / "without"
    blocked.mkdir()
    missing = f'raise ModuleNotFoundError("No module named {module}", name="{module}")\n'
    (blocked / f"{module}.py").write_text(missing, encoding="utf-8")
    action = {"snapshot": ["build"], "measures": ["list"], "link": ["run"]}[command]
    env = {
        "PATH": "/usr/bin:/bin",
        "CRAFFU_MODE": "test",
        "CRAFFU_HOME": str(tmp_path),
        "PYTHONPATH": str(blocked),
    }
    done = subprocess.run(
        [sys.executable, "-m", "craffu.config.cli", command, *action],
        env=env, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr == f"craffu {command}: {module} is not installed, which this needs: run bin/setup.\n"
