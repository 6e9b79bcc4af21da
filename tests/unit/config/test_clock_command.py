"""`craffu clock`: what it answers, law apart from policy, what it marks, and what it refuses in one line (CLK-01 to CLK-14)."""

import json
import subprocess
import sys
from typing import Any

import pytest

from craffu.config import cli
from craffu.orders.clocks.catalogue import catalogue

type Captured = pytest.CaptureFixture[str]


def asked(capsys: Captured, *words: str) -> dict[str, Any]:
    assert cli.main(["clock", *words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert (err, out.count("\n")) == ("", 1)
    return json.loads(out)  # type: ignore[no-any-return]


def text(capsys: Captured, *words: str) -> str:
    assert cli.main(["clock", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


@pytest.mark.rule("CLK-07")
@pytest.mark.rule("CLK-10")
def test_an_answer_says_what_was_counted_and_what_was_left_out(capsys: Captured) -> None:
    answer = asked(capsys, "dapn-hearing", "--from", "2026-12-24T16:00")
    assert {name: answer[name] for name in ("clock", "rule", "due", "due_utc", "act_by", "mark", "provisional")} == {
        "clock": "dapn-hearing",
        "rule": "CLK-07",
        "due": "2026-12-30T16:00:00+00:00",
        "due_utc": "2026-12-30T16:00:00Z",
        "act_by": "2026-12-29T16:00:00+00:00",
        "mark": "not confirmed",
        "provisional": False,
    }
    assert [(one["day"], one["why"], one["in_doubt"]) for one in answer["excluded"]] == [
        ("2026-12-25", "Christmas Day", False),
        ("2026-12-26", "bank holiday", True),
        ("2026-12-27", "Sunday", False),
        ("2026-12-28", "bank holiday", False),
    ]
    assert [(one["day"], one["hours"]) for one in answer["counted"]] == [
        ("2026-12-24", 8),
        ("2026-12-29", 24),
        ("2026-12-30", 16),
    ]
    assert (answer["kind"], answer["called"]) == ("law", "law")
    assert answer["source"] == "Domestic Abuse Act 2021 s.29(2)-(3)"
    assert answer["steps"][0]["due"] == answer["due"]


@pytest.mark.rule("CLK-02")
def test_days_are_numbered_and_months_are_a_span(capsys: Captured) -> None:
    days = asked(capsys, "spo-initial-notification", "--from", "2026-11-03T14:20")
    assert [(one["day"], one["number"]) for one in days["counted"]] == [
        ("2026-11-03", 1),
        ("2026-11-04", 2),
        ("2026-11-05", 3),
    ]
    assert (days["due"], days["last_day"]) == ("2026-11-06T00:00:00+00:00", "2026-11-05")
    assert days["from"] == "2026-11-03T14:20:00+00:00"
    months = asked(capsys, "spo-minimum-term", "--from", "2024-02-29")
    assert months["counted"] == [{"from": "2024-02-29", "to": "2026-02-28", "days": 731}]
    assert (months["from"], months["act_by"], months["bound"]) == ("2024-02-29", "2026-02-28T00:00:00+00:00", "least")


@pytest.mark.rule("CLK-14")
def test_law_and_policy_are_told_apart_and_what_is_not_confirmed_is_marked(capsys: Captured) -> None:
    policy = asked(capsys, "serve-order", "--from", "2026-11-24")
    assert (policy["kind"], policy["called"], policy["setting"]) == (
        "policy",
        "force policy",
        "orders.serve_within_days",
    )
    assert "Act" not in policy["source"]
    watch = asked(capsys, "spo-appeal-watch", "--from", "2026-12-10")
    assert (watch["status"], watch["confirmed"], watch["mark"]) == ("UNVERIFIED", False, "not confirmed")
    said = text(capsys, "spo-appeal-watch", "--from", "2026-12-10")
    assert said.startswith("spo-appeal-watch (ORD-17): law, not confirmed\n")
    assert "watch        the end of Thursday 31 December 2026, not confirmed" in said
    assert text(capsys, "serve-order", "--from", "2026-11-24").startswith("serve-order (ORD-11): force policy\n")


@pytest.mark.rule("CLK-14")
def test_the_table_is_listed_law_first_and_policy_last(capsys: Captured) -> None:
    listed = asked(capsys, "--list")["clocks"]
    assert [row["clock"] for row in listed] == catalogue().names()
    assert all(row["rule"] and row["source"] and row["status"] and row["length"] for row in listed)
    lines = text(capsys, "--list").splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads == ["law:", "Code:", "guidance:", "force policy:"]
    assert len(lines) == len(heads) + len(listed)
    after = lines[lines.index("force policy:") :]
    assert any("serve-order" in line for line in after)
    assert not any("spo-initial" in line for line in after)
    assert "(not confirmed)" in next(line for line in lines if "spo-appeal-watch" in line)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("dapn-hearing --from 2026-11-15T15:00", "due          the end of Tuesday 17 November 2026\n"),
        ("dapn-hearing --from 2027-03-25T18:00", "due          Tuesday 30 March 2027 18:00 BST\n"),
        (
            "dapn-hearing --from 2026-12-24T16:00",
            "act by       Tuesday 29 December 2026 16:00 GMT, the earlier reading",
        ),
        (
            "dapn-hearing --from 2026-12-24T16:00",
            "left out     Fri 25 Dec Christmas Day; Sat 26 Dec bank holiday (in doubt)",
        ),
        ("dapn-hearing --from 2026-12-24T16:00", "counted      Thu 24 Dec 8 h; Tue 29 Dec 24 h; Wed 30 Dec 16 h\n"),
        ("dapn-hearing --from 2028-12-29T10:00", "provisional: the table of bank holidays does not reach so far"),
        ("spo-initial-notification --from 2026-11-03", "counted      1. Tue 3 Nov; 2. Wed 4 Nov; 3. Thu 5 Nov\n"),
        (
            "fact-check --from 2026-12-18",
            "1. Mon 21 Dec to 4. Thu 24 Dec; 5. Tue 29 Dec to 7. Thu 31 Dec; 8. Mon 4 Jan",
        ),
        ("inspectorate-response --from 2026-11-24", "counted      1. Tue 24 Nov to 56. Mon 18 Jan\n"),
        ("bail-later-periods --from 2026-11-24", "the end of Sunday 23 May 2027 (inspector)"),
        ("dvpo-term --from 2026-11-16", "at least to  the end of Sunday 29 November 2026"),
        ("expiry-watch --from 2028-11-09", "watch        Friday 11 August 2028 (90 days)"),
        ("unserved-alert --from 2026-11-24", "alert after  the end of Friday 27 November 2026"),
        ("spo-minimum-term --from 2026-11-24", "counted      Tuesday 24 November 2026 to Thursday 23 November 2028"),
    ],
)
@pytest.mark.rule("CLK-07")
def test_people_read_days_with_their_names(capsys: Captured, words: str, says: str) -> None:
    assert says in text(capsys, *words.split())


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("spo-initial-notification --served 2026-11-03T14:20", "2026-11-06T00:00:00+00:00"),
        ("dapo-initial-notification --made 2026-12-10", "2026-12-13T00:00:00+00:00"),
        ("bail-first-period --arrested 2026-11-23", "2027-02-24T00:00:00+00:00"),
        ("bail-first-period --from 2026-11-24", "2027-02-24T00:00:00+00:00"),
        ("bail-first-period --from 2026-11-24 --investigator SFO", "2027-05-24T00:00:00+01:00"),
        ("bail-first-period --from 2026-11-24 --stood-still 10", "2027-03-06T00:00:00+00:00"),
        ("expiry-watch --last-day 2026-12-13 --made 2026-11-16", "2026-11-30T00:00:00+00:00"),
        ("expiry-watch --last-day none --made 2026-11-10", "2027-11-10T00:00:00+00:00"),
        ("cbo-term --from 2026-11-24 --age 17", "2027-11-24T00:00:00+00:00"),
        ("cbo-term --from 2026-11-24 --age 18", "2028-11-24T00:00:00+00:00"),
        ("code-arrested --from 2027-03-25T22:00", "2027-03-31T00:00:00+01:00"),
        ("code-EVENT --event arrested --from 2027-03-25T22:00", "2027-03-31T00:00:00+01:00"),
        ("code-bail-or-rui --from 2027-03-25 --entitlement standard", "2027-04-06T00:00:00+01:00"),
        ("trigger-action --event order_served --from 2026-11-24T09:00", "2026-11-27T09:00:00+00:00"),
        ("order-review --from 2026-11-03 --risk medium", "2026-12-30T00:00:00+00:00"),
        ("condition-check --from 2026-11-03 --later --risk standard", "2026-12-02T00:00:00+00:00"),
        ("retention-review --from 2026-11-01 --group 3", "2032-11-02T00:00:00+00:00"),
        ("shpo-initial-notification --from 2026-11-03 --left-out 2026-11-04/2026-11-10", "2026-11-13T00:00:00+00:00"),
        ("shpo-initial-notification --from 2026-11-03 --left-out 2026-11-04", "2026-11-07T00:00:00+00:00"),
        ("occupation-extension --from 2026-11-16 --section 36", "2027-05-16T00:00:00+01:00"),
        ("safety-event --from 2026-11-24T09:00 --known 2026-11-24T08:00", "2026-11-24T09:00:00+00:00"),
        ("emergency-access --from 2026-11-24T09:00Z", "2026-11-24T10:00:00+00:00"),
        ("emergency-access --from 2026-07-24T09:00Z", "2026-07-24T11:00:00+01:00"),
    ],
)
@pytest.mark.rule("CLK-09")
@pytest.mark.rule("CLK-13")
def test_what_else_bears_on_a_clock_is_an_option(capsys: Captured, words: str, due: str) -> None:
    assert asked(capsys, *words.split())["due"] == due


