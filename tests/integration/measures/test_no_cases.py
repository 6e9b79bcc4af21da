"""Of nothing to divide every output says that there are no cases, and none says nought per cent (MSR-02)."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine as time_travel
from django.test import Client
from django.utils import translation

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.common import clock
from craffu.config import cli
from craffu.engines.choice import Engine, Kind
from craffu.measures.definitions import definition, shipped
from craffu.measures.digests.actions import keep_digest
from craffu.measures.engine.running import ONLY_NOW
from craffu.measures.exporting.actions import publish_feed, take_out_figures
from craffu.measures.kept.reading import kept_figures
from craffu.measures.places import folder_of
from craffu.measures.releasing import not_shown
from craffu.measures.snapshots.actions import build_snapshot, keep_figures
from craffu.web.measures import figures
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("MSR-02"), pytest.mark.postgres_in_deep, pytest.mark.long]
# How many orders stand is a count: that none does is known.
COUNTS = frozenset({"MET11"})
DIVIDED = sorted(shipped().keys() - COUNTS)
PARTS = sum(len(definition(code).parts) for code in DIVIDED)
# What is known only as things stand now has no year before.
WHY = frozenset({"no cases", ONLY_NOW})
NOUGHT = re.compile(r"(?<![\d.,])0(\.0+)?\s?%")


def of_pages(client: Client) -> dict[str, str]:
    paths = ["/dashboards/orders", "/measures", "/digest", *(f"/measures/{code}" for code in DIVIDED)]
    return {path: text_of(client.get(f"{language}{path}", follow=True)) for language in ("", "/cy") for path in paths}


def of_command(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    said = {}
    for more in ((), ("--json",)):
        assert cli.main(["measures", "run", *DIVIDED, "--as", "sue", *more]) == 0
        said["run", *more] = capsys.readouterr().out
    return {" ".join(name): text for name, text in said.items()}


@pytest.fixture
def nothing(system: Acting, frozen_clock: time_travel.Traveller) -> None:
    """A register with nothing in it, with the figures and the digest of that."""
    snapshot = build_snapshot(by=system)
    keep_figures(by=system, snapshot=snapshot, engine=Engine(Kind.DUCKDB))
    assert keep_digest(by=system, now=clock.now())


def test_of_a_register_with_nothing_in_it_no_output_says_nought(
    nothing: None, signed_in_client: Callable[..., Client], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = signed_in_client("supervisor", username="sue")
    by = acting_user(User.objects.get(username="sue"))
    kept = kept_figures(folder_of(by))
    assert kept is not None
    take_out_figures(by=by, kept=kept, out=tmp_path / "told", recipient="us")
    publish_feed(by=by, kept=kept, out=tmp_path / "feed", reason="asked for by the public")
    # What each prints, and how often at least it has to say that there are no cases.
    outputs = {**of_pages(client), **of_command(capsys)}
    outputs["csv"] = (tmp_path / "told" / "figures.csv").read_text(encoding="utf-8-sig")
    outputs["feed"] = (tmp_path / "feed" / "feed.json").read_text(encoding="utf-8")
    outputs["file of a measure"] = client.get("/measures/MET09/figures/csv").content.decode()
    outputs["file of the dashboard"] = client.get("/dashboards/orders/figures/json").content.decode()
    least = {"run": PARTS, "run --json": PARTS, "csv": PARTS, "feed": PARTS, "/measures": len(DIVIDED) - 1}
    for name, text in outputs.items():
        says = len(re.findall("no cases|dim achosion", text, re.IGNORECASE))
        assert says >= least.get(name, 1), name
        assert not NOUGHT.search(text), name
    with (tmp_path / "told" / "figures.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            if row["part_key"].partition(".")[0] not in COUNTS:
                assert (row["value"], row["note"] in WHY) == ("", True), row
    items = json.loads(outputs["feed"])["items"]
    for figure in (
        one for item in items if item["_craffu"]["measure"] not in COUNTS for one in item["_craffu"]["figures"]
    ):
        assert (figure["value"], figure["note"] in WHY | {not_shown(10)}) == (
            None,
            True,
        ), figure
    for code in DIVIDED:
        one = kept.of(by, code).whole()
        if one is not None:
            with translation.override("en"):
                assert figures.value_words(definition(code), one) == "No cases"

    # Nothing is divided in an answer to the public, and there a nought is hidden like any count below ten (MSR-03).
    assert cli.main(["foi", "orders", "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["rows"]
    assert {(row["count"], row["words"]) for row in rows} == {(None, "fewer than 10")}
