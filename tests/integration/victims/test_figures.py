"""The figures about contact: whose rows count, in which days, what is told apart, and what is said anew (MET27, MET28)."""

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.intake.running import take_in
from craffu.victims.everybody import everybody as every
from craffu.victims.everybody import promises
from craffu.victims.figures import NO_CASES, notices_figures, promises_figures, revisit_figures, told_figures
from tests.factories.extracts import row, write
from tests.factories.victims import send_victim
from tests.integration.victims.conftest import NOW

pytestmark = pytest.mark.django_db

KIND = "witness-care"
EVER = (date(2000, 1, 1), date(2100, 1, 1))
AGREED = {"agreed_on": "2026-11-02", "channels": "telephone", "not_wanted": "", "occasion": ""}
NO_OTHERS = {"message_left": "no", "unsafe_because": "", "life_in_danger": "no"}
LATER = "2026-11-20 10:00"


class Sender:
    """Witness care, which tells of one victim."""

    def __init__(self, by: Acting, folder: Path) -> None:
        self.by, self.folder, self.sent = by, folder, 0
        send_victim(by, folder)

    def send(self, table: str, number: int = 1, **said: str) -> None:
        self.sent += 1
        told = {"person_ref": "PERSON10", "crime_ref": "CRIME1", "updated_at": "2026-11-02 10:00", **said}
        known = row(KIND, table, number)
        values = {**known, **{name: value for name, value in told.items() if name in known}}
        path = write(self.folder / f"sent-{self.sent}", f"{table}.csv", [values])
        done = take_in(by=self.by, kind=KIND, paths=[path])
        assert (done.run.rejected, done.run.warnings) == (0, {})

    def promise(self, number: int, due: str, **said: str) -> None:
        self.send("promises", number, promised_at="2026-11-02 09:00", due_at=due, channels="telephone", **said)

    def contact(self, number: int, at: str, **said: str) -> None:
        self.send("victim_contacts", number, contacted_at=at, channel="telephone", **{**NO_OTHERS, **said})


@pytest.fixture
def care(system: Acting, tmp_path: Path) -> Sender:
    return Sender(system, tmp_path)


@pytest.mark.rule("VIC-04", "VIC-05")
def test_where_nothing_is_there_is_no_share_and_nothing_is_divided(care: Sender) -> None:
    notices = notices_figures(care.by, *EVER, NOW)
    for one in (
        promises_figures(care.by, *EVER, NOW), notices.agreement, notices.code, notices.safety,
        revisit_figures(care.by, *EVER, NOW), told_figures(care.by, *EVER, NOW),
    ):  # fmt: skip
        assert (one.numerator, one.denominator, one.share, one.by_status) == (0, 0, NO_CASES, {})


@pytest.mark.rule("VIC-04")
def test_promises_count_by_the_day_they_were_due_and_excused_ones_stay_in_what_was_promised(care: Sender) -> None:
    care.promise(1, "2026-11-10 17:00")
    care.contact(1, "2026-11-10 17:00")
    care.promise(2, "2026-11-11 17:00")
    care.promise(3, "2026-11-12 17:00")
    care.send("excuses", 3, reason="contact_unsafe", said_at="2026-11-12 16:00")
    care.promise(4, "2026-11-30 17:00")
    whole = promises_figures(care.by, *EVER, NOW)
    assert (whole.numerator, whole.denominator, whole.excused, whole.share) == (1, 3, 1, Fraction(1, 3))
    assert whole.by_status == {"kept": 1, "missed": 1, "excused": 1, "running": 1}
    one_day = promises_figures(care.by, date(2026, 11, 11), date(2026, 11, 11), NOW)
    assert one_day.by_status == {"missed": 1}


@pytest.mark.rule("VIC-04")
def test_what_belonged_to_a_promise_belongs_to_what_was_said_anew_of_it(care: Sender) -> None:
    care.promise(1, "2026-11-10 17:00")
    care.contact(1, "2026-11-10 18:00")
    care.promise(2, "2026-11-10 17:00")
    care.send("excuses", 2, reason="contact_unsafe", said_at="2026-11-10 16:00")
    assert promises_figures(care.by, *EVER, NOW).by_status == {"late": 1, "excused": 1}
    care.promise(1, "2026-11-10 19:00", updated_at=LATER)
    care.promise(2, "2026-11-10 19:00", updated_at=LATER)
    assert promises_figures(care.by, *EVER, NOW).by_status == {"kept": 1, "excused": 1}


