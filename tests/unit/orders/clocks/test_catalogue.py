"""The table of clocks: the same as the annex that lists them, the same as the rules that own a limit, and read strictly."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from craffu.access.rights_requests.rules import WITHIN
from craffu.cases.risk.rules import ASSESS_WITHIN, SECOND_LOOK_WITHIN
from craffu.clocks.lengths import calendar_length, elapsed_length
from craffu.clocks.london import instant_of
from craffu.orders.clocks import bail, locks, notifications, terms, watches
from craffu.orders.clocks.catalogue import Clock, Limit, UnknownClock, WrongRow, catalogue, read
from craffu.orders.clocks.hearings import hour_clock, is_for_court_of_surrender
from craffu.victims.agreements.rules import REVISIT_WITHIN
from craffu.victims.notices.code import CODE_2021
from craffu.victims.notices.rules import TELL_WITHIN
from craffu.work.rules import TOLD_AFTER, Step
from tests.rule_case_file import ABSENT, CASE_FILE

FRIDAY = datetime.fromisoformat("2026-11-13T17:30")
RULES = CASE_FILE.with_name("rules.md")
WORDS = {
    "-": "nothing",
    "same": "Sundays, 25 Dec, Good Friday, bank holidays",
    "as asbi-arrest": "Sundays, 25 Dec, Good Friday",
    "as asbi-arrest, Saturdays, bank holidays": "Sundays, 25 Dec, Good Friday, Saturdays, bank holidays",
    "as above": "with the DPP; in hospital",
}
OUT = {
    "Sundays": "Sunday", "Saturdays": "Saturday", "25 Dec": "Christmas Day", "Good Friday": "Good Friday",
    "bank holidays": "bank holiday",
}  # fmt: skip
# Where the annex speaks of several clocks in one row, or refers elsewhere.
OWN_LENGTH = {
    "code-EVENT", "safety-event", "serve-order", "unserved-alert", "cohort-review", "plan-due", "trigger-action",
    "contact-agreement-revisit",
}  # fmt: skip


def annex() -> Iterator[list[str]]:
    """The rows of the annex, one for each clock it names."""
    lines = RULES.read_text(encoding="utf-8").partition("## Annex C")[2].partition("## Annex D")[0].splitlines()
    for line in lines:
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if len(cells) == 8 and cells[0] != "Clock" and not cells[0].startswith("-"):
            names, rules = cells[0].split(" / "), cells[1].split(", ")
            for name, rule in zip(names, rules * len(names) if len(rules) == 1 else rules, strict=False):
                yield [name, rule, *cells[2:]]


def row(name: str) -> Clock:
    return catalogue().clock("code-arrested" if name == "code-EVENT" else name)


def shortened(text: str) -> str:
    """A source as the annex abbreviates it."""
    for short, whole in SOURCES:
        text = text.replace(whole, short)
    return text


TABLE = Path(__file__).resolve().parents[4] / "craffu" / "orders" / "clocks" / "clocks.toml"
SOURCES = re.findall(r'^"(.+?)" = "(.+)"$', TABLE.read_text(encoding="utf-8"), re.MULTILINE)

needs_the_annex = pytest.mark.skipif(not RULES.exists(), reason=ABSENT)


@needs_the_annex
@pytest.mark.rule("CLK-14")
def test_every_clock_of_the_annex_is_there_and_says_the_same() -> None:
    rows = list(annex())
    assert len(rows) > 60
    for name, rule, starts, length, leaves_out, kind, source, status in rows:
        clock = row(name)
        assert (clock.rule, clock.kind.value) == (rule, kind), name
        assert shortened(clock.source) in {source, source.replace("Annex E", "Annex D")}, name
        if name != "code-EVENT":
            assert clock.status == status, name
            assert clock.leaves_out == WORDS.get(leaves_out, leaves_out), name
        if name not in OWN_LENGTH:
            assert (clock.length, clock.starts) == (length, starts), name
        assert ("UNVERIFIED" in status) is not clock.is_confirmed or name == "code-EVENT", name


@needs_the_annex
@pytest.mark.rule("CLK-14")
def test_the_table_holds_no_clock_that_the_annex_does_not_name() -> None:
    named = {name for name, *_ in annex()}
    assert {name for name in catalogue().names() if not name.startswith("code-")} == named - {"code-EVENT"}
    codes = {name for name in catalogue().names() if name.startswith("code-")}
    assert codes == {f"code-{event.value}" for event in CODE_2021.limits}


@needs_the_annex
@pytest.mark.rule("CLK-02")
def test_what_is_worked_out_is_what_is_said() -> None:
    """The numbers and the days left out, as said to people, are those that are counted."""
    for name, *_ in annex():
        clock = row(name)
        said = [int(number) for number in re.findall(r"\d+", clock.length.partition("ss.")[0])]
        counted = {number for limit in clock.limits for number in numbers(limit)}
        if name not in {"expiry-watch", "trigger-action", "contact-agreement-revisit", "bail-first-period", "cbo-term"}:
            assert counted == set(said), name
        if clock.out:
            assert clock.out == {OUT[word] for word in clock.leaves_out.split(", ")}, name
        if match := re.search(r"\(day ([01])\)", clock.starts):
            assert clock.counts != "days" or clock.first_day == int(match[1]), name


def numbers(limit: Limit) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", limit.length)] + [limit.working_days] * bool(
        limit.working_days
    )


@pytest.mark.rule("CLK-14")
def test_a_limit_that_another_rule_owns_is_the_same_there() -> None:
    def hours(name: str) -> timedelta:
        return elapsed_length(row(name).limits[-1].length)

    assert (hours("risk-assessment"), hours("risk-second-look")) == (ASSESS_WITHIN, SECOND_LOOK_WITHIN)
    assert hours("safety-event") == TELL_WITHIN
    assert hours("check-escalation") == TOLD_AFTER[Step.INSPECTOR]
    assert hours("bail-breach-pause") == bail.CUSTODY_PAUSE
    lengths = {
        name: [calendar_length(one.length) for one in row(name).limits if one.length[:2] != "PT"] for name in CALENDAR
    }
    assert lengths["rights-request"] == [WITHIN]
    for name in ("spo", "sro", "shpo"):
        assert lengths[f"{name}-discharge-lock"] == [locks.LOCKED_FOR[name.upper()]]
        assert lengths[f"{name}-initial-notification"][0].days == notifications.DAYS
    assert lengths["shpo-annual-notification"] == [notifications.ANNUAL]
    assert lengths["bail-first-period"] == [bail.FIRST, bail.FIRST_ELSEWHERE]
    assert [one.label for one in row("bail-later-periods").limits] == list(bail.LATER.values())
    assert [one.length for one in row("bail-later-periods").limits] == list(bail.LATER)
    assert lengths["summary-limit"] == [bail.SUMMARY]
    assert lengths["spo-minimum-term"] == [terms.ADULTS["SPO"].least]
    assert lengths["dvpo-term"] == [terms.ADULTS["DVPO"].least, terms.ADULTS["DVPO"].most]
    assert lengths["asbi-under-18-term"] == [terms.UNDER_18["ASBI"].most]
    young = terms.UNDER_18["CBO"]
    assert lengths["cbo-term"] == [terms.ADULTS["CBO"].least, young.least, young.most]
    assert lengths["occupation-extension"] == [terms.SIX_MONTHS]
    revisits = {one.when["event"]: one.working_days for one in row("contact-agreement-revisit").limits}
    assert revisits == {event.value: days for event, days in REVISIT_WITHIN.items()}
    assert row("expiry-watch").length.startswith(", ".join(str(days) for days in watches.DAYS_BEFORE))


CALENDAR = (
    "rights-request", "spo-discharge-lock", "sro-discharge-lock", "shpo-discharge-lock", "spo-initial-notification",
    "sro-initial-notification", "shpo-initial-notification", "shpo-annual-notification", "bail-first-period",
    "summary-limit", "spo-minimum-term", "dvpo-term", "asbi-under-18-term", "cbo-term", "occupation-extension",
)  # fmt: skip


@pytest.mark.rule("REV-01")
def test_a_row_says_what_its_limits_hang_on() -> None:
    assert row("order-review").choices("risk") == ["high", "medium", "standard"]
    assert row("order-review").choices("step") == ["first", "later"]
    assert row("order-review").choices("event") == row("spo-minimum-term").choices("risk") == []
    assert row("bail-arrest-murder").notes == ("To a Crown Court judge.",)
    assert row("code-arrested").notes[0] == "Victims' Code 2021; told by police."
    assert "(CLK-11)" in row("code-arrested").notes[1]


@needs_the_annex
@pytest.mark.rule("MON-03")
def test_every_trigger_has_the_hours_that_the_rules_give_it() -> None:
    text = RULES.read_text(encoding="utf-8").partition("**Monitoring triggers**")[2].partition("\n\n")[0]
    said = {name: int(hours) for name, hours in re.findall(r"(\w+) (\d+)[;.]", text)}
    limits = row("trigger-action").limits
    assert row("trigger-action").choices("event") == list(dict.fromkeys(one.when["event"] for one in limits))
    # What the annex does not have is ours (ADR 121).
    said["home_near_protected"] = 4
    assert {one.when["event"] for one in limits} == set(said)
    for one in limits:
        hours = elapsed_length(one.length) / timedelta(hours=1)
        high = one.when == {"event": "possible_breach_raised", "risk": "high"}
        assert hours == (4 if high else said[one.when["event"]])


A_ROW = """
[[clock]]
name = "x"
rule = "CLK-99"
starts = "event"
length = "3 days"
leaves_out = "nothing"
kind = "law"
source = "[X] s.1"
status = "VERIFIED"
counts = "days"
limits = [{ length = "P3D" }]
"""


@pytest.mark.rule("CLK-14")
def test_law_changes_by_a_new_dated_row() -> None:
    later = A_ROW.replace("P3D", "P5D") + "effective_from = 2027-01-01\n"
    table = read(f'[sources]\n"[X]" = "An Act"\n{A_ROW}{later}')
    lengths = {day: table.clock("x", date.fromisoformat(day)).limits[0].length for day in ("2026-12-31", "2027-01-01")}
    assert lengths == {"2026-12-31": "P3D", "2027-01-01": "P5D"}
    assert table.clock("x").limits[0].length == "P5D"
    assert table.clock("x").source == "An Act s.1"
    assert table.names() == ["x"]
    first = A_ROW + "effective_from = 2027-01-01\n"
    with pytest.raises(UnknownClock, match="on 2026-12-31"):
        read(first).clock("x", date(2026, 12, 31))
    with pytest.raises(UnknownClock, match=r"y is no clock that runs$"):
        table.clock("y", date(2026, 12, 31))


@pytest.mark.rule("CLK-14")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (A_ROW + A_ROW, "the oldest first"),
        (A_ROW + A_ROW + "effective_from = 2027-01-01\n" + A_ROW + "effective_from = 2026-01-01\n", "the oldest first"),
        (A_ROW.replace('kind = "law"', 'kind = "custom"'), "row 1 (x)"),
        (A_ROW.replace('counts = "days"', 'counts = "weeks"'), "row 1 (x)"),
        (A_ROW.replace('name = "x"\n', ""), "without a name"),
        (A_ROW + "colour = 1\n", "colour means nothing"),
        (A_ROW.replace('{ length = "P3D" }', "{ }"), "at once"),
        (A_ROW.replace('{ length = "P3D" }', '{ length = "P3D", working_days = 3 }'), "at once"),
        (A_ROW.replace('{ length = "P3D" }', '{ length = "P3D", bound = "far" }'), "row 1 (x)"),
        (A_ROW + 'out = ["Monday"]\n', "row 1 (x)"),
        (A_ROW.replace("limits = ", "limit = "), "limit means nothing"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(text: str, says: str) -> None:
    with pytest.raises(WrongRow, match=re.escape(says)):
        read(text)


@pytest.mark.rule("CLK-07")
def test_only_a_clock_of_hours_with_one_length_is_asked_for_hours() -> None:
    at = instant_of(FRIDAY)
    assert hour_clock("dapn-hearing", at).due - at == timedelta(days=3)
    assert hour_clock("bail-breach-pause", at).due - at == timedelta(hours=3)
    for name in ("spo-initial-notification", "first-safeguarding-contact", "none-such"):
        with pytest.raises(UnknownClock):
            hour_clock(name, at)
    table = read(A_ROW.replace('"days"', '"hours"').replace("P3D", "PT3H"))
    assert hour_clock("x", at, table).due - at == timedelta(hours=3)


@pytest.mark.rule("CLK-08")
@pytest.mark.parametrize(("hours", "there"), [(-1, False), (0, True), (23, True), (24, True), (25, False)])
def test_an_arrest_in_the_last_day_before_surrender_goes_to_that_court(hours: int, *, there: bool) -> None:
    at = instant_of(FRIDAY)
    assert is_for_court_of_surrender(at, at + timedelta(hours=hours)) is there
