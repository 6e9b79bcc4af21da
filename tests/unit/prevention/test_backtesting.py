"""How right an order would have been: at a capacity, ties in parts, persons drawn whole, and never by what came after (A6)."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from craffu.engines.expressions import DUCKDB
from craffu.prevention.proving.backtesting import Cutoff, Figure, proofs, taken
from craffu.prevention.proving.cutoffs import ORDERS, Asked, Past, asked_at, days_to_ask
from craffu.prevention.proving.leaks import Leaked, check_no_leak
from craffu.prevention.proving.told import picked, told_of
from craffu.prevention.scoring.known import Act, Change, Span, as_known, spans
from craffu.prevention.scoring.schemes import default
from craffu.prevention.scoring.weights import own

pytestmark = [pytest.mark.rule("PRI-08"), pytest.mark.rule("PRI-09")]
NOON = datetime(2023, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def cutoff(*rows: tuple[int, float, float, int, float]) -> Cutoff:
    """Of each: person, the scheme's score, another's, whether the outcome followed, and its harm."""
    people, scheme, other, did, harm = (np.array(column) for column in zip(*rows, strict=True))
    return Cutoff(people, {"scheme": scheme, "other": other}, did.astype(float), harm)


ONE = cutoff((0, 9, 1, 1, 100), (1, 8, 1, 0, 0), (2, 7, 1, 1, 10), (3, 6, 1, 0, 0))


def test_the_first_of_an_order_and_of_a_tie_the_same_part_of_each() -> None:
    all_once = np.ones((1, 4))
    first = taken(ONE, "scheme", 2, all_once)
    assert [float(one[0]) for one in (first.hits, first.picked, first.harm)] == [1, 2, 100]
    by_lot = taken(ONE, "other", 2, all_once)
    assert [float(one[0]) for one in (by_lot.hits, by_lot.picked, by_lot.harm)] == [1, 2, 55]
    assert float(taken(ONE, "scheme", 9, all_once).picked[0]) == 4


def test_whoever_is_drawn_twice_counts_twice_and_whoever_is_not_counts_not() -> None:
    drawn = np.array([[0.0, 2.0, 1.0, 1.0], [2.0, 0.0, 2.0, 0.0]])
    found = taken(ONE, "scheme", 2, drawn)
    assert found.hits.tolist() == [0, 2]
    assert found.picked.tolist() == [2, 2]
    assert found.harm.tolist() == [0, 200]


def test_shares_over_all_cut_offs_together() -> None:
    other = cutoff((0, 1, 1, 0, 0), (4, 5, 1, 1, 40))
    found, ahead = proofs([ONE, other], 1, resamples=300, seed=4)
    scheme = found["scheme"]
    assert (scheme.precision.value, scheme.recall.value) == (1.0, pytest.approx(2 / 3))
    assert scheme.harm.value == pytest.approx(140 / 150)
    assert scheme.lift.value == pytest.approx(1 / 0.5)
    by_lot = found["other"]
    assert by_lot.precision.value == pytest.approx((0.5 + 0.5) / 2)
    assert by_lot.lift.value == pytest.approx(1.0), "drawn by lot nobody is found more often than among all"
    assert ahead["other"]["precision"].value == pytest.approx(0.5)
    for one in (scheme.recall, by_lot.precision, ahead["other"]["harm"]):
        assert one.low is not None
        assert one.value is not None
        assert one.high is not None
        assert one.low <= one.value <= one.high


def test_the_same_seed_draws_the_same_and_a_plain_lead_is_sure() -> None:
    rows = [(at, 100.0 - at, float(at), int(at < 20), 1.0) for at in range(100)]
    once, ahead = proofs([cutoff(*rows)], 20, resamples=200, seed=9)
    again, _ = proofs([cutoff(*rows)], 20, resamples=200, seed=9)
    assert once == again
    lead = ahead["other"]["precision"]
    assert lead.value == 1.0
    assert lead.low is not None
    assert lead.low > 0.5


def test_where_nothing_followed_there_is_nothing_to_divide() -> None:
    nothing = cutoff((0, 2, 1, 0, 0), (1, 1, 1, 0, 0))
    found, ahead = proofs([nothing], 1, resamples=20)
    assert found["scheme"].recall == found["scheme"].harm == found["scheme"].lift == Figure(None)
    assert found["scheme"].precision.value == 0
    assert ahead["other"]["recall"] == Figure(None)
    assert proofs([ONE], 1, resamples=0)[0]["scheme"].precision == Figure(1.0)


def test_a_cut_off_without_anybody_changes_nothing() -> None:
    nobody = Cutoff(
        np.array([], dtype=np.int64), {"scheme": np.array([]), "other": np.array([])}, np.array([]), np.array([])
    )
    assert proofs([ONE, nobody], 2, resamples=50)[0] == proofs([ONE], 2, resamples=50)[0]


# Nothing that came after


def crime(key: str, at: datetime, record: int = 1, victim: int = 2, *later: Change, **said: Any) -> list[Span]:
    word = {"occurred_on": (at - DAY).date(), "code": "PH97006", "class_": "8Q", **said}
    return list(spans(Act(key, key, [record], frozenset({victim}), (Change(at, word), *later))))


def test_what_stood_then_is_no_leak() -> None:
    used = as_known(crime("c1", NOON, 1, 2, Change(NOON + 9 * DAY, {"is_cancelled": True})), NOON + DAY)
    assert len(used) == 1
    check_no_leak(used, {1: NOON, 2: NOON - DAY}, NOON + DAY)


@pytest.mark.parametrize(("plant", "linked", "said"), [
    (lambda one: replace(one, known_from=NOON), {}, "a status known later"),
    (lambda one: replace(one, recorded_on=(NOON + 3 * DAY).date(), said_at=NOON), {}, "a late recording"),
    (lambda one: replace(one, said_at=NOON), {1: NOON + 2 * DAY}, "a link made later"),
    (lambda one: replace(one, said_at=NOON), {2: NOON + 2 * DAY}, "a link made later"),
])  # fmt: skip
def test_each_planted_leak_is_refused(plant: Callable[[Span], Span], linked: dict[int, datetime], said: str) -> None:
    """A word of the tenth day is put before the first, as a table without its times would have it."""
    [_, later] = crime("c1", NOON, 1, 2, Change(NOON + 9 * DAY, {"is_charged": True}))
    used = as_known([plant(replace(later, known_from=NOON, known_until=None))], NOON + DAY)
    with pytest.raises(Leaked, match=f"1 of 1 events rest on {said}, first c1"):
        check_no_leak(used, linked, NOON + DAY)


def long_past() -> Past:
    """Two people: the first goes on every month, the second once; three years before and two after."""
    begin = datetime(2019, 1, 1, 12, tzinfo=UTC)
    found = [one for at in range(70) for one in crime(f"a{at}", begin + at * 30 * DAY, 1, 3)]
    found += crime("b1", begin + 1_200 * DAY, 2, 3)
    return Past(found, {record: [(begin, record * 10)] for record in (1, 2, 3)})


def test_cut_offs_are_asked_every_thirty_days_where_both_ends_are_known() -> None:
    past = long_past()
    last = date(2024, 9, 30)
    days = days_to_ask(past, last)
    assert days[-1] == last - timedelta(days=455)
    assert days[0] >= date(2019, 1, 1) + timedelta(days=1_095)
    assert {(other - one).days for one, other in itertools.pairwise(days)} == {30}
    assert days_to_ask(past, date(2022, 1, 1)) == days_to_ask(Past([], {}), last) == []


def test_each_cut_off_sees_what_stood_then_and_what_followed() -> None:
    past = long_past()
    day = (datetime(2019, 1, 1, tzinfo=UTC) + 1_190 * DAY).date()
    before, after = asked_at(past, [day, day + timedelta(days=20)], default(), own(), DUCKDB)
    assert before.people == [10], "who did nothing yet stands in no list"
    assert after.people == [10, 20]
    assert after.followed["any"] == [True, False]
    assert after.followed["serious"] == [False, False]
    assert after.harm[0] == pytest.approx(12 * 30, abs=31)
    assert after.harm[1] == 0
    assert set(after.scores) == set(ORDERS)
    assert after.scores["incidents"][0] > after.scores["incidents"][1]
    assert after.scores["newest"] == [-11.0, -11.0]


def test_a_past_whose_words_come_before_their_time_is_not_measured() -> None:
    past = long_past()
    [first, *others] = past.spans
    spoilt = Past([replace(first, said_at=NOON + 3_000 * DAY), *others], past.whose)
    with pytest.raises(Leaked, match="a status known later"):
        list(asked_at(spoilt, [date(2022, 3, 1)], default(), own(), DUCKDB))
    late = Past(past.spans, {**past.whose, 1: [(NOON, 10)]})
    [one] = asked_at(late, [date(2022, 3, 1)], default(), own(), DUCKDB)
    assert one.people == [-1], "a record that nobody had made a person's yet is one of its own"


def asked(on: date, *rows: tuple[int, float, bool]) -> Asked:
    people, scores, did = ([*column] for column in zip(*rows, strict=True))
    return Asked(
        on, people, dict.fromkeys(ORDERS, scores), dict.fromkeys(("any", "breach", "serious"), did), [1.0 * one for one in did],
        {person: [f"s{person}"] if followed else [] for person, followed in zip(people, did, strict=True)},
    )  # fmt: skip


def test_what_is_told_of_some_cut_offs() -> None:
    rows = [(person, 100.0 - person, person % 3 == 0) for person in range(90)]
    several = [asked(date(2022, 1, 1) + at * timedelta(days=30), *rows) for at in range(13)]
    sex = {"sex": {person: "1" if person % 2 else "2" for person in range(90)}}
    told = told_of(several, 30, sex, resamples=40)
    assert (told["people"], told["rows"], told["k"]) == (90, 1170, 30)
    any_ = told["outcomes"]["any"]
    assert (any_["followed"], any_["base_rate"]) == (390, pytest.approx(1 / 3, abs=1e-6))
    assert told["precision_at_k"]["value"] == pytest.approx(1 / 3, abs=1e-6)
    assert told["recall_at_k"]["value"] == pytest.approx(1 / 3, abs=1e-6)
    assert set(told["baselines"]) == {"random", "incidents", "v100", "newest", "grade"}
    lead = told["baselines"]["grade"]["scheme_is_ahead_by"]["precision"]
    assert (lead["value"], lead["is_sure"]) == (0, False)
    assert sum(one["n"] for one in told["calibration"]) == 1170
    groups = {one["group"]: one for one in told["fairness"] if "is_shown" in one}
    assert {name: one["n"] for name, one in groups.items()} == {"1": 585, "2": 585}
    assert told["drift"]["is"] == "steady"
    assert told["drift"]["psi"] == 0
    low, middle, high = told["drift"]["limits"]
    assert low == middle == high == pytest.approx(1 / 3, abs=1e-6)
    assert told["serious_missed"]["number"] == 20
    assert len(told["serious_missed"]["first"]) == 20
    assert told_of(several[:11], 30, sex, resamples=1)["drift"]["limits"] is None


def test_whoever_ties_with_the_last_is_picked_too() -> None:
    one = asked(date(2022, 1, 1), (1, 5.0, True), (2, 4.0, False), (3, 4.0, True), (4, 1.0, False))
    assert picked(one, 2) == {1, 2, 3}
    assert picked(one, 1) == {1}
    assert picked(one, 9) == {1, 2, 3, 4}


def test_a_shift_of_scores_is_told() -> None:
    low = asked(date(2022, 1, 1), *((at, float(at), False) for at in range(100)))
    high = asked(date(2022, 2, 1), *((at, float(at) ** 0.5 * 10, False) for at in range(100)))
    assert told_of([low, low], 10, {}, resamples=1)["drift"]["is"] == "steady"
    moved = told_of([low, high], 10, {}, resamples=1)["drift"]
    assert moved["psi"] > 0.25
    assert moved["is"] == "acted on"
    assert told_of([low], 10, {}, resamples=1)["drift"]["is"] == "no cases"
