"""The measures that ship are those asked for, each of the kind, unit and clock that the requirements give it (MSR-01)."""

from typing import Final

import pytest

from craffu.measures.definitions import Basis, Definition, Kind, Statistic, Unit, definition, shipped

pytestmark = pytest.mark.rule("MSR-01", "MSR-05")

P, T, K = Kind.PERIOD, Kind.STATE, Kind.COHORT
SHARE, RATE, DAYS, COUNT = Statistic.PROPORTION, Statistic.RATE, Statistic.DURATION, Statistic.COUNT
NONE, LAW, CODE, OURS = Basis.NONE, Basis.LAW, Basis.CODE, Basis.PROPOSAL
# Requirements 5.2, row by row: the kind of time, what one of it is, what is worked out, who set its clock, and how many parts.
ASKED_FOR: Final = {
    "MET01": (P, Unit.ORDER, RATE, NONE, 1),
    "MET01i": (P, Unit.ORDER, RATE, NONE, 1),
    "MET02": (K, Unit.CASE, SHARE, OURS, 1),
    "MET03": (K, Unit.DECISION, SHARE, OURS, 1),
    "MET04": (P, Unit.REQUEST, SHARE, NONE, 1),
    "MET05": (P, Unit.APPLICATION, SHARE, NONE, 1),
    "MET06": (P, Unit.APPLICATION, SHARE, NONE, 2),
    "MET07": (K, Unit.APPLICATION, SHARE, NONE, 3),
    "MET08": (K, Unit.STAGE_INTERVAL, DAYS, NONE, 5),
    "MET09": (P, Unit.ORDER, SHARE, OURS, 1),
    "MET10": (T, Unit.ORDER, SHARE, OURS, 1),
    "MET11": (T, Unit.EPISODE, COUNT, NONE, 5),
    "MET12": (T, Unit.ORDER, SHARE, NONE, 1),
    "MET13": (P, Unit.ORDER, SHARE, LAW, 1),
    "MET14": (P, Unit.CHECK, SHARE, OURS, 1),
    "MET15": (P, Unit.REVIEW, SHARE, OURS, 1),
    "MET16": (P, Unit.REVIEW, SHARE, NONE, 3),
    "MET17": (P, Unit.INCIDENT, RATE, NONE, 2),
    "MET18": (K, Unit.ORDER, SHARE, OURS, 1),
    "MET19": (T, Unit.PERSON, SHARE, OURS, 1),
    "MET20": (K, Unit.INCIDENT, SHARE, OURS, 1),
    "MET21": (K, Unit.INCIDENT, SHARE, OURS, 2),
    "MET22": (P, Unit.CRIME, SHARE, NONE, 1),
    "MET23": (P, Unit.DEFENDANT_CASE, SHARE, NONE, 1),
    "MET24": (K, Unit.INCIDENT, SHARE, NONE, 1),
    "MET25": (P, Unit.ORDER, SHARE, OURS, 1),
    "MET26": (P, Unit.APPLICATION, SHARE, NONE, 1),
    "MET27": (P, Unit.PROMISED_CONTACT, SHARE, OURS, 1),
    "MET28": (P, Unit.EVENT_VICTIM, SHARE, CODE, 1),
    "MET29": (P, Unit.CRIME, SHARE, NONE, 2),
    "MET30": (P, Unit.RESPONSE, SHARE, NONE, 1),
    "MET31": (T, Unit.PERSON, SHARE, OURS, 1),
    "MET32": (P, Unit.STATION_SHIFT, SHARE, NONE, 1),
}  # fmt: skip


def words(one: Definition) -> list[tuple[str, str]]:
    several = (one.name, one.question, one.denominator, *(part.words for part in one.parts), *one.traps)
    return [(each.en, each.cy) for each in several]


def test_there_are_those_that_were_asked_for() -> None:
    assert set(shipped()) == set(ASKED_FOR)


@pytest.mark.parametrize("code", sorted(ASKED_FOR))
def test_each_is_as_the_requirements_have_it(code: str) -> None:
    one = definition(code)
    assert (one.kind, one.unit, one.statistic, one.basis, len(one.parts)) == ASKED_FOR[code]
    assert one.traps, "what a figure must not be taken for stands beside it"
    assert all(en != cy for en, cy in words(one)), "each sentence is in both languages"


def test_no_two_measures_have_one_name() -> None:
    for language in ("en", "cy"):
        names = [getattr(definition(code).name, language) for code in shipped()]
        assert len(set(names)) == len(names)
