"""What the assessor's file says is held against the code: every proof it names exists, and every number it tells is true."""

import dataclasses
import re
from collections import Counter

import pytest
from django.conf import settings

from tests.architecture import assessing
from tests.architecture.assessing import CHOSEN, FAILING, FOLDER, LEVELS, MET, rows
from tests.architecture.source import ROOT, of_craffu

DECISIONS = (FOLDER / "decisions.md").read_text(encoding="utf-8")
# Whatever keeps something secret, proves something or signs something goes by one of these.
KEYED = re.compile(
    r"\b(fido2|joserfc|pyotp|authlib|AESGCM|hmac|salted_hmac|PBKDF2\w*|make_password|\w*signed_cookie)\b|core(\.| import )signing"
)
HASHES = re.compile(r"\bhashlib\.(\w+)|\bfrom hashlib import (\w+)")


def test_every_requirement_of_both_levels_is_there_once_and_those_of_the_third_that_were_chosen() -> None:
    found = rows()
    assert [row.number for row in found] == sorted({row.number for row in found}, key=assessing._place)
    assert Counter(row.level for row in found) == {**LEVELS, 3: len(CHOSEN)}
    assert {row.number for row in found if row.level == 3} == CHOSEN


def test_every_proof_is_there_and_nothing_is_met_without_one() -> None:
    assert list(assessing.faults(rows())) == []


def test_no_more_than_five_are_failing_below_the_third_level() -> None:
    assert sum(row.status == FAILING and row.level in LEVELS for row in rows()) <= 5


@pytest.mark.parametrize(
    "changed",
    [
        {"proofs": ("tests/web/test_frame.py::test_that_is_not_there",)},
        {"proofs": ("decisions.md#of-nothing",)},
        {"proofs": ()},
        {"proofs": ("decisions.md#sessions",)},
        {"status": FAILING, "why": ""},
        {"status": "as good as met"},
    ],
)
def test_a_row_that_cannot_be_believed_is_found(changed: dict[str, object]) -> None:
    good = next(row for row in rows() if row.status == MET and not row.is_about_documents)
    assert list(assessing.faults([good])) == []
    assert list(assessing.faults([dataclasses.replace(good, **changed)])) != []  # type: ignore[arg-type]


def test_the_pages_are_those_that_the_data_and_the_models_make() -> None:
    """They are written anew by `python -m tests.architecture.assessing`."""
    assert assessing.ASVS.read_text(encoding="utf-8") == assessing.page_of_rows(rows())
    assert assessing.KEPT.read_text(encoding="utf-8") == assessing.page_of_what_is_kept()


def test_every_number_of_the_decisions_is_the_settings_own() -> None:
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| (\d+) \|", DECISIONS, re.MULTILINE))
    assert len(told) >= 6
    assert told == {name: str(getattr(settings, name)) for name in told}


def test_every_module_that_encrypts_or_signs_is_in_the_inventory() -> None:
    inventory = set(re.findall(r"`(craffu/[\w/]+\.py)`", DECISIONS))
    texts = {one.path: (ROOT / one.path).read_text(encoding="utf-8") for one in of_craffu()}
    assert sorted(path for path, text in texts.items() if KEYED.search(text) and path not in inventory) == []
    assert sorted(inventory - texts.keys()) == []
    used = {name for text in texts.values() for pair in HASHES.findall(text) for name in pair if name}
    assert used <= {"sha256", "file_digest", "blake2b"}


# Words of the module's own, or escaped a line before they are put in.
OWN_EXPRESSIONS = {
    "craffu/orders/conditions/rules.py",
    "craffu/orders/letters/rules.py",
    "craffu/people/naming.py",
    "craffu/scrutiny/claiming/numerals.py",
}


def test_no_expression_is_made_of_words_that_are_not_escaped() -> None:
    """An expression put together from parts names what it puts in, and that is escaped or a text of the module's own."""
    made = re.compile(
        r"re\.(?:compile|search|match|fullmatch|sub|findall|split)\(\s*(?:rf|fr|f)[\"'].*\{(?!re\.escape|[A-Z_]+\})[a-z]"
    )
    texts = {one.path: (ROOT / one.path).read_text(encoding="utf-8") for one in of_craffu()}
    assert {path for path, text in texts.items() if made.search(text)} == OWN_EXPRESSIONS
    assert made.search('re.search(rf"\\b{words}", text)')


def test_no_script_of_ours_puts_what_it_was_told_into_an_object_by_name() -> None:
    """A name that somebody sends could be that of what all objects share."""
    by_name = re.compile(
        r"[\w)\]]\[(?![\d'\"])[^\]]+\]\s*=[^=>]|Object\.assign\([^,]*,(?!\s*\{)|__proto__|\.prototype\b"
    )
    scripts = sorted((ROOT / "craffu" / "web" / "static").glob("*.js"))
    assert scripts
    assert [path.name for path in scripts if by_name.search(path.read_text(encoding="utf-8"))] == []
    assert by_name.search("kept[name] = value;")


def test_every_page_of_the_file_names_tests_that_exist() -> None:
    defined = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in assessing._DEFINED.findall(path.read_text("utf-8"))
    }
    for page in sorted(FOLDER.glob("*.md")):
        named = set(re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8")))
        assert sorted(named - defined) == [], page.name
