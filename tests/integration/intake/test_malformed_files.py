"""What cannot be read is refused with one clear line, the rest is taken in, and no other file of the machine is read."""

import zipfile
from pathlib import Path

import pytest

from tests.factories.court_messages import court_message
from tests.installation import Installation

pytestmark = pytest.mark.postgres_in_deep

GOOD = "good.xml"


def put(folder: Path, name: str, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", b"0" * 30_000_000)


def malformed(folder: Path, canary: Path) -> dict[str, str]:
    """One file of each bad kind, and the code of its refusal."""
    message = court_message()
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]>'.encode()
    declaration, _, body = message.partition(b"?>")
    put(folder, "truncated.xml", message[: len(message) // 2])
    put(folder, "other-kind.xml", b"<?xml version='1.0'?><CourtList><Closed/></CourtList>")
    put(folder, "entity.xml", declaration + b"?>" + entity + body.replace(b"</DC:PTIURN>", b"&e;</DC:PTIURN>", 1))
    put(folder, "empty.xml", b"")
    put(folder, "binary.xml", bytes(range(256)) * 20)
    put(
        folder,
        "long-field.xml",
        message.replace(b"</DC:OffenceWording>", b"x" * 30_000_000 + b"</DC:OffenceWording>", 1),
    )
    bomb(folder / "bomb.zip")
    return {
        "truncated.xml": "cut_short",
        "other-kind.xml": "wrong_root",
        "entity.xml": "document_type_declared",
        "empty.xml": "empty",
        "binary.xml": "binary",
        "long-field.xml": "too_large",
        "bomb.zip": "archive_ratio",
    }


@pytest.mark.rule("INT-03")
def test_T24_T25_every_malformed_file_gets_one_clear_line_and_the_good_one_is_taken_in(
    installation: Installation, tmp_path: Path
) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY-7c1f")
    folder = tmp_path / "inbox"
    expected = malformed(folder, canary)
    put(folder, GOOD, court_message())
    put(folder, "copy-of-good.xml", court_message())

    done = installation.run("intake", "court-results", folder, "--json", expect=1)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == len(expected), done.stderr
    assert all(line.endswith(".") for line in lines)
    assert "CANARY" not in done.stdout + done.stderr

    answer = installation.json("intake", "court-results", folder, expect=1)
    assert {Path(file["path"]).name: file["code"] for file in answer["refused_files"]} == expected
    assert (answer["received"], answer["unchanged"]) == (2, 2)


@pytest.mark.rule("INT-03")
def test_a_run_of_nothing_readable_is_refused_and_leaves_the_register_as_it_was(
    installation: Installation, tmp_path: Path
) -> None:
    malformed(tmp_path / "inbox", tmp_path / "canary.txt")
    digest = installation.digest()
    for names in (("truncated.xml",), ("other-kind.xml", "entity.xml", "empty.xml", "binary.xml", "bomb.zip")):
        installation.run("intake", "court-results", *(tmp_path / "inbox" / name for name in names), expect=2)
    assert installation.digest() == digest


def test_a_folder_with_nothing_to_read_and_a_missing_one_are_refused(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tmp_path / "not-there"):
        done = installation.run("intake", "court-results", path, expect=2)
        assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("language", "says"), [("cy_GB.UTF-8", "Mae’r ffeil hon yn wag"), ("C.UTF-8", "This file is empty")]
)
def test_the_terminal_says_why_in_its_own_language(
    language: str, says: str, installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "inbox", "empty.xml", b"")
    put(tmp_path / "inbox", GOOD, court_message())
    monkeypatch.setenv("LC_ALL", language)
    done = installation.run("intake", "court-results", tmp_path / "inbox", "--dry-run", expect=1)
    assert says in done.stderr
    assert ("crëwyd" in done.stdout) == language.startswith("cy")
