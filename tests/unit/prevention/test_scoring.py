"""The score of one person: as the methods print it, at each boundary, with what is missing, and what never enters (PRI)."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.prevention.scoring import ranking, rules, schemes
from craffu.prevention.scoring.facts import INPUTS, Event, Evidence, Part, Standing, refused_inputs
from craffu.prevention.scoring.rules import Flag, Floor, Incident, Tier, scored
from tests.rule_case_file import ABSENT

METHODS = Path(__file__).resolve().parents[4] / "shared" / "domain" / "method_cases.json"
EVENT = Event("i1", 10, 10.0, frozenset({"v1"}))


@pytest.mark.rule("PRI-02")
@pytest.mark.skipif(not METHODS.exists(), reason=ABSENT)
def test_the_methods_own_people_to_the_printed_digits() -> None:
    said = json.loads(METHODS.read_text(encoding="utf-8"))["rfgv_default_scheme_v1"]
    scheme = schemes.default()
    assert {name: getattr(scheme.params, name) for name in said["params"] if name != "weights"} == {
        name: value for name, value in said["params"].items() if name != "weights"
    }
    assert dict(scheme.weights) == said["params"]["weights"]
    found = {}
    for person in said["people"]:
        events = [
            Event(one["inc"], one["age"], one["w"], frozenset(one["v"]), is_breach=one.get("breach", False))
            for one in person["events"]
        ]
        score = found[person["id"]] = scored(events)
        if person["S"] is None:
            assert (score.value, score.tier) == (None, Tier.NO_HISTORY)
            continue
        assert score.value == pytest.approx(person["S"], abs=said["tol"])
        assert {name: pytest.approx(person[name], abs=said["tol"]) for name in schemes.PARTS} == score.parts
        assert score.harm == pytest.approx(person.get("harm", score.harm), abs=said["tol"])
    people = [ranking.Ranked(key, one.value, one.harm, one.newest_age or 0) for key, one in found.items()]
    assert list(ranking.ranked(people, 4, "any").order) == said["orders"]["rfgv"]
    assert found["D"].tier == Tier.URGENT, said["orders"]["floor_rule"]


@pytest.mark.rule("PRI-01")
@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, True),
        ({"age": 1_095}, True),
        ({"age": 1_096}, False),
        ({"age": 0}, True),
        ({"age": -1}, False),
        ({"part": Part.OFFENDER}, True),
        ({"part": Part.VICTIM}, False),
        ({"part": Part.WITNESS}, False),
        ({"standing": Standing.CANCELLED}, False),
        ({"standing": Standing.NO_CRIME}, False),
        ({"standing": Standing.ELIMINATED}, False),
        # Recorded on the scoring date, and after it.
        ({"recorded_age": 0}, True),
        ({"recorded_age": -1}, False),
        # Nobody says when it occurred: the day it was recorded stands for it.
        ({"age": None, "recorded_age": 1_095}, True),
        ({"age": None, "recorded_age": 1_096}, False),
        ({"age": None}, False),
    ],
)
def test_which_events_count(change: dict[str, Any], counts: bool) -> None:
    assert rules.is_counted(replace(EVENT, **change), schemes.default()) is counts
    assert (scored([replace(EVENT, **change)]).value is not None) is counts


@pytest.mark.rule("PRI-01")
def test_an_incident_is_one_event_with_its_least_age_its_greatest_weight_and_everybody_in_it() -> None:
    both = [replace(EVENT, age=30, weight=4_000.0), replace(EVENT, age=20, victims=frozenset({"v2"}), is_breach=True)]
    (one,) = rules.incidents_of(both, schemes.default(), 10)
    assert one == Incident("i1", 20, 1_825, frozenset({"v1", "v2"}), True)
    found = scored(both)
    assert (found.incidents_in_a_year, found.victims, found.breaches, found.newest_age) == (1, 2, 1, 20)
    assert len(scored([both[0], replace(both[1], incident="i2")]).incidents) == 2


@pytest.mark.rule("PRI-02")
def test_what_a_breach_counts_for_ends_with_its_window_and_when_it_is_disproved() -> None:
    def breaches(**change: Any) -> int:
        return scored([replace(EVENT, is_breach=True, **change)]).breaches

    assert (breaches(age=365), breaches(age=366), breaches(is_disproved=True)) == (1, 0, 0)
    assert [scored([replace(EVENT, age=age)]).incidents_in_a_year for age in (365, 366)] == [1, 0]
    assert scored([EVENT]).breaches == 0


@pytest.mark.rule("PRI-02")
def test_what_a_court_found_proved_stands_beside_the_score() -> None:
    events = [EVENT, replace(EVENT, incident="i2", age=300, evidence=Evidence.CONVICTED)]
    assert rules.convicted_only(events).value == scored(events[1:]).value
    assert rules.convicted_only(events[:1]).value is None


@pytest.mark.rule("PRI-03")
def test_what_is_missing_is_flagged_and_the_score_has_a_low_and_a_high_end() -> None:
    known = scored([EVENT])
    assert (known.flags, known.low, known.high) == ((), known.value, known.value)
    undated = scored([EVENT, replace(EVENT, incident="i2", age=None, recorded_age=5)])
    assert (undated.flags, undated.low, undated.high) == ((Flag.UNDATED,), known.value, undated.value)
    unknown = scored([replace(EVENT, weight=None)])
    assert unknown.flags == (Flag.UNKNOWN_WEIGHT,)
    assert unknown.value == known.value
    assert (unknown.low, unknown.high) == (
        scored([replace(EVENT, weight=2.0)]).value,
        scored([replace(EVENT, weight=252.0)]).value,
    )
    nobody = scored([EVENT, replace(EVENT, victims=frozenset()), replace(EVENT, victims=frozenset())])
    assert nobody.flags == (Flag.VICTIM_UNKNOWN,)
    assert nobody.high is not None
    assert nobody.value is not None
    # Each of the two might be somebody else: three people, where one is known.
    assert nobody.high - nobody.value == pytest.approx(10.0)


@pytest.mark.rule("PRI-04")
@pytest.mark.parametrize(
    ("change", "floors"),
    [
        ({}, ()),
        ({"weight": 365.0, "age": 365}, (Floor.HARM_WEIGHT,)),
        ({"weight": 365.0, "age": 366}, ()),
        ({"weight": 364.9}, ()),
        *(({"offence": one}, (Floor.SERIOUS_OFFENCE,)) for one in sorted(rules.SERIOUS)),
        ({"offence": "rape", "age": 366}, ()),
        ({"has_weapon": True, "age": 365}, (Floor.WEAPON,)),
        ({"has_weapon": True, "age": 366}, ()),
        *(({"is_breach": True, "order": one, "age": 28}, (Floor.ORDER_BREACH,)) for one in sorted(rules.FLOOR_ORDERS)),
        ({"is_breach": True, "order": "SPO", "age": 29}, ()),
        ({"is_breach": True, "order": "SPO", "is_disproved": True}, ()),
        ({"is_breach": True, "order": "NMO"}, ()),
        ({"order": "SPO"}, ()),
        ({"age": None, "recorded_age": 10, "has_weapon": True}, (Floor.WEAPON,)),
        # What does not count is no floor.
        ({"has_weapon": True, "part": Part.VICTIM}, ()),
    ],
)
def test_what_puts_somebody_before_a_human_whatever_the_score(
    change: dict[str, Any], floors: tuple[Floor, ...]
) -> None:
    found = scored([replace(EVENT, **change)])
    assert found.floors == floors
    assert (found.tier == Tier.URGENT) is bool(floors)


@pytest.mark.rule("PRI-04")
def test_a_victim_in_the_greatest_fear_is_enough() -> None:
    assert scored([], victim_fears_most=True).tier == Tier.URGENT
    assert scored([EVENT], victim_fears_most=True).floors == (Floor.VICTIM_FEAR,)
    assert scored([EVENT], victim_fears_most=True, in_population=False).tier == Tier.NOT_SCORED


@pytest.mark.rule("PRI-04")
@pytest.mark.parametrize(
    ("value", "tier"),
    [(60.0, Tier.HIGH), (59.9999, Tier.MEDIUM), (40.0, Tier.MEDIUM), (39.9999, Tier.STANDARD), (None, Tier.NO_HISTORY)],
)
def test_a_priority_by_the_score(value: float | None, tier: Tier) -> None:
    assert rules.tier_of(value, ()) == tier
    assert rules.tier_of(value, [Floor.WEAPON]) == Tier.URGENT


@pytest.mark.rule("PRI-07")
def test_a_challenge_that_is_right_leaves_the_events_out_and_the_old_score_as_it_was() -> None:
    events = [EVENT, replace(EVENT, incident="i2", age=3)]
    before = scored(events)
    assert rules.without(events, {"i2"}) == [EVENT]
    assert scored(rules.without(events, {"i2"})).value != before.value
    assert scored(events) == before


@pytest.mark.rule("PRI-08")
def test_nobody_known_only_as_a_victim_or_outside_the_population_is_scored() -> None:
    assert scored([EVENT], is_only_victim=True).flags == (Flag.ONLY_A_VICTIM,)
    assert scored([EVENT], in_population=False).flags == (Flag.OUTSIDE,)
    for found in (scored([EVENT], is_only_victim=True), scored([EVENT], in_population=False)):
        assert found == rules.Score(None, Tier.NOT_SCORED, flags=found.flags)
        assert (found.harm, found.incidents_in_a_year, found.victims, found.breaches) == (0.0, 0, 0, 0)
        assert (found.parts, found.incidents, found.newest_age) == ({}, (), None)
    assert refused_inputs(["weight", "ethnicity", "postcode", "sex", "religion", "intelligence"]) == [
        "ethnicity", "intelligence", "postcode", "religion", "sex",
    ]  # fmt: skip
    assert refused_inputs(INPUTS) == []


EVENTS = st.lists(
    st.builds(
        Event,
        st.sampled_from(["a", "b", "c", "d"]),
        st.one_of(st.none(), st.integers(0, 1_095)),
        st.one_of(st.none(), st.floats(0, 6_000)),
        st.frozensets(st.sampled_from(["v1", "v2", "v3"]), max_size=2),
        st.integers(0, 1_095),
        is_breach=st.booleans(),
    ),
    max_size=8,
)


@pytest.mark.rule("PRI-02")
@pytest.mark.rule("PRI-03")
@given(events=EVENTS, more=EVENTS)
def test_a_score_lies_between_its_ends_and_never_falls_with_another_event(
    events: list[Event], more: list[Event]
) -> None:
    found, both = scored(events), scored(events + more)
    assert (found.value is None) is (not events)
    if found.value is not None and both.value is not None and found.high is not None:
        assert 0 <= found.value <= 100
        assert (found.low is None) is all(one.age is None for one in events)
        assert (found.low or 0.0) <= found.value + 1e-9
        assert found.value <= found.high + 1e-9
        assert math.fsum(found.contributions.values()) == found.value
        assert both.value >= found.value - 1e-9
        assert scored(events[::-1]).value == pytest.approx(found.value)


@pytest.mark.rule("PRI-09")
def test_a_constant_that_changes_makes_another_scheme() -> None:
    scheme = schemes.default()
    assert scheme.sha256 == "b3b43598472b63517a3ea12c9e2c2bf88c426423bb3ba5052f73b411828882f2"
    hashes = {scheme.sha256, replace(scheme, version=2).sha256, replace(scheme, name="another").sha256}
    hashes.add(replace(scheme, weights={**scheme.weights, "R": 0.15, "F": 0.25}).sha256)
    for name in schemes.Params.__slots__:
        params = replace(scheme.params, **{name: getattr(scheme.params, name) + 1})
        hashes.add(replace(scheme, params=params).sha256)
    assert len(hashes) == 4 + len(schemes.Params.__slots__)


@pytest.mark.rule("PRI-09")
@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda said: said["params"].pop("breach_cap"), "^params must be .*: mend breach_cap$"),
        (lambda said: said.pop("params"), "^params must be"),
        (lambda said: said.pop("weights"), "^weights must be .*: mend B, F, G, R, V$"),
        (lambda said: said["params"].update(postcode=1), "postcode"),
        (lambda said: said["weights"].pop("V"), "V"),
        (lambda said: said["weights"].update(V=0.25), "one together"),
        (lambda said: said["weights"].update(V=-0.15, B=0.45), "below nought"),
        (lambda said: said["params"].update(recency_half_life=0), "recency_half_life"),
        (lambda said: said["params"].update(victim_cap=1), "two or more"),
    ],
)
def test_a_scheme_that_cannot_be_is_refused(change: Any, wrong: str) -> None:
    said = json.loads(schemes.default().canonical)
    assert schemes.scheme_of(said) == schemes.default()
    change(said)
    with pytest.raises(schemes.BadScheme, match=wrong):
        schemes.scheme_of(said)


@pytest.mark.rule("PRI-09")
def test_a_scheme_at_its_very_bounds() -> None:
    said = json.loads(schemes.default().canonical)
    said["params"] |= {"breach_cap": 1, "victim_cap": 2}
    said["weights"] = {"R": 1.0, "F": 0.0, "G": 0.0, "V": 0.0, "B": 0.0}
    found = scored(
        [EVENT, replace(EVENT, incident="i2", victims=frozenset({"v2"}), is_breach=True)], schemes.scheme_of(said)
    )
    assert (found.parts["V"], found.parts["B"]) == (100.0, 100.0)
    assert found.value == found.parts["R"]
