"""`craffu rules run`: asks the product's own rules, compares honestly, and fails when a rule is broken."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from craffu.access import markings
from craffu.access.emergency import plain as emergency
from craffu.access.exports import rules as exports
from craffu.access.reach import plain as reach
from craffu.access.retention import rules as retention
from craffu.access.rights_requests import rules as rights
from craffu.audit import rules as audit
from craffu.breaches import plain as charging
from craffu.breaches.detecting import clocks as breach_clocks
from craffu.breaches.detecting import rules as detecting
from craffu.breaches.ledger import rules as ledger
from craffu.breaches.lists import rules as lists
from craffu.breaches.patterns import rules as patterns
from craffu.breaches.standpoints import rules as standpoints
from craffu.cases.advice import rules as advice
from craffu.cases.risk import plain as risk
from craffu.clocks import counted_hours, left_out, london, periods, working_days
from craffu.clocks.left_out import DayOut
from craffu.common import languages
from craffu.config import cli
from craffu.config.commands import rules as command
from craffu.config.rule_ops import OPS
from craffu.documents import cells
from craffu.intake import rules as intake
from craffu.linkage import rules as linkage
from craffu.measures import comparing, releasing
from craffu.measures import plain as measures
from craffu.measures import rules as measuring
from craffu.measures.statistics import control
from craffu.orders import plain as orders
from craffu.orders.catalogue import rules as kinds_of_orders
from craffu.orders.clocks import bail, limits, locks, notifications, terms, watches
from craffu.orders.considering import rules as considering
from craffu.orders.effect import rules as effect
from craffu.orders.following import rules as following
from craffu.orders.inbox import rules as inbox
from craffu.orders.life import rules as life
from craffu.orders.monitoring import plain as monitoring
from craffu.orders.monitoring import schedule as checks
from craffu.orders.notifying import rules as notifying
from craffu.orders.reconciling import rules as reconciling
from craffu.orders.reviewing import rules as reviewing
from craffu.orders.reviewing import timing
from craffu.prevention import plain as prevention
from craffu.prevention.deciding import rules as priorities
from craffu.prevention.planning import rules as planning
from craffu.prevention.scoring import ranking
from craffu.prevention.scoring import rules as scoring
from craffu.prevention.scoring.facts import Part
from craffu.published import intervals
from craffu.resourcing.champions import rules as champions
from craffu.resourcing.posts import rules as posts
from craffu.scrutiny import plain as scrutiny
from craffu.scrutiny.agreeing import rules as agreeing
from craffu.scrutiny.publishing import rules as publishing
from craffu.scrutiny.recommending import rules as recommending
from craffu.scrutiny.sampling import rules as sampling
from craffu.scrutiny.standing import rules as standing
from craffu.victims import plain as victims
from craffu.victims.notices import rules as notices
from craffu.victims.notices.code import Entitlement
from craffu.work import rules as work
from tests.rule_case_file import ABSENT, CASE_FILE, worked_cases

OUR_GROUPS = (
    "INT",
    "BIL",
    "CLK",
    "SEC",
    "MON",
    "RSK",
    "VIC",
    "ORD",
    "REV",
    "IDN",
    "BRC",
    "PRI",
    "PLN",
    "MSR",
    "RES",
    "SCR",
)


def case(op: str, expect: object, *, rule: str = "INT-05", id: str = "X.1", **given: object) -> dict[str, Any]:
    return {"id": id, "rule": rule, "given": {"op": op, **given}, "expect": expect}


WHOLE = [
    case("int.expected", {"missing": [], "unexpected": [], "reconciled": True}, expected=["m1"], received=["m1"]),
    case("bil.plural", {"category": "few"}, rule="BIL-04", id="X.2", n=3, lang="cy"),
    case("clock.local_day", {"day": "2026-07-02"}, rule="CLK-01", id="X.3", at="2026-07-01T23:30:00Z"),
]
ONE_OF_EACH = [
    *WHOLE,
    case("int.provenance", {"accepted": False, "missing": ["line"]}, rule="INT-02", id="X.4", record={}),
    case("msr.unheard_of", {}, rule="MSR-01", id="X.5"),
    case("msr.unheard_of", {}, rule="MSR-01", id="X.6"),
]


@pytest.fixture
def case_file(tmp_path: Path) -> Callable[[object], str]:
    def write(content: object) -> str:
        path = tmp_path / "cases.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("\n") == 1
    return json.loads(out)


@pytest.mark.parametrize("worked", worked_cases(*OUR_GROUPS))
def test_the_product_answers_every_worked_case(worked: Mapping[str, Any]) -> None:
    asked = command.Case(worked["id"], worked["rule"], worked["given"]["op"], worked["given"], worked["expect"])
    got = command.ask(asked)
    assert command.same(got, worked["expect"]), got


@pytest.mark.skipif(not CASE_FILE.exists(), reason=ABSENT)
def test_the_whole_file_of_our_groups_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "run", str(CASE_FILE), "--group", ",".join(OUR_GROUPS), "--json"]) == 0
    count = len(worked_cases(*OUR_GROUPS))
    assert answer(capsys) == {"cases": count, "passed": count, "failed": [], "unknown_ops": []}


@pytest.mark.skipif(not CASE_FILE.exists(), reason=ABSENT)
def test_no_expected_answer_is_taken_on_trust() -> None:
    """Every worked answer, with any one of its names changed, fails."""
    for parameters in worked_cases(*OUR_GROUPS):
        worked = parameters.values[0]
        for name, value in worked["expect"].items():
            wrong = worked["expect"] | {name: not value if isinstance(value, bool) else "something else"}
            given = worked["given"]
            result = command.check([command.Case(worked["id"], worked["rule"], given["op"], given, wrong)])
            assert [failure["id"] for failure in result.failed] == [worked["id"]], name


def test_all_passed(case_file: Callable[[object], str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "run", case_file({"cases": WHOLE})]) == 0
    assert capsys.readouterr().out == "3 of 3 cases passed, 0 failed\n"


def test_a_failure_and_an_unknown_question_are_named(
    case_file: Callable[[object], str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = case_file({"cases": ONE_OF_EACH})
    assert cli.main(["rules", "run", path, "--json"]) == 1
    missing = ["source", "file_sha256", "line", "received_at", "mapping_version"]
    assert answer(capsys) == {
        "cases": 6,
        "passed": 3,
        "failed": [
            {
                "id": "X.4",
                "got": {"accepted": False, "missing": missing},
                "expect": {"accepted": False, "missing": ["line"]},
            }
        ],
        "unknown_ops": ["msr.unheard_of"],
    }
    assert cli.main(["rules", "run", path]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "X.4 failed"
    assert out[1].split(maxsplit=1) == ["got", json.dumps({"accepted": False, "missing": missing})]
    assert out[2].split(maxsplit=1) == ["expect", json.dumps({"accepted": False, "missing": ["line"]})]
    assert out[3:] == ["Questions not known here (2 cases): msr.unheard_of", "3 of 6 cases passed, 1 failed"]


def test_an_unknown_question_alone_is_no_success(case_file: Callable[[object], str]) -> None:
    assert cli.main(["rules", "run", case_file({"cases": ONE_OF_EACH}), "--group", "MSR"]) == 1


@pytest.mark.parametrize(
    ("groups", "count"), [("INT", 2), ("INT-05", 1), ("INT-05,BIL", 2), ("int, clk-01", 3), ("INT,INT-05", 2)]
)
def test_a_group_or_a_rule_is_chosen(
    case_file: Callable[[object], str], capsys: pytest.CaptureFixture[str], groups: str, count: int
) -> None:
    cli.main(["rules", "run", case_file({"cases": ONE_OF_EACH}), "--group", groups, "--json"])
    assert answer(capsys)["cases"] == count


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("not json", "is not JSON"),
        ("[]", 'no list of "cases"'),
        ({"cases": {}}, 'no list of "cases"'),
        ({"cases": []}, 'no list of "cases"'),
        ({"cases": ["X.1"]}, "case 1 of"),
        ({"cases": [*WHOLE, {"id": "X.4", "rule": "INT-01", "expect": {}}]}, "case 4 of"),
        ({"cases": [{"id": "X.1", "rule": "INT-01", "given": [], "expect": {}}]}, "case 1 of"),
        ({"cases": [case("int.run", ["not names"])]}, "expects no names"),
    ],
)
def test_a_file_that_is_no_case_file_cannot_be_run(
    case_file: Callable[[object], str], capsys: pytest.CaptureFixture[str], content: object, says: str
) -> None:
    assert cli.main(["rules", "run", case_file(content), "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


def test_bytes_that_are_no_text_cannot_be_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases.json").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "cases.json", tmp_path / "absent.json", tmp_path):
        assert cli.main(["rules", "run", str(path)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1


@pytest.mark.parametrize("groups", ["XYZ", "INT,XYZ", "INT-99", "", "IN"])
def test_a_group_nothing_belongs_to_cannot_be_run(
    case_file: Callable[[object], str], capsys: pytest.CaptureFixture[str], groups: str
) -> None:
    assert cli.main(["rules", "run", case_file({"cases": ONE_OF_EACH}), "--group", groups]) == 2
    assert "choose from BIL, CLK, INT, MSR" in capsys.readouterr().err
    with pytest.raises(cli.NotCarriedOut, match="nothing"):
        command.select([], [])


@pytest.mark.parametrize(
    ("got", "expect", "equal"),
    [
        ({"a": 1}, {"a": 1}, True),
        ({"a": 1.00005}, {"a": 1}, True),
        ({"a": 1.00007}, {"a": 1}, False),
        ({"a": True}, {"a": 1}, False),
        ({"a": 0}, {"a": False}, False),
        ({"a": True}, {"a": True}, True),
        ({"a": None}, {}, True),
        ({}, {"a": None}, True),
        ({"a": 0}, {}, False),
        ({}, {"a": 0}, False),
        ({"a": []}, {}, False),
        ({"a": [1, 2]}, {"a": [1, 2]}, True),
        ({"a": [1, 2]}, {"a": [2, 1]}, False),
        ({"a": [1]}, {"a": [1, 2]}, False),
        ({"a": [{"b": 1, "c": None}]}, {"a": [{"b": 1}]}, True),
        ({"a": "1"}, {"a": 1}, False),
        ({"a": {"b": 1}}, {"a": "b"}, False),
        ({"a": float("nan")}, {"a": 1}, False),
    ],
)
def test_answers_are_compared_whole(got: object, expect: object, *, equal: bool) -> None:
    assert command.same(got, expect) is equal
    assert command.same(expect, got) is equal


@pytest.mark.parametrize(("op", "passed"), [("msr.change", 1), ("msr.rate", 0)])
def test_a_percentage_change_is_compared_to_two_decimals(monkeypatch: pytest.MonkeyPatch, op: str, passed: int) -> None:
    monkeypatch.setattr(command, "OPS", {op: lambda given: {"value": 51.0548}})
    assert command.check([command.Case("X.1", "MSR-04", op, {}, {"value": 51.05})]).passed == passed


def test_an_answer_is_written_as_the_file_writes_it() -> None:
    instant = datetime(2026, 7, 1, 11, tzinfo=UTC)
    got = {"utc": instant, "due_utc": instant, "due": instant, "day": date(2026, 7, 1), "list": ({"ends": instant},)}
    assert command.written(got) == {
        "utc": "2026-07-01T11:00:00Z",
        "due_utc": "2026-07-01T11:00:00Z",
        "due": "2026-07-01T12:00:00+01:00",
        "day": "2026-07-01",
        "list": [{"ends": "2026-07-01T12:00:00+01:00"}],
    }


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"op": "clock.elapsed", "start": "2027-03-28T01:30", "length": "PT1H"}, "time_does_not_exist"),
        ({"op": "clock.elapsed", "start": "2026-10-25T01:30", "length": "PT1H"}, "ambiguous_time"),
        ({"op": "clock.elapsed", "length": "PT1H"}, "KeyError: 'start'"),
        ({"op": "bil.plural", "n": None, "lang": "cy"}, "TypeError"),
        ({"op": "clock.period", "start": "9999-12-31", "length": "P9000Y", "counting": "after"}, "ValueError"),
    ],
)
def test_a_question_a_rule_refuses_is_answered_with_the_refusal(
    case_file: Callable[[object], str], capsys: pytest.CaptureFixture[str], given: dict[str, Any], error: str
) -> None:
    asked = {"id": "X.1", "rule": "CLK-01", "given": given, "expect": {"due": "2026-01-01T00:00:00+00:00"}}
    assert cli.main(["rules", "run", case_file({"cases": [asked]}), "--json"]) == 1
    assert answer(capsys)["failed"][0]["got"]["error"].startswith(error)


def _broken_period(real: Callable[..., periods.Period]) -> Callable[..., periods.Period]:
    return lambda start, length, counting: real(start, length, periods.Counting.AFTER)


def _broken_clear_years(real: Callable[..., periods.Period]) -> Callable[..., periods.Period]:
    return lambda start, length, counting: real(start, replace(length, months=length.months + 1), counting)


BROKEN: list[tuple[str, object, str, Callable[[Any], Any]]] = [
    ("CLK-01", london, "reading_of", lambda real: lambda moment, **_: london.Reading(utc=moment.replace(tzinfo=UTC))),
    ("CLK-01", london, "day_of", lambda real: lambda instant: instant.date()),
    ("CLK-01", london, "due", lambda real: lambda start, within: (london.local_time(start) + within).astimezone(UTC)),
    ("CLK-02", periods, "period", _broken_period),
    ("CLK-03", notifications, "DAYS", lambda real: real + 1),
    ("CLK-04", notifications, "is_notified", lambda real: lambda kind, change: True),
    ("CLK-05", notifications, "_begins", lambda real: lambda bound, starts_on: starts_on),
    ("CLK-06", notifications, "DAPO", lambda real: "SPO"),
    ("CLK-07", counted_hours, "left_out", lambda real: lambda day, kinds: real(day, [DayOut.SUNDAY])),
    ("CLK-08", counted_hours, "left_out", lambda real: lambda day, kinds: real(day, set(DayOut))),
    ("CLK-09", terms, "_finding", lambda real: lambda *of: terms.Finding.OK),
    ("CLK-10", left_out, "is_by_statute", lambda real: lambda day: False),
    ("CLK-11", working_days, "is_working_day", lambda real: lambda day: day.weekday() < 5),
    ("CLK-12", watches, "DAYS_BEFORE", lambda real: (90, 60)),
    ("CLK-13", bail, "_later", lambda real: lambda start, length, stood: real(start, length, stood - stood)),
    ("CLK-14", limits, "verification_of", lambda real: lambda text: limits.Verification.VERIFIED),
    ("INT-01", intake, "_is_older", lambda real: lambda arriving, held: False),
    ("INT-02", intake, "provenance_missing", lambda real: lambda record: ()),
    ("INT-03", intake, "file_refusal", lambda real: lambda problem: None),
    ("INT-04", intake, "row_outcome", lambda real: lambda **facts: real(**facts | {"undecided": None})),
    ("INT-05", intake, "reconcile", lambda real: lambda expected, received: real([], [])),
    ("INT-06", intake, "source_shown", lambda real: lambda state, last_good, count: real("ok", last_good, count)),
    ("BIL-01", languages, "release_of", lambda real: lambda **facts: replace(real(**facts), release=True, why=None)),
    ("BIL-02", languages, "reply_language", lambda real: lambda incoming, choice: languages.LanguageChoice.ENGLISH),
    ("BIL-03", languages, "release_of", lambda real: lambda **facts: real(**facts | {"cy_status": None})),
    ("BIL-04", languages, "fold", lambda real: str.casefold),
    ("BIL-04", languages, "plural_category", lambda real: lambda number, language: real(number, "en")),
    ("SEC-01", reach, "reaches", lambda real: lambda within, place: True),
    ("SEC-02", reach, "answer", lambda real: lambda **facts: real(**facts | {"is_shut": False})),
    ("SEC-03", emergency, "may_review", lambda real: lambda reviewer, whose: True),
    ("SEC-04", audit, "missing_fields", lambda real: lambda verb, row: []),
    ("SEC-05", audit, "link", lambda real: lambda previous, payload: real("", payload)),
    ("SEC-06", markings, "is_put_out", lambda real: lambda marking, output: True),
    ("SEC-07", cells, "safe_cell", lambda real: str),
    ("SEC-08", retention, "period", _broken_clear_years),
    ("SEC-09", retention, "ERASURE_SAYS", lambda real: real | {"name"}),
    ("SEC-10", exports, "REGIMES", lambda real: (*real, "police")),
    ("SEC-11", rights, "period", _broken_period),
    ("SEC-11", rights, "unfinished", lambda real: lambda checked: []),
    ("SEC-12", markings, "is_put_out", lambda real: lambda marking, output: True),
    ("MON-01", checks, "check_due", lambda real: lambda since, days, **first: real(since, days)),
    ("MON-02", monitoring, "lacks", lambda real: lambda said, reason: real(said)),
    ("MON-03", following, "action_due", lambda real: lambda trigger, at, risk: real(trigger, at, "standard")),
    ("MON-03", following, "heightened_until", lambda real: lambda raised_on, standing=None: real(raised_on)),
    ("MON-05", notifying, "validity", lambda real: lambda **how: real(**how | {"in_person": True})),
    ("MON-06", checks, "brought_forward", lambda real: lambda standing, *of, **first: standing),
    ("MON-04", work, "missed", lambda real: lambda *at, **facts: real(*at, done_at=facts["done_at"])),
    ("RSK-01", risk, "lacks", lambda real: lambda assessment: []),
    ("RSK-01", risk, "assessment_due", lambda real: lambda event, at, now, assessed: real(event, at, now)),
    ("RSK-02", risk, "standing", lambda real: lambda opened, now, graded, events: real(opened, now, graded)),
    ("RSK-03", risk, "check_observations", lambda real: lambda given: real({})),
    ("RSK-04", risk, "second_look", lambda real: lambda *of, **who: real(*of, **who | {"assessor": "nobody"})),
    ("VIC-01", victims, "offer_again", lambda real: lambda occasion, choice: real(occasion)),
    ("VIC-02", victims, "check_contact", lambda real: lambda *of, **how: real(*of, override="immediate_danger")),
    ("VIC-03", victims, "revisit_due", lambda real: lambda occasion, at: london.day_of(at)),
    ("VIC-04", victims, "promise", lambda real: lambda due, channels, now, **of: real(now, channels, now, **of)),
    ("VIC-05", notices, "entitlement", lambda real: lambda group, reason: real(group)),
    ("VIC-05", victims, "code_limit", lambda real: lambda event, _, at, told: real(event, Entitlement.STANDARD, at)),
    ("VIC-06", victims, "safety_news", lambda real: lambda *of, **when: real(*of)),
    ("VIC-07", victims, "withdrawal", lambda real: lambda explored: real(replace(explored, pressure_asked=True))),
    ("VIC-08", victims, "told_of", lambda real: lambda actions: real([])),
    ("VIC-09", victims, "leaks", lambda real: lambda text, protected, **zone: real(text, [])),
    ("VIC-10", victims, "why_not", lambda real: lambda who, victim, action, on: real(who, who.victim, action, on)),
    ("VIC-11", victims, "why_words_are_not_taken", lambda real: lambda language, at, notice: []),
    ("ORD-01", considering, "_why_not", lambda real: lambda *of: None),
    ("ORD-02", considering, "runs_as_high", lambda real: lambda risk: False),
    ("ORD-03", life, "has_rank", lambda real: lambda kind, rank: True),
    ("ORD-04", kinds_of_orders, "_known", lambda real: lambda kind, area, on: kinds_of_orders.WhyOffered.IN_FORCE),
    ("ORD-05", kinds_of_orders, "age_on", lambda real: lambda born, on: on.year - born.year),
    ("ORD-06", orders, "pack_lacks", lambda real: lambda kind, pack: []),
    ("ORD-07", life, "_LIVE", lambda real: frozenset()),
    ("ORD-08", orders, "count_episodes", lambda real: lambda instruments, as_of: real(instruments[:1], as_of)),
    ("ORD-09", life, "is_from", lambda real: lambda row, state: True),
    ("ORD-10", orders, "hearing_watch", lambda real: lambda adjourned, now, fixed: real(adjourned, adjourned, fixed)),
    ("ORD-11", orders, "service_clock", lambda real: lambda made, served, now: real(made, None, now)),
    ("ORD-12", effect, "begins_at", lambda real: lambda kind, order: order.made_at),
    ("ORD-13", effect, "end_of", lambda real: london.start_of),
    ("ORD-14", orders, "why_not_accepted", lambda real: lambda kind, condition: []),
    ("ORD-15", effect, "version_at", lambda real: lambda versions, at: 1),
    ("ORD-16", locks, "LOCKED_FOR", lambda real: {}),
    ("ORD-17", life, "_is_over", lambda real: lambda last_day, now: True),
    ("ORD-18", orders, "card_lacks", lambda real: lambda kind, card, **aware: []),
    ("ORD-19", reconciling, "_made_differs", lambda real: lambda ours, theirs: False),
    ("ORD-20", orders, "check_terms", lambda real: lambda version, entered_by, made: real(version, None, made)),
    ("ORD-21", inbox, "_left", lambda real: lambda received: (inbox.InboxState.WAITING, None)),
    ("ORD-22", orders, "transfer", lambda real: lambda sent, receipt, now: real(sent, None, now)),
    ("REV-01", timing, "_before_end", lambda real: lambda given: []),
    ("REV-02", reviewing, "_of_wish", lambda real: lambda one, decision, today: ""),
    ("REV-03", reviewing, "ENDS_OR_RELAXES", lambda real: frozenset()),
    ("REV-04", reviewing, "differs", lambda real: lambda decision, said: False),
    ("REV-05", reviewing, "completions", lambda real: lambda version, read: real(version, [version for _ in read])),
    ("REV-06", timing, "decide_by", lambda real: lambda last_day: last_day),
    ("IDN-01", linkage, "prefer", lambda real: lambda values: real(values[:1])),
    ("IDN-02", linkage, "decide", lambda real: lambda *of, **facts: real(*of, **facts | {"hard_id_conflict": False})),
    ("IDN-03", linkage, "undo", lambda real: lambda records, links, undone, **apart: real(records, links, (), **apart)),
    ("IDN-04", linkage, "cluster", lambda real: lambda records, links, **apart: real(records, links)),
    ("IDN-05", linkage, "_KEPT_APART", lambda real: frozenset({"nobody"})),
    ("IDN-06", ledger, "history", lambda real: lambda person, entries, whose: real("P1", entries, whose)),
    ("BRC-01", ledger, "incidents", lambda real: lambda told: real([*told][:1])),
    ("BRC-02", charging, "charging", lambda real: lambda kind, **facts: real(kind)),
    ("BRC-03", standpoints, "DATES_APART", lambda real: timedelta(days=2)),
    ("BRC-04", standpoints, "SUPERVISOR", lambda real: "investigator"),
    ("BRC-05", breach_clocks, "first_contact", lambda real: lambda due_at, made, now: real(due_at, None, now)),
    ("BRC-06", detecting, "_is_in_its_time", lambda real: lambda incident, order: True),
    (
        "BRC-07",
        ledger,
        "history",
        lambda real: lambda person, entries, whose: real(person, entries, whose | {"r2": "P1"}),
    ),
    ("BRC-08", lists, "match", lambda real: lambda entries, received: real(entries, [*lists.MorningList])),
    ("BRC-09", patterns, "_is_pattern", lambda real: lambda theirs: len([*theirs]) > 1),
    ("PRI-01", scoring, "SCORED_PARTS", lambda real: frozenset(Part)),
    ("PRI-02", scoring, "_value", lambda real: lambda incidents, scheme: real(incidents[:1], scheme)),
    ("PRI-03", scoring, "flags_of", lambda real: lambda events: ()),
    ("PRI-04", scoring, "FLOOR_WEIGHT", lambda real: 366),
    ("PRI-05", ranking, "ranked", lambda real: lambda people, wanted, seed: real(people, wanted - 1, seed)),
    ("PRI-06", priorities, "SYSTEM", lambda real: "somebody"),
    ("PRI-07", priorities, "is_too_short", lambda real: lambda reason: False),
    ("PRI-08", prevention, "refused_inputs", lambda real: lambda fields: []),
    ("PRI-09", ranking, "jaccard", lambda real: lambda one, other: 1.0),
    ("PRI-10", priorities, "REVIEWED_AFTER", lambda real: timedelta(days=27)),
    ("PLN-01", planning, "DUE_AFTER", lambda real: timedelta(days=8)),
    ("PLN-02", planning, "lacks", lambda real: lambda plan: []),
    ("PLN-03", planning, "YEAR", lambda real: 365),
    ("MSR-01", measures, "disagreeing", lambda real: lambda places: []),
    ("MSR-02", measuring, "share", lambda real: lambda part, whole: real(part, replace(whole, value=whole.value or 1))),
    ("MSR-03", releasing, "is_small", lambda real: lambda count, to: False),
    ("MSR-04", intervals, "_Z", lambda real: 1.6449),
    ("MSR-05", measuring, "COHORT_DAYS", lambda real: 366),
    ("MSR-05", measures, "applications", lambda real: lambda steps: real([*steps][:-1])),
    ("MSR-06", measuring, "joined", lambda real: lambda spans, first, last: [*spans]),
    ("MSR-07", comparing, "parted", lambda real: lambda *of: False),
    ("MSR-08", control, "WIDTH", lambda real: 3.0),
    ("RES-01", champions, "CPD_PERIOD", lambda real: replace(real, months=13)),
    ("RES-02", champions, "Coverage", lambda real: lambda covered, scheduled: real(scheduled - covered + 1, scheduled)),
    ("RES-03", posts, "Note", lambda real: SimpleNamespace(NOBODY=real.NO_CASES, NO_CASES=real.NOBODY)),
    ("RES-04", advice, "_HOUR", lambda real: 2 * real),
    ("SCR-01", sampling, "frame_hash", lambda real: lambda refs: real([*refs, ""])),
    ("SCR-02", sampling, "in_order", lambda real: lambda refs, seed: sorted(refs)),
    ("SCR-03", sampling, "CENSUS_UP_TO", lambda real: real + 1),
    (
        "SCR-04",
        sampling,
        "_shares",
        lambda real: lambda strata, n, how: real(strata, n, sampling.Allocation.PROPORTIONAL),
    ),
    ("SCR-05", sampling, "may_replace", lambda real: lambda reason: True),
    ("SCR-06", scrutiny, "estimate", lambda real: lambda strata: real(strata[:1])),
    ("SCR-07", sampling, "SECOND_LEAST", lambda real: real - 10),
    ("SCR-08", agreeing, "FLOOR", lambda real: 0.0),
    ("SCR-09", scrutiny, "why_not_published", lambda real: lambda claim: []),
    ("SCR-10", recommending, "entry_lacks", lambda real: lambda entry: []),
    ("SCR-11", scrutiny, "pack", lambda real: lambda edits, frozen_at: real(edits, frozen_at - timedelta(seconds=1))),
    ("SCR-12", publishing, "FACT_CHECK_WORKING_DAYS", lambda real: real - 1),
    ("SCR-13", standing, "FEWEST_CASES", lambda real: real + 1),
]


@pytest.mark.skipif(not CASE_FILE.exists(), reason=ABSENT)
@pytest.mark.parametrize(
    ("rule", "module", "name", "breaking"),
    [pytest.param(*broken, id=f"{broken[0]}-{broken[2]}", marks=pytest.mark.rule(broken[0])) for broken in BROKEN],
)
def test_breaking_a_rule_of_the_product_makes_its_cases_fail(
    *,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rule: str,
    module: object,
    name: str,
    breaking: Callable[[Any], Any],
) -> None:
    asked = ["rules", "run", str(CASE_FILE), "--group", rule, "--json"]
    assert cli.main(asked) == 0
    capsys.readouterr()
    monkeypatch.setattr(module, name, breaking(getattr(module, name)))
    assert cli.main(asked) == 1
    assert {failure["id"].partition(".")[0] for failure in answer(capsys)["failed"]} == {rule}


def test_every_rule_of_ours_has_a_way_to_break_it() -> None:
    cited = {mark.args[0] for case in worked_cases(*OUR_GROUPS) for mark in case.marks if mark.name == "rule"}
    assert cited <= {rule for rule, *_ in BROKEN}


@pytest.mark.skipif(not CASE_FILE.exists(), reason=ABSENT)
def test_every_question_mapped_is_one_the_file_asks() -> None:
    assert OPS.keys() <= json.loads(CASE_FILE.read_text(encoding="utf-8"))["ops"].keys()


def test_the_command_needs_neither_django_nor_a_database(case_file: Callable[[object], str]) -> None:
    path = case_file({"cases": WHOLE})
    program = (
        "import sys; from craffu.config.cli import main; code = main(['rules', 'run', sys.argv[1]]); "
        "sys.exit(code or ('django' in sys.modules) * 10)"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "3 of 3 cases passed, 0 failed\n"), done.stderr
