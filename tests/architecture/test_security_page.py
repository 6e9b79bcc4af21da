"""What SECURITY.md promises is proved by a test that exists; a test renamed or lost takes its promise with it."""

import re

import pytest

from tests.architecture.source import ROOT

PROMISED = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)
THREATS = (
    "user's friend",
    "curious officer",
    "lost phone",
    "stolen backup",
    "hostile upload",
    "administrator inside",
    "victim's phone",
)


def missing(text: str, there: set[str]) -> list[str]:
    return sorted(set(PROMISED.findall(text)) - there)


def defined() -> set[str]:
    return {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in DEFINED.findall(path.read_text(encoding="utf-8"))
    }


def test_every_test_that_the_security_page_names_exists() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert len(PROMISED.findall(text)) > 30
    assert missing(text, defined()) == []
    assert missing(text + "`test_nothing_is_called_so`", defined()) == ["test_nothing_is_called_so"]


@pytest.mark.parametrize("threat", THREATS)
def test_every_threat_has_a_section_with_what_stops_it_and_what_does_not_yet(threat: str) -> None:
    sections = (ROOT / "SECURITY.md").read_text(encoding="utf-8").split("\n### ")
    (section,) = [one for one in sections if threat in one.splitlines()[0].lower()]
    assert PROMISED.search(section)
    assert "*Yet*" in section
