"""The courts' own result messages, all of them, taken in by the command and read back from the register."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Installation

pytestmark = pytest.mark.postgres_in_deep

CONTROL_TOTALS = {"messages": 168, "defendants": 168, "offences": 437, "results": 639, "received": 168, "files": 168}

# README of the messages, "Values that must be refused or flagged".
FLAGGED = {
    "arrest_before_offence": 43,
    "conviction_before_hearing": 28,
    "initiated_before_offence": 351,
    "guilty_without_conviction_date": 1,
    "next_hearing_not_after_hearing": 1,
    "offence_after_hearing": 2,
    "offence_code_unknown": 2,
    "result_code_unknown": 2,
    "offence_numbers_not_consecutive": 7,
    "asn_malformed": 4,
    "asn_absent": 1,
    "damaged_characters": 4,
    "birth_date_missing": 3,
}


@pytest.fixture
def messages(shared_data: Path) -> Path:
    return shared_data / "courts" / "results"


def take_in(installation: Installation, *paths: Path, expect: int = 1) -> dict[str, Any]:
    return installation.json("intake", "court-results", *paths, expect=expect)


@pytest.mark.rule("INT-01")
@pytest.mark.rule("INT-03")
@pytest.mark.rule("INT-05")
def test_all_messages_reach_the_control_totals_and_a_second_run_changes_nothing(
    installation: Installation, messages: Path
) -> None:
    first = take_in(installation, messages)
    assert {name: first[name] for name in CONTROL_TOTALS} == CONTROL_TOTALS
    assert first["results_without_code"] == 36
    assert first["next_hearings"] == 97
    assert first["qualifiers"] == 88
    assert first["durations"] == 212
    assert first["sum_of_amounts"] == "23532.00"
    assert {code: first["warnings"].get(code) for code in FLAGGED} == FLAGGED
    assert first["reconciled"]
    assert (first["created"], first["updated"], first["unchanged"]) == (143, 11, 10)
    # 413 and 419 say the same: without an arrest number, of a man whom their case has with one (ADR 4).
    assert (first["parked"], first["rejected"]) == (2, 2)

    digest = installation.digest()
    second = take_in(installation, messages)
    assert (second["created"], second["updated"], second["unchanged"]) == (0, 0, 164)
    assert (second["parked"], second["rejected"]) == (2, 2)
    assert installation.digest() == digest


@pytest.mark.rule("INT-03")
def test_the_reject_file_names_file_line_reason_and_what_to_do_and_can_be_sent_again(
    installation: Installation, messages: Path
) -> None:
    folders = [path for path in sorted(messages.iterdir()) if path.name.startswith(("121", "143", "271"))]
    first = take_in(installation, *folders)
    path = Path(first["reject_file"])
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [Path(row["file"]).parent.name[:3] for row in rows] == ["121", "271"]
    assert not any(Path(row["file"]).is_absolute() for row in rows)
    assert all(row["line"] and row["reason"] and row["suggestion"] and not row["corrected"] for row in rows)

    rows[0]["corrected"] = "01ZD0399999"
    corrected = path.with_name("corrected.csv")
    with corrected.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    again = take_in(installation, corrected, expect=0)
    assert (again["received"], again["created"], again["rejected"]) == (1, 1, 0)
    third = take_in(installation, *folders)
    known = first["received"] - 2 + 1
    assert (third["created"], third["unchanged"], third["rejected"]) == (0, known, 1)


@pytest.mark.deep
@pytest.mark.rule("INT-01")
def test_an_amended_message_replaces_the_earlier_one_and_the_earlier_one_never_comes_back(
    installation: Installation, messages: Path
) -> None:
    folder = messages / "401a-cp-amend-reshare"
    first = take_in(installation, folder / "input-message-1.xml", expect=0)
    assert first["created"] == 1
    amended = take_in(installation, folder / "input-message-2.xml", expect=0)
    assert amended["updated"] == 1
    digest = installation.digest()
    earlier = take_in(installation, folder / "input-message-1.xml", expect=0)
    assert earlier["unchanged"] == 1
    assert installation.digest() == digest


@pytest.mark.rule("INT-05")
def test_a_run_says_when_fewer_came_than_were_sent(installation: Installation, messages: Path) -> None:
    answer = installation.json(
        "intake", "court-results", messages / "143-breach-bail-denies", "--expected", "4", expect=1
    )
    assert (answer["expected"], answer["received"], answer["reconciled"]) == (4, 3, False)


@pytest.mark.deep
def test_a_dry_run_says_what_would_happen_and_stores_nothing(installation: Installation, messages: Path) -> None:
    digest = installation.digest()
    answer = installation.json("intake", "court-results", messages / "143-breach-bail-denies", "--dry-run")
    assert answer["created"] == 3
    assert installation.digest() == digest