@pytest.mark.rule("CLK-01")
@pytest.mark.parametrize(
    ("occurrence", "due"), [("first", "2026-10-25T01:30:00+00:00"), ("second", "2026-10-25T02:30:00+00:00")]
)
def test_a_time_that_comes_twice_is_asked_about(capsys: Captured, occurrence: str, due: str) -> None:
    words = ["emergency-access", "--from", "2026-10-25T01:30"]
    assert asked(capsys, *words, "--occurrence", occurrence)["due"] == due
    assert cli.main(["clock", *words]) == 2
    assert "2026-10-25T01:30:00+01:00 and 2026-10-25T01:30:00+00:00: add --occurrence" in capsys.readouterr().err


@pytest.mark.rule("CLK-01")
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "craffu clock --list"),
        ("dapn-hearings --from 2026-11-24T09:00", "did you mean dapn-hearing"),
        ("zzz --from 2026-11-24T09:00", "see craffu clock --list"),
        ("code-EVENT --from 2026-11-24", "needs --event: one of referral_to_support"),
        ("code-rain --from 2026-11-24", "code-rain is no clock"),
        ("dapn-hearing", "say when dapn-hearing starts (notice given): --from, a day like"),
        ("spo-initial-notification", "--from or --served"),
        ("dapn-hearing --from 2026-11-24", "say the time too"),
        ("dapn-hearing --from yesterday", "is no time: give a day like"),
        ("dapn-hearing --from 2026-02-30", "is no time"),
        ("dapn-hearing --from 2027-03-28T01:30", "does not exist in London"),
        ("dapn-hearing --from 2026-11-24T09:00 --occurrence third", "first or second"),
        ("cbo-term --from 2026-11-24 --age young", "is no number"),
        ("cbo-term --from 2026-11-24 --age 1234567", "is no number"),
        ("order-review --from 2026-11-24 --risk low", "one of high, medium, standard, unassessed"),
        ("code-arrested --from 2026-11-24 --entitlement full", "one of enhanced, standard"),
        ("retention-review --from 2026-11-24 --group 1", "one of 2, 3"),
        ("bail-first-period --from 2026-11-24 --investigator MI5", "one of police, FCA, HMRC, NCA, SFO"),
        ("trigger-action --from 2026-11-24T09:00 --event rain", "one of notification_missed"),
        ("shpo-initial-notification --from 2026-11-24 --left-out 2026-11-10/2026-11-04", "the first and the last day"),
        ("shpo-initial-notification --from 2026-11-24 --left-out lately", "the first and the last day"),
        ("asbi-under-18-term --from 2026-11-24 --age 30", "no limit for adult"),
        ("occupation-extension --from 2026-11-24 --section 33", "by variation"),
        ("retention-review --from 9999-06-01", "retention-review cannot be worked out"),
        ("dapn-hearing --from 9999-12-31T12:00", ""),
        ("dapn-hearing --from 0001-01-01T00:00+14:00", "outside the calendar"),
    ],
)
def test_what_cannot_be_used_is_one_line_that_says_what_to_do(capsys: Captured, words: str, says: str) -> None:
    for more in ([], ["--json"]):
        assert cli.main(["clock", *words.split(), *more]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert says in err
        assert err.count("\n") == 1


@pytest.mark.rule("CLK-08")
def test_whoever_is_arrested_just_before_surrendering_goes_there(capsys: Captured) -> None:
    words = ("bail-arrest", "--arrested", "2026-11-24T15:00", "--surrender")
    assert asked(capsys, *words, "2026-11-25T10:00")["notes"][-1] == "Before the court of surrender."
    assert asked(capsys, *words, "2026-11-26T10:00")["notes"][-1].startswith("Not within 24 hours")


def test_an_option_that_does_not_bear_on_a_clock_is_said(capsys: Captured) -> None:
    assert asked(capsys, "cpn-appeal", "--from", "2026-12-07", "--age", "17", "--served", "2026-12-08")["notes"] == [
        "--age does not bear on this clock.",
        "--served does not bear on this clock.",
    ]
    assert asked(capsys, "code-EVENT", "--event", "arrested", "--from", "2026-12-07", "--entitlement", "enhanced")[
        "notes"
    ] == ["Victims' Code 2021; told by police.", "What the Code calls a working day is not confirmed (CLK-11)."]
    assert asked(capsys, "cbo-term", "--from", "2026-12-07", "--age", "17", "--made", "2026-12-07")["notes"] == [
        "Of an adult it may be without end; under 18 it has one."
    ]


def test_the_command_needs_neither_django_nor_a_database() -> None:
    program = (
        "import sys; from craffu.config.cli import main; code = main(sys.argv[1:]); "
        "sys.exit(code or ('django' in sys.modules or 'polars' in sys.modules) * 10)"
    )
    words = ["clock", "dapn-hearing", "--from", "2026-11-09T10:00"]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wednesday 11 November 2026 10:00 GMT" in done.stdout
