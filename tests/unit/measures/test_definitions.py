"""One versioned definition of each measure, and files that cannot be loaded half (MSR-01)."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from craffu.measures import definitions
from craffu.measures.definitions import (
    Basis,
    Definition,
    DefinitionFault,
    Kind,
    Slice,
    Statistic,
    Unit,
    definition,
    gathered,
    read,
    shipped,
)
from craffu.measures.statistics.signals import Better

pytestmark = pytest.mark.rule("MSR-01")
WHOLE = """
code = "MET13c"
version = 2
since = 2026-04-01
kind = "period"
unit = "order"
statistic = "proportion"
better = "higher"
slices = ["area", "sex"]
needs = ["made_on"]
clock = { basis = "law", within = "3 days" }
name = { en = "On time", cy = "Mewn pryd" }
question = { en = "Is it?", cy = "A ydyw?" }
denominator = { en = "Orders", cy = "Gorchmynion" }
parts = [{ key = "on_time", en = "In time", cy = "Mewn pryd" }, { key = "late", en = "Late", cy = "Yn hwyr" }]
traps = [{ en = "One", cy = "Un" }]
"""


def spoilt(*changes: tuple[str, str]) -> str:
    text = WHOLE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def test_every_file_that_ships_is_loaded_and_is_as_the_requirements_have_it() -> None:
    folder = files("craffu.measures").joinpath(definitions.FOLDER)
    assert sum(len(versions) for versions in shipped().values()) == sum(1 for _ in folder.iterdir())
    voice, cover = definition("MET16"), definition("MET32")
    assert [part.key for part in voice.parts] == ["view", "reason_only", "standing_wish"]
    assert (voice.kind, voice.unit, voice.basis, voice.within) == (Kind.PERIOD, Unit.REVIEW, Basis.NONE, "")
    assert [part.key for part in cover.parts] == ["covered"]
    assert (cover.unit, cover.statistic, cover.slices) == (
        Unit.STATION_SHIFT,
        Statistic.PROPORTION,
        (Slice.AREA, Slice.STATION),
    )
    for one in (voice, cover):
        assert one.better is Better.HIGHER
        assert len({one.name.en, one.name.cy, one.question.en, one.question.cy}) == 4
        assert one.traps
        assert all(trap.en != trap.cy for trap in one.traps)


def test_a_file_is_read_whole() -> None:
    one = read(WHOLE, "MET13c_2.toml")
    assert (one.code, one.version, one.since) == ("MET13c", 2, date(2026, 4, 1))
    assert (one.basis, one.within) == (Basis.LAW, "3 days")
    assert one.slices == (Slice.AREA, Slice.SEX)
    assert one.needs == ("made_on",)
    assert [(part.key, part.words.en, part.words.cy) for part in one.parts] == [
        ("on_time", "In time", "Mewn pryd"),
        ("late", "Late", "Yn hwyr"),
    ]
    assert (one.name.cy, one.question.en, one.denominator.cy, one.traps[0].en) == (
        "Mewn pryd", "Is it?", "Gorchmynion", "One",
    )  # fmt: skip
    plain = read(spoilt(('clock = { basis = "law", within = "3 days" }\n', "")), "x.toml")
    assert (plain.basis, plain.within) == (Basis.NONE, "")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('code = "MET13c"\n', "", "code is missing: write it"),
        ('"MET13c"', '"met13"', "code met13 must be as MET01"),
        ('"MET13c"', '"MET13cc"', "code MET13cc must be"),
        ('"MET13c"', "13", "code must be text, and is 13"),
        ("version = 2", "version = 0", "version must be 1 or more"),
        ("version = 2", "version = true", "version must be a whole number, and is True"),
        ("2026-04-01", '"2026-04-01"', "since must be a day such as"),
        ('kind = "period"', 'kind = "year"', "kind must be one of period, state, cohort, and is year"),
        ('unit = "order"', 'unit = "orders"', "unit must be one of application, case"),
        ('"proportion"', '"mean"', "statistic must be one of count, proportion"),
        ('better = "higher"', 'better = ""', "better is empty: write it"),
        ('better = "higher"', 'better = "up"', "better must be one of higher, lower, neither"),
        ('["area", "sex"]', '"area"', "slices must be a list"),
        ('["area", "sex"]', '["area", "name"]', "slices must be one of order_type"),
        ('["area", "sex"]', '["area", "area"]', "slices must each be named once"),
        ('needs = ["made_on"]', "needs = []", "needs must name the fields"),
        ('needs = ["made_on"]', 'needs = [" "]', "needs is empty: write it"),
        ('basis = "law"', 'basis = "none"', "within must say the time limit"),
        ('basis = "law", within = "3 days"', 'basis = "law"', "within must say the time limit"),
        ('basis = "law"', 'base = "law"', "nobody reads base of clock"),
        ('basis = "law"', 'basis = "us"', "basis must be one of none, law, code, proposal"),
        ('cy = "A ydyw?"', 'cy = " "', "cy is empty: write it"),
        (', cy = "A ydyw?"', "", "question.cy is missing: write it"),
        ('en = "Is it?", ', "", "question.en is missing: write it"),
        ('cy = "A ydyw?"', 'cy = "A ydyw?", fr = "?"', "nobody reads fr of question"),
        ('{ en = "Orders", cy = "Gorchmynion" }', '"Orders"', "denominator must be text in en and cy"),
        ('key = "late", ', "", "key is missing: write it"),
        ('key = "late"', 'key = "on_time"', "parts must be one or more, each with a key of its own"),
        ('key = "late"', 'kind = 1, key = "late"', "nobody reads kind of parts"),
        ('[{ en = "One", cy = "Un" }]', '["One"]', "traps must be text in en and cy"),
        ("version = 2", "version = 2\nauthor = 1\nweight = 2", "nobody reads author, weight of the file"),
        ('{ key = "late", en = "Late", cy = "Yn hwyr" }', '"late"', "parts must be a table of names and values"),
        ('{ basis = "law", within = "3 days" }', '"law"', "clock must be a table of names and values, and is 'law'"),
        ('within = "3 days"', "within = 3", "within must be text, and is 3"),
        ("version = 2", "version = ", "MET13c_2.toml: "),
    ],
)
def test_a_file_that_does_not_say_what_it_must_is_refused_with_what_to_mend(old: str, new: str, says: str) -> None:
    with pytest.raises(DefinitionFault) as fault:
        read(spoilt((old, new)), "MET13c_2.toml")
    assert str(fault.value).startswith("measure_definitions/MET13c_2.toml: ")
    assert says in str(fault.value)


def test_a_definition_without_parts_is_none() -> None:
    with pytest.raises(ValueError, match="one or more"):
        replace(read(WHOLE, "x.toml"), parts=())


def test_any_word_that_changes_makes_another_hash() -> None:
    one = read(WHOLE, "x.toml")
    assert one.sha256 == read(WHOLE, "y.toml").sha256
    assert len(one.sha256) == 64
    changed = (("Yn hwyr", "Hwyr"), ("2026-04-01", "2026-04-02"), ("3 days", "4 days"), ('["area", "sex"]', '["sex"]'))
    assert len({read(spoilt(change), "x.toml").sha256 for change in changed} | {one.sha256}) == 5


def versions(*sinces: date) -> list[tuple[str, Definition]]:
    one = read(WHOLE, "x.toml")
    return [
        (f"MET13c_{number}.toml", replace(one, version=number, since=since))
        for number, since in enumerate(sinces, start=1)
    ]


def test_versions_follow_one_another() -> None:
    held = versions(date(2025, 1, 1), date(2025, 1, 2), date(2026, 1, 1))
    assert [one.version for one in gathered(reversed(held))["MET13c"]] == [1, 2, 3]
    assert gathered([]) == {}
    with pytest.raises(DefinitionFault, match=r"MET13c_3.toml: version 2 is missing"):
        gathered([held[0], held[2]])
    with pytest.raises(DefinitionFault, match=r"MET13c_2.toml: since must be after that of version 1"):
        gathered(versions(date(2025, 1, 1), date(2025, 1, 1)))
    with pytest.raises(DefinitionFault, match=r"other.toml: it holds MET13c version 1: rename it so"):
        gathered([("other.toml", held[0][1])])


def test_the_version_that_held_on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    held = gathered(versions(date(2025, 1, 1), date(2026, 1, 1)))
    monkeypatch.setattr(definitions, "shipped", lambda: held)
    assert definition("MET13c").version == 2
    days = (date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [definition("MET13c", day).version for day in days] == [1, 1, 2]
    with pytest.raises(KeyError, match="defined from 2025-01-01 on"):
        definition("MET13c", date(2024, 12, 31))
    with pytest.raises(KeyError):
        definition("MET99")
