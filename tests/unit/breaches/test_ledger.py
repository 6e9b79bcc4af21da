"""One incident is one record, a history counts each thing by its own name, and what a breach is (BRC-01, BRC-02, BRC-07)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from craffu.breaches.charging.rules import charging, gravity
from craffu.breaches.ledger.kinds import KnownHow
from craffu.breaches.ledger.rules import Entry, Incident, Told, history, incidents, is_past
from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision, ProsecutionDecision
from craffu.orders.catalogue.kinds import Breach
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.effect.rules import Happened, enforceable
from craffu.web.street.words import KNOWN_HOW


@pytest.mark.rule("BRC-01")
def test_whoever_tells_of_it_and_whatever_it_broke_an_incident_is_one() -> None:
    found = incidents(
        [
            Told("I2", "rms", ("O2/2", "O1/1")),
            Told("I1", "rms", ("O1/1",)),
            Told("I2", "court", ("O1/1", "O1/3")),
            Told("I2", "court", ()),
        ]
    )
    assert found == [Incident("I2", ("O1/1", "O1/3", "O2/2"), ("court", "rms")), Incident("I1", ("O1/1",), ("rms",))]
    assert [one.orders for one in found] == [("O1", "O2"), ("O1",)]
    assert incidents([]) == []


ENTRIES = [
    Entry("r1", "rms", PoliceDecision.BREACH, ProsecutionDecision.CHARGED, CourtResult.PROVED),
    Entry("r1", "rms", PoliceDecision.BREACH, ProsecutionDecision.CHARGED, CourtResult.NOT_PROVED),
    Entry("r1", "rms", PoliceDecision.BREACH, ProsecutionDecision.NO_ACTION),
    Entry("r2", "probation", PoliceDecision.NO_BREACH),
    Entry("r2", "court", court=CourtResult.QUASHED),
    Entry("r2", "rms", PoliceDecision.UNDETECTED),
    Entry("r3", "custody", PoliceDecision.NO_BREACH, ProsecutionDecision.NO_ACTION),
    Entry("r9", "rms"),
]
WHOSE = {"r1": "P1", "r2": "P1", "r3": "P2"}


@pytest.mark.rule("BRC-07")
@pytest.mark.rule("IDN-06")
def test_each_count_has_its_name_and_none_is_a_sum_of_others() -> None:
    found = history("P1", ENTRIES, WHOSE)
    assert (found.alleged, found.police_accepted, found.charged, found.proved) == (6, 3, 2, 1)
    assert (found.not_proved, found.quashed, found.undetected, found.no_action) == (1, 1, 1, 2)
    assert found.sources == ("court", "probation", "rms")


@pytest.mark.rule("BRC-07")
def test_a_link_undone_takes_its_breaches_out_and_redone_brings_them_back() -> None:
    whole = history("P1", ENTRIES, WHOSE)
    apart = history("P1", ENTRIES, {**WHOSE, "r2": "P3"})
    assert (apart.alleged, apart.sources) == (3, ("rms",))
    assert history("P3", ENTRIES, {**WHOSE, "r2": "P3"}).alleged == 3
    assert history("P1", ENTRIES, WHOSE) == whole
    assert history("P2", ENTRIES, WHOSE).no_action == 1, "refused twice, and one incident"
    assert history("P4", ENTRIES, WHOSE).alleged == 0


@pytest.mark.rule("BRC-02")
@pytest.mark.parametrize("kind", list(kinds()))
def test_what_a_breach_is_follows_the_kind(kind: str) -> None:
    row: Any = kind_of(kind)
    found = charging(row)
    assert found.breach_is is row.effect.breach_is
    assert found.is_offence is found.may_charge is (row.effect.breach_is is Breach.OFFENCE)
    contempt = charging(row, has_contempt_proceedings=True)
    assert (contempt.is_offence, contempt.may_charge) == (found.is_offence, False)


@pytest.mark.rule("BRC-02")
@pytest.mark.parametrize(
    ("breach", "codes"),
    [
        (Breach.OFFENCE, {"SPO", "ISPO", "RO_CONV", "RO_ACQ", "NMO", "PHA_INJ", "DAPO", "CBO", "SHPO", "SRO"}),
        (Breach.CIVIL, {"DVPO"}),
        (Breach.CONTEMPT, {"OCC", "ASBI"}),
        (Breach.ARREST, {"DVPN", "DAPN", "PCB", "BAIL"}),
    ],
)
def test_a_breach_of_these_is_that(breach: Breach, codes: set[str]) -> None:
    assert {charging(kind_of(code)).breach_is for code in codes} == {breach}


AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
STANDS = Happened(made_at=AT, served_at=AT)


def weight(code: str, order: Happened = STANDS, at: datetime = AT, *, is_interim: bool = False) -> tuple[object, ...]:
    kind = kind_of(code)
    return gravity(kind, enforceable(kind, order, at), is_interim=is_interim)


@pytest.mark.rule("BRC-02")
def test_the_most_serious_order_stands_first_and_an_interim_one_after_the_full() -> None:
    found = sorted(["BAIL", "DVPO", "OCC", "CPN", "SPO"], key=weight)
    assert found == ["SPO", "CPN", "OCC", "DVPO", "BAIL"], (
        "offences first, then by the custody that the catalogue names"
    )
    assert weight("OCC") < weight("DVPO") < weight("BAIL"), "24 months, two, none"
    assert weight("SPO") < weight("SPO", is_interim=True) < weight("CPN")
    not_served = Happened(made_at=AT)
    assert weight("BAIL") < weight("SPO", not_served), "what can be laid at their door now"
    over = Happened(made_at=AT, served_at=AT, ended_at=AT)
    assert weight("OCC", not_served) < weight("SPO", over), "what is in force before what is over"


@pytest.mark.rule("BRC-06")
def test_what_lies_further_back_than_a_closer_watch_is_nobodys_hours_once_no_order_stands() -> None:
    learnt = datetime(2026, 11, 24, 12, tzinfo=UTC)
    within = learnt - timedelta(days=28)
    beyond = within - datetime.resolution
    assert [is_past(one, learnt, is_live=False) for one in (learnt, within, beyond)] == [False, False, True]
    assert not is_past(beyond, learnt, is_live=True)


@pytest.mark.rule("BRC-06")
def test_the_ways_of_knowing_keep_the_keys_under_which_they_are_stored() -> None:
    assert " ".join(KnownHow) == "seen victim_says witness_says message tag_or_device agency other"
    assert {*KNOWN_HOW} == {*KnownHow}