@pytest.mark.rule("VIC-05")
def test_news_that_was_told_stays_told_when_what_happened_is_said_anew(care: Sender) -> None:
    care.send("agreements", **AGREED)
    happened = {"kind": "arrest", "time_known_at": "", "received_on": ""}
    care.send("happenings", **happened, happened_at="2026-11-03 10:00", learnt_at="2026-11-03 10:00")
    care.send("tellings", told_at="2026-11-05 10:00", contact_ref="")
    assert notices_figures(care.by, *EVER, NOW).code.by_status == {"late": 1}
    care.send("happenings", **happened, happened_at="2026-11-04 10:00", learnt_at="2026-11-04 10:00", updated_at=LATER)
    code = notices_figures(care.by, *EVER, NOW).code
    assert (code.by_status, code.share) == ({"on_time": 1}, 1)


@pytest.mark.rule("VIC-05")
def test_the_limit_is_the_one_they_were_entitled_to_on_the_day(care: Sender) -> None:
    care.send("agreements", **AGREED)
    care.send("entitlements", 1, entitlement="standard", decided_on="2026-11-02")
    care.send("entitlements", 2, entitlement="enhanced", decided_on="2026-11-10")
    for number, day in ((1, "03"), (2, "11")):
        at = f"2026-11-{day} 10:00"
        care.send(
            "happenings", number, kind="interview", happened_at=at, learnt_at=at, time_known_at="", received_on=""
        )
        care.send("tellings", number, told_at=f"2026-11-{int(day) + 3:02} 10:00", contact_ref="")
    assert notices_figures(care.by, *EVER, NOW).code.by_status == {"on_time": 1, "late": 1}


@pytest.mark.rule("VIC-05")
def test_the_code_and_safety_are_counted_each_by_itself(care: Sender) -> None:
    care.send("agreements", **AGREED)
    at = "2026-11-03 10:00"
    care.send("happenings", kind="bail_ended", happened_at=at, learnt_at=at, time_known_at="", received_on="")
    care.send("tellings", told_at="2026-11-03 12:00", contact_ref="")
    notices = notices_figures(care.by, *EVER, NOW)
    assert (notices.code.by_status, notices.safety.by_status) == ({"on_time": 1}, {"late": 1})
    assert notices.agreement.denominator == 0


@pytest.mark.rule("VIC-05")
def test_what_is_not_wanted_is_in_no_share_and_told_apart(care: Sender) -> None:
    care.send("agreements", **{**AGREED, "not_wanted": "arrest_and_bail"})
    at = "2026-11-03 10:00"
    care.send("happenings", kind="arrest", happened_at=at, learnt_at=at, time_known_at="", received_on="")
    code = notices_figures(care.by, *EVER, NOW).code
    assert (code.denominator, code.by_status) == (0, {"not_wanted": 1})


@pytest.mark.rule("VIC-03")
def test_a_revisit_counts_by_the_day_it_was_due(care: Sender) -> None:
    care.send("agreements", **AGREED)
    at = "2026-11-06 10:00"  # a Friday
    care.send("happenings", kind="arrest", happened_at=at, learnt_at=at, time_known_at="", received_on="")
    care.send("agreements", 2, **{**AGREED, "agreed_on": "2026-11-09", "version_number": "2", "occasion": "arrest"})
    assert revisit_figures(care.by, date(2026, 11, 9), date(2026, 11, 9), NOW).by_status == {"on_time": 1}
    assert revisit_figures(care.by, date(2026, 11, 6), date(2026, 11, 8), NOW).by_status == {}


@pytest.mark.rule("VIC-08")
def test_what_was_done_counts_as_told_only_once_they_were(care: Sender) -> None:
    for number in (1, 2):
        care.send("safety_measures", number, done_on="2026-11-03", kind="patrols")
    care.send("measure_tellings", 1, told_on="2026-11-05", contact_ref="")
    figure = told_figures(care.by, *EVER, NOW)
    assert (figure.numerator, figure.denominator, figure.by_status) == (1, 2, {"told": 1, "not_told": 1})
    before = told_figures(care.by, *EVER, datetime(2026, 11, 4, 12, tzinfo=UTC))
    assert before.by_status == {}, "nothing of it was known then"


def test_a_past_instant_is_answered_by_what_was_known_then(care: Sender) -> None:
    care.promise(1, "2026-11-10 17:00")
    assert list(promises(every(care.by, datetime(2026, 11, 4, tzinfo=UTC)))) == []


def test_the_number_of_queries_is_the_same_however_many_there_are(care: Sender, tmp_path: Path) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            notices_figures(care.by, *EVER, NOW)
            revisit_figures(care.by, *EVER, NOW)
            told_figures(care.by, *EVER, NOW)
        return len(caught)

    care.send("agreements", **AGREED)
    care.promise(1, "2026-11-10 17:00")
    before = queries()
    for number in range(2, 6):
        send_victim(care.by, tmp_path, number)
        care.send("agreements", number, **AGREED, person_ref=f"PERSON{number}0")
        care.promise(number, "2026-11-10 17:00", person_ref=f"PERSON{number}0")
    assert queries() == before
