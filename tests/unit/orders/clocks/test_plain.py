"""The clocks of orders as a case file asks: every worked case, and what a case may leave out or write otherwise."""

from collections.abc import Mapping
from typing import Any

import pytest

from craffu.config.commands import rules as command
from tests.rule_case_file import worked_cases

OPS = {
    "clock.notification", "clock.change_notification", "clock.annual_notification", "clock.hours", "clock.term_check",
    "clock.appeal_days", "clock.expiry_watches", "clock.bail", "clock.custody_pause", "clock.summary_limit",
    "clock.days_after", "clock.setting_change", "clock.show_limit", "review.statutory_cbo", "order.extension",
    "order.discharge_lock", "order.interim_end",
}  # fmt: skip
WORKED = [one for one in worked_cases("CLK", "ORD", "PLN") if one.values[0].get("given", {}).get("op") in OPS]


def asked(op: str, given: Mapping[str, Any]) -> Any:
    return command.ask(command.Case("X", "X", op, given, {}))


@pytest.mark.parametrize("worked", WORKED)
def test_every_worked_case_is_answered(worked: Mapping[str, Any]) -> None:
    assert command.same(got := asked(worked["given"]["op"], worked["given"]), worked["expect"]), got


SERVED = {"type": "SPO", "made_at": "2026-11-02T11:00", "served_at": "2026-11-03T14:20"}
MADE = {"type": "SPO", "made_on": "2026-11-24"}
LOCKED = {**MADE, "on": "2026-11-24"}


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("CLK-05")
@pytest.mark.rule("CLK-06")
@pytest.mark.rule("ORD-16")
@pytest.mark.parametrize(
    ("op", "given", "expect"),
    [
        (
            "clock.notification",
            SERVED | {"left_out": None, "notified_at": None, "now": None},
            {"last_day": "2026-11-05"},
        ),
        (
            "clock.notification",
            SERVED | {"soa_part2": False, "spa_s9": False},
            {"last_day": "2026-11-05", "mark": None},
        ),
        (
            "clock.notification",
            SERVED | {"replaces_interim": False, "interim_served": True},
            {"last_day": "2026-11-05"},
        ),
        ("clock.notification", SERVED | {"replaces_interim": True}, {"interim_failure_stays_open": True}),
        (
            "clock.notification",
            SERVED | {"replaces_interim": True, "interim_served": None},
            {"why": "replaces_interim"},
        ),
        ("clock.notification", SERVED | {"replaces_interim": True, "soa_part2": True}, {"why": "subject_to_soa_part2"}),
        ("clock.notification", SERVED | {"soa_part2_ends_on": "2026-12-01"}, {"day1": "2026-12-01"}),
        (
            "clock.notification",
            SERVED | {"soa_part2": False, "soa_part2_ends_on": "2026-12-01"},
            {"day1": "2026-11-03"},
        ),
        ("clock.notification", SERVED | {"served_at": None}, {"applies": False, "why": "not_served"}),
        ("clock.notification", SERVED | {"type": "NMO", "served_at": None}, {"why": "no_notification_duty"}),
        ("clock.notification", {"type": "DAPO", "made_at": None}, {"error": "ValueError: this clock runs"}),
        ("clock.notification", SERVED | {"served_at": "2027-03-28T01:30"}, {"error": "time_does_not_exist"}),
        ("clock.term_check", MADE | {"stage": "proposal"}, {"finding": "ok", "minimum_last_day": "2028-11-23"}),
        (
            "clock.term_check",
            MADE | {"stage": "court", "last_day": "2026-11-25"},
            {"action": "keep_and_query_sealed_order"},
        ),
        ("order.extension", {"section": 36, "from": "2026-11-16", "extensions_so_far": None}, {"why": "must_be_fixed"}),
        (
            "order.extension",
            {"section": "35", "from": "2026-08-31", "new_last_day": "2027-02-28"},
            {"allowed": True, "latest_last_day": "2027-02-28"},
        ),
        ("order.discharge_lock", LOCKED, {"missing": ["respondent"], "allowed": False}),
        (
            "order.discharge_lock",
            LOCKED | {"concerned": None, "consents": ["respondent"]},
            {"missing": [], "allowed": True},
        ),
        ("order.discharge_lock", LOCKED | {"type": "ISPO"}, {"lock_last_day": None, "in_lock": False, "allowed": True}),
        ("order.interim_end", {}, {"ended_at": None, "why": None}),
        (
            "order.interim_end",
            {"last_day": None, "main_determined_at": "2026-12-01T11:30"},
            {"ended_at": "2026-12-01T11:30:00+00:00"},
        ),
        ("clock.appeal_days", {"type": "CPN", "issued_on": "2026-12-10"}, {"last_day": "2026-12-30", "bars": True}),
        ("clock.appeal_days", {"type": "ISPO", "decided_on": "2026-12-10"}, {"last_day": "2026-12-31", "bars": False}),
        ("clock.appeal_days", {"type": "SPO"}, {"error": "ValueError"}),
        ("clock.bail", {"bail_start_on": "2026-11-24", "arrested_on": "2026-11-20"}, {"last_day": "2027-02-23"}),
        ("clock.bail", {"arrested_on": "2026-11-23", "stood_still_days": None}, {"bail_start_on": "2026-11-24"}),
        ("clock.bail", {}, {"error": "ValueError"}),
        ("clock.expiry_watches", {"made_on": "2026-11-10"}, {"watches": [], "indefinite_review_on": "2027-11-10"}),
        ("clock.setting_change", {"kind": "guidance"}, {"allowed": False, "label": "guidance"}),
        ("clock.setting_change", {"kind": "law"}, {"allowed": False, "label": "law"}),
        ("clock.setting_change", {"kind": "custom"}, {"error": "ValueError"}),
        ("clock.show_limit", {"output": "letter"}, {"shown": False, "mark": "not confirmed"}),
        ("clock.show_limit", {"verification": "PARTLY", "output": "letter"}, {"shown": True, "mark": None}),
        ("clock.show_limit", {"verification": "POLICY", "output": "law_text"}, {"shown": False, "mark": None}),
        ("clock.hours", {"clock": "spo-initial-notification", "start": "2026-11-09T10:00"}, {"error": "spo-initial"}),
        ("clock.hours", {"clock": "consider-order", "start": "2026-10-24T18:00"}, {"due": "2026-10-26T17:00:00+00:00"}),
        (
            "clock.change_notification",
            {"type": "SPO", "change": "no_home_address", "event_on": "2026-11-10"},
            {"applies": False},
        ),
        (
            "clock.annual_notification",
            {"type": "SRO", "last_notified_on": "2026-11-24"},
            {"applies": False, "last_day": None},
        ),
    ],
)
def test_what_a_case_may_leave_out(op: str, given: Mapping[str, Any], expect: Mapping[str, Any]) -> None:
    got = asked(op, given)
    for name, value in expect.items():
        if name == "error":
            assert value in got["error"], got
        else:
            assert command.same(got.get(name), value), got
