"""A list that holds a whole register says how many there are as far as they are counted, and leads on from there (ADR 117)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from craffu.access.later import Later
from craffu.common.lists import COUNTED_TO
from craffu.web.paging import PAGE_SIZE, Shown, one_page, register_page
from tests.factories.court_messages import case, defendant, message
from tests.web.conftest import TakeIn


class Register:
    """So many rows, numbered from one, and how far they were counted."""

    def __init__(self, rows: int) -> None:
        self.rows, self.most = range(1, rows + 1), 0

    def part(self, *, first: int, most: int) -> Later[list[int]]:
        return Later(lambda: list(self.rows[first : first + most]))

    def number(self, *, most: int) -> Later[int]:
        self.most = most
        return Later(lambda: min(len(self.rows), most))


def shown(rows: int, page: str = "") -> tuple[Shown, Register]:
    register = Register(rows)
    request = RequestFactory().get("/", {"page": page} if page else {})
    return register_page(request, register.part, register.number), register


def numbers(of: Shown) -> list[int | str]:
    items: list[Any] = (of.pagination or {}).get("items", [])
    return ["…" if one.get("ellipsis") else one["number"] for one in items]


@pytest.mark.parametrize(
    ("rows", "page", "words", "linked", "goes_on"),
    [
        (0, "", "Shown: 0 to 0 of 0", [], False),
        (50, "", "Shown: 1 to 50 of 50", [], False),
        (51, "2", "Shown: 51 to 51 of 51", [1, 2], False),
        (1_000, "", "Shown: 1 to 50 of 1,000", [1, 2, "…", 20], True),
        (1_000, "20", "Shown: 951 to 1,000 of 1,000", [1, "…", 19, 20], False),
        (1_001, "", "Shown: 1 to 50 of more than 1,000", [1, 2, "…"], True),
        (1_001, "4", "Shown: 151 to 200 of more than 1,000", [1, 2, 3, 4, 5, "…"], True),
        (1_001, "5", "Shown: 201 to 250 of more than 1,000", [1, "…", 4, 5, 6, "…"], True),
        (1_001, "20", "Shown: 951 to 1,000 of more than 1,000", [1, "…", 19, 20, 21, "…"], True),
        # Whoever goes on is told more, and at the end all of it.
        (1_001, "21", "Shown: 1,001 to 1,001 of 1,001", [1, "…", 20, 21], False),
        (9_999, "21", "Shown: 1,001 to 1,050 of more than 2,000", [1, "…", 20, 21, 22, "…"], True),
        (9_999, "999", "Shown: 9,951 to 9,999 of 9,999", [1, "…", 199, 200], False),
        (9_999, "none", "Shown: 1 to 50 of more than 1,000", [1, 2, "…"], True),
        (9_999, "-3", "Shown: 1 to 50 of more than 1,000", [1, 2, "…"], True),
        (9_999, "0", "Shown: 1 to 50 of more than 1,000", [1, 2, "…"], True),
        (9_999, "9" * 5_000, "Shown: 1 to 50 of more than 1,000", [1, 2, "…"], True),
    ],
)  # fmt: skip
def test_how_many_are_said_and_which_pages_are_linked_to(
    rows: int, page: str, words: str, linked: list[int | str], *, goes_on: bool
) -> None:
    found, _register = shown(rows, page)
    assert found.words == words
    assert numbers(found) == linked
    assert ("next" in (found.pagination or {})) is goes_on
    assert len(found.rows) == len(range(*_first_and_beyond(words)))
    assert found.rows[:1] == [_first_and_beyond(words)[0]][: len(found.rows)]


def _first_and_beyond(words: str) -> tuple[int, int]:
    first, last = (int(one.replace(",", "")) for one in re.findall(r"[\d,]+", words)[:2])
    return (first, last + 1) if last else (0, 0)


def test_no_more_is_counted_than_is_said() -> None:
    """B5: what a page costs does not grow with the register."""
    for rows in (COUNTED_TO + 1, 100 * COUNTED_TO):
        _found, register = shown(rows)
        assert register.most == COUNTED_TO + 1


def test_it_is_said_in_welsh() -> None:
    with override("cy"):
        assert shown(1_001)[0].words == "Dangosir: 1 i 50 o fwy na 1,000"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/people", "/cases"])
def test_lists_of_the_register_lead_to_all_of_it(
    address: str,
    signed_in_client: Callable[..., Client],
    take_in_files: TakeIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counted no further than one page, whoever follows the links sees everything once, and in the end how many there are."""
    cases = [
        case(defendant(asn=f"2563AA01000000{one:05}K"), ptiurn=f"63AA{one:07}") for one in range(1, PAGE_SIZE * 2 + 4)
    ]
    take_in_files({"1.xml": message(*cases)})
    defaults = register_page.__kwdefaults__
    assert defaults
    monkeypatch.setitem(defaults, "to", PAGE_SIZE)
    officer, seen, words = signed_in_client("investigator"), [], []
    where: str | None = ""
    while where is not None:
        page = officer.get(f"{address}{where}")
        words += re.findall(r"Shown: [^<]+", page.content.decode())
        seen += re.findall(rf'href="/{address[1:]}/([A-Z]-\d+)"', page.content.decode())
        onward = re.search(r'<a[^>]*rel="next"[^>]*>', page.content.decode())
        where = re.findall(r'href="([^"]+)"', onward[0])[0] if onward else None
    assert words == ["Shown: 1 to 50 of more than 50", "Shown: 51 to 100 of more than 100", "Shown: 101 to 103 of 103"]
    assert len(seen) == len(set(seen)) == len(cases)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "page=3",
        "q=a+b&page=2&sort=%26",
        "page=2&page=9&q=1",
        "q=1&q=2&q=%C5%B5",
        "sort=&page=",
        "pages=4&q=page%3D5",
    ],
)
def test_a_way_to_another_page_asks_for_all_else_that_was_asked(asked: str) -> None:
    request = RequestFactory().get(f"/?{asked}")
    page = one_page(request, range(400))
    for item in (page.pagination or {})["items"]:
        if "number" in item:
            query = request.GET.copy()
            query["page"] = str(item["number"])
            assert item["href"] == f"?{query.urlencode()}"
