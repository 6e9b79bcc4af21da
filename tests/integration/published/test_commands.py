"""`craffu profile` and `craffu reconcile`: their public keys, their words, and what they do with what they cannot find."""

import json
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.config import cli
from craffu.published.actions import record_found
from craffu.published.facts import FoundRow
from craffu.published.periods import financial_quarter, financial_year, year_ending
from tests.factories.published import NOW, figure, record, record_published

pytestmark = pytest.mark.django_db

FOCUS = "Stalking and harassment"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def as_json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code, out, _ = run(capsys, *words, "--json")
    return code, json.loads(out)


def record_some(by: Acting) -> None:
    record(
        by,
        "recorded-crime-rolling",
        [figure(FOCUS, "Gwent", year_ending(2018, 3), 2226), figure(FOCUS, "Kent", year_ending(2018, 3), 400)],
    )
    quarters = [
        figure("8Q", "Gwent", financial_quarter(2017, number), 500 + number, subgroup="Stalking and harassment")
        for number in (1, 2, 3, 4)
    ]
    record(by, "recorded-crime", quarters)
    record(
        by,
        "spo-statistics",
        [
            figure("applied", "Gwent", financial_year(2021), None, "blank"),
            figure("granted", "Gwent", financial_year(2021), 3),
        ],
    )


@pytest.mark.rule("MSR-02")
def test_the_profile_has_its_public_keys_and_null_with_a_reason(
    system: Acting, capsys: pytest.CaptureFixture[str]
) -> None:
    record_some(system)
    anomalies = [FoundRow("part_exceeds_whole", "error", "applied", "force", "61", "Gwent", "2021/22")]
    record_found(by=system, series="spo-statistics", anomalies=anomalies, file_sha256="a" * 64, now=NOW)
    code, said = as_json(capsys, "profile", "--force", "Heddlu Gwent")
    assert code == 0
    assert said["force"] == "Gwent Police"
    assert {"series", "outcomes", "orders", "prosecutions", "notes"} <= said.keys()
    rolling = next(item for item in said["series"] if item["measure"] == FOCUS)
    assert {"measure", "period", "value", "unit", "source", "caveats"} <= rolling.keys()
    assert (rolling["value"], rolling["unit"], rolling["rate"]["value"]) == (2226, "crime", 3.8595)
    assert rolling["rate"]["base"] == "usual residents, Census 2011"
    applied, granted, waiting = said["orders"]
    assert (applied["value"], applied["reason_code"], applied["share"]) == (None, "blank", None)
    assert (granted["value"], granted["share"], waiting["value"]) == (3, None, None)
    assert applied["warning"]
    assert [one["check"] for one in said["errors_found"]] == ["part_exceeds_whole"]


def test_the_profile_can_be_read_by_people(system: Acting, capsys: pytest.CaptureFixture[str]) -> None:
    record_some(system)
    code, out, _ = run(capsys, "profile", "--force", "Gwent", "--from", "2017/18", "--to", "2021/22")
    assert code == 0
    for words in (
        "Gwent Police",
        "year ending March 2018",
        "2,226",
        "Census 2011",
        "Warning:",
        "the cell was left blank",
    ):
        assert words in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("profile", "--force", "Atlantis"), "No police force is called Atlantis"),
        (("profile", "--force", "Action Fraud"), "No police force is called Action Fraud"),
        (("profile", "--force", "Gwent", "--from", "last year"), "last year is no period"),
        (("reconcile", "recorded-crime", "rumours"), "no series called rumours"),
        (("reconcile", "recorded-crime", "recorded-crime-rolling", "--period", "soon"), "no period of twelve months"),
        (("reconcile", "recorded-crime", "recorded-crime-rolling"), "share no twelve months"),
    ],
)
def test_what_cannot_be_carried_out_says_what_to_do(
    system: Acting, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    code, out, error = run(capsys, *words)
    assert (code, out) == (2, "")
    assert says in error
    assert error.count("\n") == 1


def test_sources_that_disagree_end_with_1_and_the_differences(
    system: Acting, capsys: pytest.CaptureFixture[str]
) -> None:
    record_some(system)
    words = ("reconcile", "recorded-crime", "recorded-crime-rolling", "--period", "2017/18")
    code, said = as_json(capsys, *words)
    assert code == 1
    assert (said["period"], said["compared"], said["agreed"]) == ("2018-03 year ending", 1, 0)
    assert said["differences"] == [{"force": "Gwent Police", "code": "61", "a": 2010, "b": 2226, "difference": 216}]
    assert [(one["code"], one["source"]) for one in said["missing"]] == [("46", "recorded-crime")]
    code, out, _ = run(capsys, *words)
    assert code == 1
    assert "+216" in out
    assert "Kent Police" in out


def test_sources_that_agree_end_with_0(system: Acting, capsys: pytest.CaptureFixture[str]) -> None:
    record_some(system)
    record(system, "recorded-crime-rolling", [figure(FOCUS, "Gwent", year_ending(2018, 3), 2010)])
    words = ("reconcile", "recorded-crime-rolling", "recorded-crime", "--measure", FOCUS.upper())
    code, said = as_json(capsys, *words)
    assert (code, said["compared"], said["agreed"], said["differences"]) == (0, 1, 1, [])


@pytest.mark.postgres_in_deep
def test_dyfed_powys_on_the_published_files(
    system: Acting, capsys: pytest.CaptureFixture[str], shared_data: Path
) -> None:
    record_published(system, shared_data)
    code, said = as_json(capsys, "profile", "--force", "Dyfed-Powys")
    assert code == 0
    year = {item["measure"]: item for item in said["outcomes"] if item["period"] == "2021/22"}
    assert [item["share"]["value"] for item in list(year.values())[1:]] == [4.6, 26.6, 62.4]
    assert {item["value"] for item in said["outcomes"] if item["period"] == "2017/18"} == {None}
    assert said["breaks"] == ["2020-04-01"]
    assert {item["value"] for item in said["orders"] if item["period"] == "2021/22"} == {None}
    assert [item["share"] and item["share"]["value"] for item in said["prosecutions"] if item["period"] in ("2012", "2014")] == [
        None, None, None, None,
    ]  # fmt: skip

    _, out, _ = run(capsys, "profile", "--force", "Dyfed-Powys")
    before, after = out.split("---- Break: Counting rules for stalking changed, April 2020 ----")
    assert "13.5% (9.9% to 18.2%)" in before
    assert "8.4% (6.8% to 10.4%)" in after
    assert out.count("4.2% (0.7% to 20.2%); Fewer than 30: read with care") == 2  # one of 24
    assert "The published table has no year 2017/18." in before
    assert "4.6% (3.6% to 6.0%)" in after
