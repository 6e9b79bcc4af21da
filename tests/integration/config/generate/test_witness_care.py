"""Witness care of a fictional force: everything that can go well or badly for a victim does, and the truth adds up."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from craffu.clocks.bank_holidays import is_bank_holiday
from craffu.config.generate.witness_care.hours import clock_changes
from craffu.config.generate.witness_care.truth import FIGURES
from craffu.victims.contacts.rules import Excuse, Kept
from craffu.victims.happenings.kinds import Happening
from craffu.victims.notices.code import CodeEvent
from craffu.victims.notices.rules import SafetyEvent, Told, Warned
from craffu.victims.safeguarding.kinds import Felt, Measure
from tests.integration.config.generate.conftest import WANTED, Rows, Table

CARE = "witness-care"


def last_words(rows: Rows, key: str) -> Rows:
    """Each row as it was sent last."""
    return list({row[key]: row for row in rows}.values())


def said(table: Table, system: str, name: str, column: str) -> set[str]:
    return {row[column] for row in table(system, name)} - {""}


@pytest.mark.rule("VIC-03", "VIC-04", "VIC-05")
def test_everything_that_can_become_of_a_promise_or_of_news_does(table: Table) -> None:
    assert said(table, "truth", "promises", "status") == set(Kept)
    assert said(table, "truth", "notices", "code_status") == {*Told, "not_wanted"}
    assert said(table, "truth", "notices", "safety_status") >= set(Warned) - {Warned.RUNNING, Warned.WARNING_DUE}
    assert said(table, "truth", "revisits", "status") >= {Told.ON_TIME, Told.LATE, Told.MISSED}
    assert said(table, "truth", "notices", "entitlement") == {"enhanced", "standard"}
    assert said(table, "truth", "measures", "status") == {"told", "not_told"}


def test_everything_that_can_happen_does(table: Table) -> None:
    # What a court is asked about an order, and what it refuses, is noted with the order, and told from there.
    of_orders = {Happening.ORDER_RELAXATION_SOUGHT, Happening.ORDER_CHANGE_REFUSED}
    assert said(table, CARE, "happenings", "kind") - {"?"} == set(Happening) - of_orders
    assert said(table, "truth", "notices", "code_event") == set(CodeEvent)
    assert said(table, "truth", "notices", "safety_event") == set(SafetyEvent)
    assert said(table, CARE, "excuses", "reason") >= set(Excuse)
    assert said(table, CARE, "safety_measures", "kind") >= set(Measure)
    assert said(table, CARE, "measure_tellings", "felt") == set(Felt)
    assert said(table, CARE, "victim_contacts", "direction") == {"to_victim", "from_victim"}
    assert said(table, CARE, "happenings", "time_known_at")


def test_some_never_got_an_agreement_some_declined_and_some_were_asked_again_in_vain(table: Table) -> None:
    versions = last_words(table(CARE, "agreements"), "agreement_ref")
    looked_after, agreed = said(table, CARE, "happenings", "person_ref"), {row["person_ref"] for row in versions}
    assert looked_after - agreed
    assert {row["person_ref"] for row in versions if row["declined_on"]}
    assert {row["offer_again"] for row in versions if row["declined_on"]} >= {"", "each_stage", "only_if_i_ask"}
    assert {row["occasion"] for row in versions} >= {"", "report", "arrest"}


def test_of_promises_excused_as_not_reachable_some_are_borne_out_and_some_are_not(table: Table) -> None:
    status = {row["promise"]: row["status"] for row in table("truth", "promises")}
    excuses = last_words(table(CARE, "excuses"), "excuse_ref")
    tried = Counter(status[row["promise_ref"]] for row in excuses if row["reason"] == Excuse.NOT_REACHABLE)
    assert tried["excused"] > tried["missed"] > 0
    assert not set(tried) - {"excused", "missed", "late", "running"}


def test_things_happen_in_the_nights_in_which_clocks_change_and_before_holidays(table: Table) -> None:
    rows = last_words(table(CARE, "happenings"), "happening_ref")
    times = [datetime.fromisoformat(row["happened_at"]) for row in rows if row["kind"].startswith("bail_")]
    nights = {date(1970, 1, 1) + timedelta(days=day) for year in range(2023, 2027) for day in clock_changes(year)}
    assert [at for at in times if at.date() in nights and at.hour == 0]
    assert [at for at in times if at.hour >= 15 and is_bank_holiday(at.date() + timedelta(days=1))]


def test_several_things_of_one_day_are_one_revisit(table: Table) -> None:
    rows = table("truth", "revisits")
    assert any(";" in row["occasions"] for row in rows)
    assert max(Counter((row["person_ref"], row["day"]) for row in rows).values()) == 1


def test_what_was_wrong_or_broken_is_said_again_later(table: Table) -> None:
    for name in ("promises", "victim_contacts", "happenings", "tellings"):
        times: dict[str, list[datetime]] = {}
        for row in table(CARE, name):
            times.setdefault(next(iter(row.values())), []).append(datetime.fromisoformat(row["updated_at"]))
        again = [several for several in times.values() if len(set(several)) > 1]
        assert again
        assert all(first < then for several in again for first, then in pairwise(sorted(set(several))))
        assert all(several[-1] == max(several) for several in again)


def test_the_totals_are_those_of_the_rows(table: Table) -> None:
    known = {name: [row for row in table("truth", name) if row["can_be_known"] == "yes"] for name in (
        "promises", "notices", "revisits", "measures",
    )}  # fmt: skip
    counted = {
        "promises": Counter(row["status"] for row in known["promises"]),
        "code": Counter(row["code_status"] for row in known["notices"] if row["code_event"]),
        "safety": Counter(row["safety_status"] for row in known["notices"] if row["safety_event"]),
        "revisits": Counter(row["status"] for row in known["revisits"]),
        "measures": Counter(row["status"] for row in known["measures"]),
    }
    told = {(row["figure"], row["name"]): row["number"] for row in table("truth", "contact_figures")}
    assert told["as_of", ""] == f"{WANTED.until}T23:59:00"
    for figure, (numerator, others, apart) in FIGURES.items():
        assert set(counted[figure]) <= {*numerator, *others, *apart}
        for status in (*numerator, *others, *apart):
            assert int(told[figure, status]) == counted[figure][status]
        assert int(told[figure, "numerator"]) == sum(counted[figure][one] for one in numerator)
        assert int(told[figure, "denominator"]) == sum(counted[figure][one] for one in (*numerator, *others))


def test_whoever_has_no_readable_record_cannot_be_known(table: Table) -> None:
    unreadable = {
        row["key"] for row in table("truth", "records") if row["table"] == "persons" and row["breaks_layout"] == "yes"
    }
    for name in ("promises", "notices", "revisits", "measures"):
        for row in table("truth", name):
            assert (row["can_be_known"] == "no") == (row["person_ref"] in unreadable)
