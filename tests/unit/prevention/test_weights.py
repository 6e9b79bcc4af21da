"""How grave an offence weighs: our own table, a force's, and what is not known (PRI-03, PRI-09)."""

import json
from typing import Any

import pytest

from craffu.prevention.population.rules import Group
from craffu.prevention.scoring import weights
from craffu.prevention.scoring.rules import SERIOUS, Weights
from craffu.prevention.scoring.weights import BadTable, Offence, loaded, own, table_kept, table_of

pytestmark = [pytest.mark.rule("PRI-03"), pytest.mark.rule("PRI-09")]
ONE: dict[str, Any] = {"name": "T", "version": 2, "offence": [
    {"key": "a", "days": 4, "group": "stalking", "classes": ["8Q"], "codes": ["X1"]},
    {"key": "b", "days": 20, "group": "harassment", "classes": ["8L"]},
    {"key": "c", "days": 8, "group": "harassment", "codes": ["X2"]}, {"key": "d", "days": 900},
]}  # fmt: skip


def test_every_offence_that_is_a_floor_has_a_kind_and_a_weight() -> None:
    table = own()
    assert set(table.by_key) >= SERIOUS
    assert {one.group for one in table.by_key.values()} >= set(Group)
    assert table.by_key[weights.INCIDENT] == Offence("incident", 1.0)
    assert table.by_key[weights.ORDER_BREACH].group is Group.ORDER_BREACH
    assert (table.name, table.version) == ("Craffu-H", 1)


def test_a_code_says_more_than_its_class() -> None:
    table = own()
    assert table.of("PH97010", "8Q") == Offence("stalking_with_fear", 180.0, Group.STALKING)
    assert table.of("", "8Q") == Offence("stalking", 30.0, Group.STALKING)
    assert table.of("XX99999", "8Q") == table.of("", "8Q")
    assert table.of("XX99999", "") is None


def test_what_is_not_known_weighs_as_the_middle_of_stalking_and_harassment() -> None:
    table = table_of(ONE)
    assert table.unknown == Weights(8.0, 4.0, 20.0)
    assert table.days("", "", None) is None
    assert table.days("X1", "8Q", table.of("X1", "8Q")) == 4.0
    assert own().unknown == Weights(30.0, 10.0, 180.0)


def test_a_force_may_load_its_own() -> None:
    table = loaded("CCHI", 2026, [("8Q", "35"), ("PH97010", "252"), ("8L", "10"), ("1", "5475")])
    assert table.days("PH97010", "8Q", table.of("PH97010", "8Q")) == 252
    assert table.days("PH97006", "8Q", table.of("PH97006", "8Q")) == 35, "its class is in the table"
    assert table.days("OF61014", "3B", table.of("OF61014", "3B")) is None, "what its table does not say is not known"
    assert table.of("OF61014", "3B") == own().of("OF61014", "3B"), "what kind of offence it is stays ours"
    assert table.unknown == Weights(35.0, 10.0, 252.0)
    assert loaded("of others", 1, [("1", "5475")]).unknown == Weights(10.0, 10.0, 10.0)


def test_another_weight_is_another_hash() -> None:
    assert own().sha256 == own().sha256
    mine, theirs = loaded("X", 1, [("8Q", "35")]), loaded("X", 1, [("8Q", "36")])
    assert len({own().sha256, mine.sha256, theirs.sha256, loaded("X", 2, [("8Q", "35")]).sha256}) == 4
    assert len({table_of(ONE).sha256, table_of({**ONE, "offence": ONE["offence"][:3]}).sha256}) == 2


@pytest.mark.parametrize(("rows", "said"), [
    ([("8Q", "many")], 'line 2 says "many" for 8Q: a weight is a number of days'),
    ([("8Q", "3"), ("8Q", "4")], 'line 3 says "4" for "8Q": give each code once'),
    ([("8Q", "0")], "more than nought"), ([("", "3")], "give each code once"), ([("8Q", "inf")], "more than nought"),
    ([], "holds no weight"),
])  # fmt: skip
def test_a_table_that_cannot_be_read_says_why(rows: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(BadTable, match=said):
        loaded("X", 1, rows)


@pytest.mark.parametrize(("row", "said"), [
    ({"key": "z", "days": 0}, "z weighs 0 days"), ({"key": "a", "days": 1}, "a stands in the table twice"),
    ({"key": "z", "days": 1, "codes": ["X1"]}, "X1 stands in the table twice"),
])  # fmt: skip
def test_our_own_is_held_to_the_same(row: dict[str, object], said: str) -> None:
    with pytest.raises(BadTable, match=said):
        table_of({**ONE, "offence": [*ONE["offence"], row]})


def test_a_table_is_made_again_from_the_words_that_a_run_kept() -> None:
    for table in (own(), loaded("theirs", 3, [("8Q", "35"), ("8L", "10"), ("PH97009", "5")])):
        again = table_kept(json.loads(table.canonical), table.version)
        assert (again.sha256, again.unknown) == (table.sha256, table.unknown)
        for code, class_ in (("", "8Q"), ("PH97009", ""), ("ST19001", "66"), ("none", "none")):
            assert again.of(code, class_) == table.of(code, class_)
            assert again.days(code, class_, again.of(code, class_)) == table.days(code, class_, table.of(code, class_))
