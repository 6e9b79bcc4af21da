"""Of a long story only what counts is read: whatever is told of it is what reading every message would tell."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.cases import story_queries
from craffu.cases.actions import record_hearing
from craffu.cases.facts import ChargeFacts, HearingFacts, ResultFacts
from craffu.cases.models import Case, CaseRole, HearingVersion
from craffu.cases.queries import as_word, court_story
from craffu.cases.rules import hearings_expected, what_binds
from craffu.cases.story_queries import Told, hearings_told, noticed, outcomes_given, story_told
from craffu.common import clock
from craffu.common.models import Provenance, Regime
from tests.factories.court_messages import case, defendant, message

type Maker = Callable[[int], list[datetime]]
FIRST = date(2025, 6, 2)


def charge(draw: random.Random, held_on: date) -> ChargeFacts:
    final = draw.choice((True, False, None))
    ahead = held_on + timedelta(days=draw.choice((1, 2, 5, 40)))
    results = tuple(
        ResultFacts("4004", "Put off", (), (), (), None, "B01CE", ahead, None, "", "")
        for _ in range(draw.choice((0, 1)))
    )
    return ChargeFacts(
        draw.choice(("001", "002", "003")), "PH97001", "", "", "", "", None, None, None, None, None, None, None, "", "",
        "G" if final else "", held_on if final else None, "", final, results,
    )  # fmt: skip


def hearing(draw: random.Random, at: int) -> HearingFacts:
    held_on = FIRST + timedelta(days=draw.randrange(12))
    charges = {(one := charge(draw, held_on)).number: one for _ in range(draw.randrange(3))}
    flags = ({"code": "offence_without_result", "field": "Result", "line": 1},) if draw.random() < 0.3 else ()
    bail = draw.choice(("B", "U", "C", ""))
    return HearingFacts(f"{at:064}", held_on, None, "B01CE", "", "Y", bail, "", "", flags, tuple(charges.values()))


@pytest.fixture
def told_at_random(system: Acting, take_in_messages: Any) -> Maker:
    """Stories of three defendants: out of order, amended, with offences named once and never again. Returns when each came."""
    numbers = (f"2563AA010000000020{one}K" for one in range(3))
    take_in_messages(message(case(*(defendant(asn=asn, given_names=(f"N{asn[-2]}",)) for asn in numbers))))

    def make(seed: int) -> list[datetime]:
        draw = random.Random(seed)  # noqa: S311
        roles = list(CaseRole.objects.for_system("a test").order_by("id"))
        came = []
        for at in range(24):
            now = clock.now()
            received = now - timedelta(minutes=draw.randrange(9))
            provenance = Provenance("court-results", "0" * 64, at, received, "1", "x", Regime.PART_3, "x")
            facts = hearing(draw, seed * 100 + at)
            record_hearing(by=system, role=draw.choice(roles), facts=facts, provenance=provenance, now=now)
            came.append(now)
        return came

    return make


def in_words(versions: list[HearingVersion]) -> dict[str, Any]:
    """Everything that a page works out of the courts' latest words, and not the words themselves."""
    by_role: dict[int, list[HearingVersion]] = {}
    for version in versions:
        by_role.setdefault(version.hearing.role_id, []).append(version)
    words = {
        role: [as_word(one, [(charge, charge.results.all()) for charge in one.charges.all()]) for one in told]
        for role, told in by_role.items()
    }
    return {
        "binds": {role: what_binds(told) for role, told in words.items()},
        "expected": {role: hearings_expected(told, FIRST + timedelta(days=6)) for role, told in words.items()},
        "last": {role: told[-1].pk for role, told in by_role.items()},
        "offences": {charge.offence_id: charge.pk for one in versions for charge in one.charges.all()},
    }


@pytest.mark.slow
@pytest.mark.rule("INT-01")
@pytest.mark.parametrize("newest", [1, 8])
def test_what_counts_tells_what_the_whole_story_tells(
    newest: int, system: Acting, told_at_random: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_queries, "NEWEST", newest)
    found = only_case()
    records = tuple(CaseRole.objects.for_system("a test").order_by("id").values_list("record_id", flat=True))
    for seed in range(4):
        came = told_at_random(seed * 10 + newest)
        for known_at in (None, came[11]):
            for told in (
                Told(system, case=found.pk, known_at=known_at),
                Told(system, records=records[:2], known_at=known_at),
            ):
                chosen = {"case": found} if told.case else {"records": told.records}
                every = court_story(system, known_at=known_at, **chosen)
                latest = list({version.hearing_id: version for version in every}.values())
                _, counting = story_told(told, [])
                assert in_words(counting) == in_words(latest)
                assert outcomes_given(system, counting) == outcomes_given(system, latest)
                doubtful = sorted((one for one in latest if one.flags), key=lambda one: one.hearing_id)
                assert [flag for one in noticed(told).answer for flag in one.flags] == [
                    flag for one in doubtful for flag in one.flags
                ]


def only_case() -> Case:
    found: Case = Case.objects.for_system("a test").get()
    return found


def test_every_hearing_is_on_one_page_with_every_message_about_it(system: Acting, told_at_random: Maker) -> None:
    told_at_random(1)
    told = Told(system, case=only_case().pk)
    hearings = [one.pk for one in hearings_told(told)]
    shown = [story_told(told, hearings[first : first + 5])[0] for first in range(0, len(hearings), 5)]
    every = court_story(system, case=only_case())
    assert [version.pk for page in shown for version in page] == [version.pk for version in every]


def test_a_story_that_is_read_at_once_is_searched_no_further(
    system: Acting, told_at_random: Maker, django_assert_max_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    with django_assert_max_num_queries(5):
        story_told(Told(system, case=only_case().pk), [])


def test_the_last_hearing_of_each_defendant_counts_though_it_named_no_offence(
    system: Acting, told_at_random: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_queries, "NEWEST", 1)
    draw = random.Random(1)  # noqa: S311
    roles = list(CaseRole.objects.for_system("a test").order_by("id"))
    for role, day in ((roles[0], 20), (roles[1], 21), (roles[2], 22)):
        facts = replace(hearing(draw, day), held_on=FIRST + timedelta(days=day), charges=())
        provenance = Provenance("court-results", "0" * 64, day, clock.now(), "1", "x", Regime.PART_3, "x")
        record_hearing(by=system, role=role, facts=facts, provenance=provenance, now=clock.now())
    _, counting = story_told(Told(system, case=only_case().pk), [])
    days = {one.hearing.role_id: one.hearing.held_on - FIRST for one in counting}
    assert days == {role.pk: timedelta(days=20 + at) for at, role in enumerate(roles)}
