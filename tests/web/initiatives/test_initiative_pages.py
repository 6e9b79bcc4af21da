"""Initiatives in pages: recorded with a baseline, spoken of, and their figures as each reader is told them (C4)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.clocks.london import LONDON, day_of
from craffu.measures.engine.running import ONLY_NOW
from craffu.measures.releasing import not_shown
from craffu.scrutiny.initiatives.actions import keep_figure, record_initiative
from craffu.scrutiny.initiatives.facts import Counted
from craffu.scrutiny.initiatives.rules import NOT_KNOWN_HERE, Period
from craffu.scrutiny.models import Initiative
from tests.factories.initiatives import initiative, under_way
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SCR-09")]

AT = "/scrutiny/initiatives"
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


GIVEN = {
    "title_en": "Checks in pairs", "title_cy": "Gwiriadau mewn parau", "aim": "That every check is made", "matter": "monitoring",
    "owner": "Head of Crime", "measure": "MET16:reviewed",
    **day("begins_on", date(2027, 1, 1)), **day("baseline_first", date(2026, 10, 1)), **day("baseline_last", date(2026, 12, 31)),
}  # fmt: skip


def test_one_is_recorded_and_spoken_of(signed_in_client: Callable[..., Client]) -> None:
    lead = signed_in_client("workforce_lead")
    assert "No initiative has begun: no cases." in text_of(lead.get(AT))
    parts = [name for name in lead.get(f"{AT}/new").content.decode().split('value="') if name.startswith("MET16:")]
    given = GIVEN | {"measure": parts[0].partition('"')[0]}
    late = given | day("baseline_last", date(2027, 1, 1))
    assert "A baseline ends before the initiative begins." in text_of(lead.post(f"{AT}/new", late))
    at = lead.post(f"{AT}/new", given)["Location"]
    page = text_of(lead.get(at))
    assert "Ahead" in page
    assert "Those days were chosen before it began." in page
    assert "Nothing has been counted yet." in page
    said = {"version": "0", "course": "word", "words": "Two teams have begun", **day("on", date(2026, 11, 24))}
    assert lead.post(f"{at}/say", said)["Location"] == at
    assert "Two teams have begun" in text_of(lead.get(at))
    again = lead.post(f"{at}/say", said)
    assert again.status_code == 409
    assert "Somebody else has added to it meanwhile." in text_of(again)
    assert Initiative.objects.for_system("a test").get().title_cy in text_of(lead.get(f"/cy{at}"))
    assert lead.get(f"{AT}/IN-99999").status_code == 404


def test_figures_are_told_to_each_as_they_may_be(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client]
) -> None:
    lead, analyst = acting_as("workforce_lead", username="wl"), acting_as("analyst")
    row = under_way(lead, measure="MET09", part="in_time")
    before = Period(row.baseline_first, row.baseline_last)
    given = Counted(before, True, 12, 40, 0.3, "", 1, "2026-11-24", "d" * 64)
    keep_figure(by=analyst, initiative=row.reference, given=given)
    at = f"{AT}/{row.reference}"
    page = text_of(signed_in_client("supervisor").get(at))
    assert "12 of 40 (30.0%)" in page
    assert "Baseline alone" in text_of(signed_in_client("scrutiny_officer", username="so").get(AT))
    assert "Initiatives that began: 1. Measured before and after: 0." in text_of(
        signed_in_client("commissioner_view", username="pcc").get(AT)
    )
    assert signed_in_client("response_officer", username="pc").get(at).status_code == 403


def test_a_change_has_its_interval_and_small_counts_are_hidden_from_the_commissioner(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client], frozen_clock: time_travel.Traveller
) -> None:
    frozen_clock.move_to(NOON - timedelta(days=100))
    row = under_way(acting_as("workforce_lead", username="wl"), measure="MET09", part="in_time")
    frozen_clock.move_to(NOON)
    client = signed_in_client("analyst", username="an")
    by = acting_user(client.user)  # type: ignore[attr-defined]
    first = Period(row.begins_on, row.begins_on + timedelta(days=27))
    second = Period(first.last + timedelta(days=1), first.last + timedelta(days=28))
    for period, is_baseline, count in (
        (Period(row.baseline_first, row.baseline_last), True, 12), (first, False, 24), (second, False, 38),
    ):  # fmt: skip
        given = Counted(period, is_baseline, count, 40, count / 40, "", 1, "2026-11-24", "d" * 64)
        keep_figure(by=by, initiative=row.reference, given=given)
    at = f"{AT}/{row.reference}"
    inside = text_of(signed_in_client("supervisor", username="su").get(at))
    assert "24 of 40 (60.0%) +30 percentage points (+8" in inside
    assert "38 of 40 (95.0%)" in inside
    outside = text_of(signed_in_client("commissioner_view", username="pcc").get(at))
    assert "Not shown: a count is fewer than 10 Not compared" in outside
    assert "38" not in outside


def counted(
    lead: Acting, by: Acting, clock: time_travel.Traveller, *counts: tuple[int, int | None], **said: str
) -> str:
    """The page of an initiative with its baseline, and the four weeks after its beginning."""
    clock.move_to(NOON - timedelta(days=100))
    row = record_initiative(by=lead, given=initiative(day_of(NOON - timedelta(days=90)), **said))
    clock.move_to(NOON)
    first = Period(row.begins_on, row.begins_on + timedelta(days=27))
    for period, (count, of) in zip((Period(row.baseline_first, row.baseline_last), first), counts, strict=True):
        given = Counted(period, period != first, count, of, 3.0, "", 1, "2026-11-24", "d" * 64)
        keep_figure(by=by, initiative=row.reference, given=given)
    return f"{AT}/{row.reference}"


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(
    ("counts", "said", "told"),
    [
        # 12 / 13 - 1 is −7.7%, as of no other two counts that are rounded to these.
        (((13, None), (12, None)), {}, ("2026 15 snapshot", "2026 10 −33.3% (")),
        (
            ((27, 41), (22, 39)), {"measure": "MET09", "part": "in_time"},
            ("25 of 40 (62.5%) snapshot", "20 of 40 (50.0%) −12.5 percentage points ("),
        ),
    ],
)  # fmt: skip
def test_a_change_is_worked_out_from_what_the_commissioner_is_told(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client], frozen_clock: time_travel.Traveller,
    counts: tuple[tuple[int, int | None], ...], said: dict[str, str], told: tuple[str, str],
) -> None:  # fmt: skip
    lead, analyst = acting_as("workforce_lead", username="wl"), acting_as("analyst", username="an")
    client = signed_in_client("commissioner_view", username="pcc")
    at = counted(lead, analyst, frozen_clock, *counts, **said)
    page = text_of(client.get(at))
    assert all(words in page for words in told), page


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize(
    ("measure", "part", "counts", "words"),
    [
        ("MET01", "full", ((6, 5), (7, 9)), (
            "6 orders beside 5 crimes: 1,200.00 for each 1,000", "7 orders beside 9 crimes: 777.78", "−35.2% (",
        )),
        ("MET17", "alleged", ((20, 1400), (30, 1400)), (
            "20 in 1,400 days of orders: 5.22 a year", "+50% (−1", "less sure than that",
        )),
        ("MET08", "made_to_served", ((20, 30), (25, 30)), ("Half of them within 3 days, with 20 of 30 complete", "Not compared")),
    ],
)  # fmt: skip
def test_what_is_no_share_is_told_and_compared_as_none(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client], frozen_clock: time_travel.Traveller,
    measure: str, part: str, counts: tuple[tuple[int, int], ...], words: tuple[str, ...],
) -> None:  # fmt: skip
    lead, analyst = acting_as("workforce_lead", username="wl"), acting_as("analyst", username="an")
    client = signed_in_client("supervisor", username="su")
    at = counted(lead, analyst, frozen_clock, *counts, measure=measure, part=part)
    page = text_of(client.get(at))
    assert all(one in page for one in words), page
    assert "percentage points" not in page


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(
    ("counts", "told"),
    [
        # Over four weeks eight orders, and so not told of; twelve and fourteen are ten and fifteen.
        (((30, 8 * 28), (40, 8 * 28)), "Not shown: a count is fewer than 10"),
        (((31, 12 * 28), (42, 14 * 28)), "30 in 280 days of orders"),
    ],
)
def test_days_of_orders_do_not_tell_the_commissioner_how_many_orders_there_are(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client], frozen_clock: time_travel.Traveller,
    counts: tuple[tuple[int, int], ...], told: str,
) -> None:  # fmt: skip
    lead, analyst = acting_as("workforce_lead", username="wl"), acting_as("analyst", username="an")
    client = signed_in_client("commissioner_view", username="pcc")
    page = text_of(client.get(counted(lead, analyst, frozen_clock, *counts, measure="MET17", part="alleged")))
    assert told in page, page
    assert not any(f" {days} days" in page for _count, days in counts)


@pytest.mark.rule("MSR-03")
def test_small_counts_are_told_to_whoever_opens_the_rows_of_that_measure(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client], frozen_clock: time_travel.Traveller
) -> None:
    """Promises to victims are opened by supervisors and victim officers; of two that were not kept a coordinator is not told."""
    lead, analyst = acting_as("workforce_lead", username="wl"), acting_as("analyst", username="an")
    coordinator, supervisor = (
        signed_in_client("coordinator", username="co"),
        signed_in_client("supervisor", username="su"),
    )
    at = counted(lead, analyst, frozen_clock, (20, 22), (20, 23), measure="MET27", part="kept")
    assert "20 of 22" in text_of(supervisor.get(at))
    page = text_of(coordinator.get(at))
    assert "20 of 22" not in page
    assert "Not shown: a count is fewer than 5 Not compared" in page


@pytest.mark.parametrize(
    ("note", "words", "welsh"),
    [
        (not_shown(5), "Not shown: a count is fewer than 5", "Ni ddangosir"),
        (NOT_KNOWN_HERE, "Not known here: no case had been taken in yet", "Ddim yn hysbys yma"),
        (ONLY_NOW, "Known only as things stand now", "Yn hysbys"),
        ("", "No figure", "Dim ffigur"),
    ],
)
def test_why_there_is_no_figure_is_said_in_the_readers_language(
    acting_as: Callable[..., Acting], signed_in_client: Callable[..., Client], note: str, words: str, welsh: str
) -> None:
    row = under_way(acting_as("workforce_lead", username="wl"))
    before = Period(row.baseline_first, row.baseline_last)
    given = Counted(before, True, None, None, None, note, 1, "2026-11-24", "d" * 64)
    keep_figure(by=acting_as("analyst"), initiative=row.reference, given=given)
    client = signed_in_client("supervisor")
    assert words in text_of(client.get(f"{AT}/{row.reference}"))
    page = text_of(client.get(f"/cy{AT}/{row.reference}"))
    assert welsh in page
    assert words not in page
