"""The catalogue of kinds says what its sources say, field by field, and its reader says what is wrong in a row (ORD-04)."""

import copy
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from craffu.access.ranks import Rank
from craffu.orders.catalogue.kinds import Change, Family, Kind, RankBy, Standing
from craffu.orders.catalogue.reading import KINDS_FILE, CatalogueFaulty, kind_of, kinds, read_kinds
from tests.unit.orders.sources import ABSENT, DOMAIN, annex_table

SOURCES = DOMAIN / "orders.json"
needs_sources = pytest.mark.skipif(not SOURCES.exists(), reason=ABSENT)

# Our place of a fact, and the name it has in the source.
PLACES = {
    "name.en": "name",
    "name.cy": "name_cy",
    "statute": "statute",
    "standing.offered": "enabled_by_default",
    "applying.by_whom": "applicant",
    "applying.min_age": "min_age",
    "applying.court_in_words": "court",
    "applying.test": "test",
    "applying.proof": "proof",
    "term.in_words": "fixed_or_indefinite",
    "term.min_period": "min_period",
    "term.max_period": "max_period",
    "term.min_days": "min_days",
    "term.max_days": "max_days",
    "conditions.requirements": "positive_requirements",
    "notification.days": "notification_days",
    "notification.first": "notification_trigger",
    "notification.later": "notification_ongoing",
    "effect.begins_in_words": "takes_effect",
    "effect.service": "service",
    "effect.breach_offence": "breach_offence",
    "effect.breach_statute": "breach_statute",
    "effect.breach_mode": "breach_mode",
    "effect.max_custody_months": "breach_max_custody_months",
    "effect.reasonable_excuse": "reasonable_excuse",
    "effect.arrest": "power_of_arrest",
    "changing.renewable": "renewable",
    "changing.vary_by": "vary_by",
    "changing.renew_by": "renew_by",
    "changing.discharge_by": "discharge_by",
    "changing.appeal": "appeal",
    "victim.views": "victim_views",
    "victim.consent_needed": "victim_consent_needed",
    "codes.breach": "cjs_breach_codes",
    "codes.application": "cjs_application_codes",
    "codes.results": "court_result_codes",
    "codes.home_office": "ho_codes",
    "codes.meanings": "code_notes",
    "notes": "notes",
    "unverified": "unverified",
    "sources": "sources",
}
IN_SMALL_LETTERS = {"name.cy_status": "name_cy_status", "standing.status": "status", "verification": "verification"}
DAYS = {"standing.effective_from": "effective_from", "standing.effective_to": "effective_to"}
HELD_OTHERWISE = {"code", "electronic_monitoring"}
# What the field itself says otherwise (ADR 145).
BETTER_KNOWN = {"OCC": {"name.cy": "Gorchymyn anheddu"}}


def at(kind: Kind, place: str) -> Any:
    value: Any = kind
    for name in place.split("."):
        value = getattr(value, name)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def source_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(SOURCES.read_text(encoding="utf-8"))
    return rows


@needs_sources
@pytest.mark.rule("ORD-04")
def test_every_fact_of_the_source_is_carried_over() -> None:
    rows = source_rows()
    assert [row["code"] for row in rows] == list(kinds())
    named = {*PLACES.values(), *IN_SMALL_LETTERS.values(), *DAYS.values(), *HELD_OTHERWISE}
    assert {name for row in rows for name in row} == named
    for row in rows:
        kind = kind_of(row["code"])
        said = {place: row[name] for place, name in PLACES.items()} | BETTER_KNOWN.get(row["code"], {})
        assert {place: at(kind, place) for place in PLACES} == said
        for place, name in IN_SMALL_LETTERS.items():
            assert at(kind, place) == row[name].lower()
        for place, name in DAYS.items():
            assert at(kind, place) == (date.fromisoformat(row[name]) if row[name] else None)


@needs_sources
@pytest.mark.rule("ORD-14")
def test_what_the_source_says_of_monitoring_is_carried_over() -> None:
    for row in source_rows():
        allowed, said = kind_of(row["code"]).conditions, row["electronic_monitoring"]
        assert allowed.monitoring is (said is True)
        assert allowed.monitoring_in_words == (said if isinstance(said, str) else None)
        assert allowed.monitoring_known is (said is not None)


CHANGES = {
    "yes": Change.YES,
    "yes (UNVERIFIED)": Change.YES_UNCONFIRMED,
    "by variation": Change.BY_VARIATION,
    "by extension": Change.BY_EXTENSION,
    "no": Change.NO,
    "?": Change.UNKNOWN,
}


def as_the_annex_says(kind: Kind) -> list[str]:
    rank = kind.applying.rank or ""
    words = {value: name for name, value in CHANGES.items()}
    changing = kind.changing
    return [
        kind.code,
        kind.family,
        kind.effect.begins,
        kind.effect.known_from.replace("_", " "),
        kind.effect.breach_is,
        *(words[change] for change in (changing.vary, changing.renew, changing.discharge, changing.revoke)),
        "" if kind.applying.min_age is None else str(kind.applying.min_age),
        "yes" if kind.conditions.requirements else "no",
        f"*{rank}*" if kind.applying.rank_by == RankBy.POLICY else rank,
        kind.interim.code if kind.interim else "",
        kind.term.in_short or "",
        kind.notification.runs_from or "",
        kind.mark.upper(),
    ]


@needs_sources
@pytest.mark.rule("ORD-12")
def test_the_table_of_kinds_is_that_of_annex_a() -> None:
    assert [as_the_annex_says(kind) for kind in kinds().values()] == annex_table("A", columns=16)


