"""Fathers and sons of one name and place: who says no birthday is linked as far as others' birthdays bear it out (IDN-02)."""

import random

import pytest

from craffu.engines.choice import Engine, Kind
from craffu.linkage.model import undated
from craffu.linkage.model.linking import Linked, linked

pytestmark = [pytest.mark.rule("IDN-02"), pytest.mark.deep, pytest.mark.slow, pytest.mark.sqlite]

GIVEN = [
    name + end
    for name in [
        "John",
        "William",
        "Thomas",
        "Richard",
        "James",
        "Robert",
        "George",
        "Henry",
        "Charles",
        "Edward",
        "Joseph",
        "Samuel",
    ]
    for end in ("", "o", "ius")
]
FAMILIES = [
    first + middle + end
    for end in ("", "s", "er", "man", "e", "son")
    for first in ("Ash", "Brom", "Cald", "Dun", "Elm", "Farn", "Gray", "Hol")
    for middle in ("ton", "field", "wick", "ley", "shaw", "combe", "ridge")
]
PLACES = [
    begin + end
    for end in ["ar", "bed", "cor", "dew", "eg", "for", "gor"]
    for begin in ("Llan", "Aber", "Pen", "Tre", "Caer")
]


def _records(count: int, seed: int) -> tuple[list[dict[str, str]], list[int]]:
    """Three records of each person, four in ten of them without a birthday. Every third person is the son of the one before."""
    draw = random.Random(seed)  # noqa: S311  # chance that need not be secure
    rows: list[dict[str, str]] = []
    who: list[int] = []
    named: tuple[str, str, str] = ("", "", "")
    for person in range(count):
        if person % 3 != 1:
            named = draw.choice(GIVEN), draw.choice(FAMILIES), draw.choice(PLACES)
        born = f"{1700 + draw.randrange(200)}-{1 + draw.randrange(12):02}-{1 + draw.randrange(28):02}"
        for _ in range(3):
            said = born if draw.random() < 0.6 else ""
            given, family, place = named
            rows.append({"given_name": given, "family_name": family, "place": place, "date_of_birth": said})
            who.append(person)
    return rows, who


def _links(found: Linked, who: list[int]) -> tuple[list[bool], list[bool]]:
    """Whether each is right, of links without a birthday on one side and of the others."""
    without: list[bool] = []
    dated: list[bool] = []
    for link in found.links:
        is_unsaid = ("born", "not_said") in {said[:2] for said in found.said_of(link)}
        (without if is_unsaid else dated).append(who[link.left] == who[link.right])
    return without, dated


def test_who_says_no_birthday_is_believed_as_far_as_others_birthdays_bear_it_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows, who = _records(300, 5)
    found = linked(rows, engine=Engine(Kind.DUCKDB))
    assert found.standing is not None
    weights, shares = zip(*found.standing.believed, strict=True)
    assert sorted(weights) == list(weights)
    assert sorted(shares) == list(shares)
    assert shares[0] < 0.9
    assert shares[-1] == 1.0
    # Where nothing is doubted.
    monkeypatch.setattr(undated, "SURE", 0.0)
    (without, dated), (all_without, all_dated) = (
        _links(one, who) for one in (found, linked(rows, engine=Engine(Kind.DUCKDB)))
    )
    assert all_without.count(False) > 100
    assert without.count(False) <= all_without.count(False) / 4
    assert without.count(True) >= all_without.count(True) / 3
    assert len(dated) >= 0.95 * len(all_dated)
    # What is not linked by itself waits for a person.
    pairs = {link[:2] for link in (*found.links, *found.clerical)}
    assert len(pairs) >= len(all_without) + len(all_dated)
