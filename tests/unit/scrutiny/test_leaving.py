"""What of somebody stands in words that anybody is to read, and where (VIC-09, SCR-12)."""

from typing import Any

import pytest

from craffu.common.refusals import NotNow
from craffu.scrutiny.leaving.policies import check_tells_no_contact, check_tells_of_nobody
from craffu.scrutiny.leaving.rules import Found, names_anybody, under_headings, words_of

pytestmark = pytest.mark.rule("VIC-09")
PEOPLE = {("Will", "Grant"), ("Siân Mair", "Llŷr-Hughes"), ("", "Price"), ("Dafydd", "ap Gwilym")}
BLOCKS: list[dict[str, Any]] = [
    {"kind": "paragraph", "words": "Before", "is_strong": False},
    {"kind": "heading", "words": "Finding 1", "level": 2},
    {"kind": "clause", "number": "1", "title": "", "parts": ["Said", "E1"]},
    {"kind": "bars", "caption": "Shares", "rows": [{"name": "E1", "words": "40 %", "value": 40.0}]},
    {"kind": "heading", "words": "Empty", "level": 1},
]


def test_each_word_of_a_block_is_found_however_deep_it_lies_and_under_its_heading() -> None:
    assert list(words_of(BLOCKS[3])) == ["Shares", "E1", "40 %"]
    assert under_headings(BLOCKS) == [
        ("", "Before"), ("Finding 1", "Finding 1\n1\n\nSaid\nE1\nShares\nE1\n40 %"), ("Empty", "Empty"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What courts will grant is another matter.", False),
        ("It was said by Will Grant himself.", True),
        ("It was said by WILL\nGRANT himself.", True),
        ("GRANT, Will.", True),
        ("Grant Will came.", True),
        ("Sian Llyr-Hughes was not rung back.", True),
        ("Sian Mair Llyr-Hughes was not rung back.", True),
        ("The price was high, Mrs Price said.", False),
        ("Will Granted came.", False),
        ("It was Dafydd ap Gwilym.", True),
        ("Dafydd AP Gwilym did.", True),
    ],
)
def test_somebody_is_named_whole_and_with_capitals(text: str, names: bool) -> None:
    assert names_anybody(text, PEOPLE) is names


def test_whoever_signs_it_is_named_as_nobody_else() -> None:
    assert not names_anybody("Signed by Will Grant.", PEOPLE, ["Will Grant"])
    assert names_anybody("Signed by Will Grant.", PEOPLE, ["Will Price"])


def test_what_holds_something_does_not_leave_and_is_told_where_without_its_value() -> None:
    check_tells_of_nobody(Found())
    with pytest.raises(NotNow, match=r"address, telephone.*It stands under: Finding 1; Limits\.") as held:
        check_tells_of_nobody(Found(("address", "phone"), names=True, where=("Finding 1", "Limits")))
    assert held.value.code == "words_hold_contact"
    with pytest.raises(NotNow, match="names somebody") as named:
        check_tells_of_nobody(Found(names=True))
    assert (named.value.code, "under" in named.value.message) == ("words_name_somebody", False)
    with pytest.raises(NotNow):
        check_tells_no_contact(["email"])