@pytest.mark.rule("ORD-04")
def test_what_is_enacted_but_not_commenced_is_off_and_a_pilot_has_areas() -> None:
    off = {code for code, kind in kinds().items() if not kind.standing.offered}
    assert off == {"SPO_CONV", "SPO_ACQ", "DAPN", "DAPO"}
    assert {code for code, kind in kinds().items() if kind.standing.status == Standing.PILOT} == {"DAPN", "DAPO"}
    for code in ("DAPN", "DAPO"):
        assert kind_of(code).standing.extents == kind_of("DAPN").standing.extents


@pytest.mark.rule("ORD-07")
def test_each_interim_form_is_known_by_its_codes() -> None:
    found = {kind.interim.code: kind.interim.result_codes for kind in kinds().values() if kind.interim}
    assert found == {"ISPO": ("3306",), "CBO_INTERIM": ("1178",), "SHPO_INTERIM": ("1181",), "SRO_INTERIM": ("3281",)}


def test_every_kind_has_an_applicant_and_a_test() -> None:
    assert all(kind.applying.applicants and kind.applying.limbs for kind in kinds().values())
    assert {kind.code for kind in kinds().values() if kind.family == Family.NOTICE} == {"DVPN", "DAPN", "CPW", "CPN"}
    assert {kind.applying.rank for kind in kinds().values()} == {
        None,
        Rank.SERGEANT,
        Rank.INSPECTOR,
        Rank.SUPERINTENDENT,
    }


def rows() -> list[dict[str, Any]]:
    given: list[dict[str, Any]] = json.loads(Path(KINDS_FILE).read_text(encoding="utf-8"))["kinds"]
    return copy.deepcopy(given)


def spoilt(code: str, place: str, value: Any) -> list[dict[str, Any]]:
    given = rows()
    inner = next(row for row in given if row["code"] == code)
    *way, last = place.split(".")
    for name in way:
        inner = inner[name]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return given


@pytest.mark.parametrize(
    ("code", "place", "value", "fault"),
    [
        ("SPO", "statute", ..., "SPO.statute: missing"),
        ("SPO", "statute", " ", "SPO.statute: ' ' is empty"),
        ("SPO", "statute", 3, "SPO.statute: 3 is no str"),
        ("SPO", "colour", "blue", "SPO.colour: not a field"),
        ("SPO", "name", "an order", "SPO.name: fields are wanted"),
        ("SPO", "applying.min_age", True, "SPO.applying.min_age: True is no int"),
        ("SPO", "applying.min_age", "10", "SPO.applying.min_age: '10' is no int"),
        ("SPO", "applying.rank", "captain", "is none of constable, sergeant"),
        ("SPO", "effect.begins", "some day", "SPO.effect.begins: 'some day' is none of made, service"),
        ("SPO", "standing.verified_on", "24 November", "SPO.standing.verified_on: '24 November' is no day"),
        ("SPO", "standing.verified_on", 2026, "SPO.standing.verified_on: 2026 is no day"),
        ("SPO", "sources", "a book", "SPO.sources: a list is wanted"),
        ("SPO", "sources", ["a book", 7], "SPO.sources[1]: 7 is no str"),
        ("SPO", "codes.meanings", ["x"], "SPO.codes.meanings: names with values are wanted"),
        ("SPO", "codes.meanings", {"x": 1}, "SPO.codes.meanings.x: 1 is no str"),
        ("SPO", "applying.rank_by", None, "SPO: applying.rank_by"),
        ("SPO_CONV", "standing.offered", True, "SPO_CONV: standing: offered although"),
        ("SPO_CONV", "standing.effective_from", "2027-01-01", "SPO_CONV: standing: offered although"),
        ("SPO", "standing.status", "pilot_areas_only", "SPO: standing.extents: a pilot has areas"),
        ("DAPN", "standing.extents", [], "DAPN: standing.extents: a pilot has areas"),
        ("DVPN", "applying.court", "magistrates", "DVPN: applying.court: a notice has no court"),
        ("NMO", "conditions.requirement_names", ["supervisor"], "NMO: conditions.requirement_names"),
        ("ISPO", "code", "SPO", "SPO: stands twice"),
    ],
)
def test_a_faulty_row_is_named_with_its_field(code: str, place: str, value: Any, fault: str) -> None:
    with pytest.raises(CatalogueFaulty) as found:
        read_kinds(spoilt(code, place, value))
    assert len(found.value.faults) == 1
    assert fault in found.value.faults[0]


def test_an_area_that_ends_before_it_begins_is_a_fault() -> None:
    given = rows()
    extent = next(row for row in given if row["code"] == "DAPN")["standing"]["extents"][0]
    extent["effective_to"] = "2024-11-26"
    with pytest.raises(CatalogueFaulty, match="ends before it begins"):
        read_kinds(given)
    extent["effective_to"] = extent["effective_from"]
    assert read_kinds(given)


def test_every_fault_of_every_row_is_said_at_once() -> None:
    given = rows()
    given[0]["statute"] = ""
    given[1]["effect"]["begins"] = None
    given[2] = "no row"  # type: ignore[call-overload]
    with pytest.raises(CatalogueFaulty) as found:
        read_kinds(given)
    assert [fault.partition(":")[0] for fault in found.value.faults] == ["SPO.statute", "ISPO.effect.begins", "row 3"]
    assert str(found.value).count(";") == 2


@pytest.mark.parametrize("nothing", [[], {}, None, "x"])
def test_no_list_of_kinds_is_no_catalogue(nothing: Any) -> None:
    with pytest.raises(CatalogueFaulty, match="a list of kinds is wanted"):
        read_kinds(nothing)


def test_a_kind_nobody_knows_is_no_kind() -> None:
    with pytest.raises(KeyError):
        kind_of("RESPECT_ORDER")
