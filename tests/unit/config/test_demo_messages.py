"""The demo's messages: the same for the same seed, read by the product's own reader, and wrong only where planned."""

import csv
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from craffu import published
from craffu.clocks.bank_holidays import is_bank_holiday
from craffu.config.demo.court_messages import message
from craffu.config.demo.extract import Extract, OtherDemo, files, read_note, write
from craffu.config.demo.hearings import Sent
from craffu.config.demo.mistakes import MISTAKES, mistake_of, stopped, told
from craffu.config.demo.people import defendant
from craffu.config.demo.scene import LAST_FIXED_DAY
from craffu.config.demo.story import STORIES, story
from craffu.config.demo.words import PLACES
from craffu.intake.court_results.raw import RawMessage
from craffu.intake.court_results.read import read_message
from craffu.intake.court_results.reasons import REASONS, Weight
from craffu.intake.court_results.records import DefendantHearing
from craffu.intake.court_results.shape import Rejected, Shaped, shape
from craffu.intake.refused import Refused

TODAY = date(2026, 11, 25)
CODES = Path(published.__file__).parent / "reference" / "codes.csv"
SEED = 7
# Said of sound messages too: words without a code, and sentence at a later hearing.
INFORMATION = {code for code, reason in REASONS.items() if reason.weight is Weight.INFORMATION}
FOLLOWS = {"bail_signs_disagree": {"bail_conditions_without_conditional_bail"}}


class OfficialLists:
    """The lists the product ships with; offences by the ones it has a title for, which are those of the demo."""

    def __init__(self) -> None:
        with CODES.open(newline="", encoding="utf-8") as file:
            self._known = {(row["list"], row["code"]) for row in csv.DictReader(file)}

    def known(self, list_name: str, code: str) -> bool:
        return (list_name, code) in self._known or (list_name == "offence" and code in {"CJ88116", "CD71039"})


@pytest.fixture(scope="module")
def lists() -> OfficialLists:
    return OfficialLists()


def shaped(data: bytes, lists: OfficialLists) -> Shaped:
    read = read_message(data)
    assert isinstance(read, RawMessage), read
    (only,) = read.defendants
    one = shape(only, lists)
    assert isinstance(one, Shaped), one
    return one


def bytes_of(seed: int, people: int, today: date = TODAY) -> dict[str, bytes]:
    return {file.name: file.data for file in files(seed, range(1, people + 1), today)}


def everything(people: int = 20) -> list[Sent]:
    return [sent for number in range(1, people + 1) for sent in told(SEED, number, TODAY)]


# --- reproducible -----------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    assert bytes_of(SEED, 5) == bytes_of(SEED, 5)
    assert set(bytes_of(SEED, 5).values()).isdisjoint(bytes_of(SEED + 1, 5).values())


def test_more_people_change_nothing_about_those_who_were_there() -> None:
    few, many = bytes_of(SEED, 5), bytes_of(SEED, 8)
    assert few.items() < many.items()


def test_only_stories_that_go_on_depend_on_the_day() -> None:
    goes_on = []
    for number in range(1, len(STORIES) + 1):
        now, later = story(SEED, number, TODAY), story(SEED, number, TODAY + timedelta(days=30))
        if any(_next_days(sent) for sent in now[-1:]):
            goes_on.append(number)
            assert now != later
        else:
            assert now == later
    assert len(goes_on) >= 5
    assert 2 in goes_on


def test_before_the_fixed_day_no_court_has_sat_yet() -> None:
    early = LAST_FIXED_DAY - timedelta(days=200)
    for number in range(1, 41):
        assert all(sent.sitting.held_on < early for sent in story(SEED, number, early))


# --- read by the product ----------------------------------------------------------------------------------------


@pytest.mark.rule("INT-03")
def test_every_message_is_read_and_only_the_planned_doubts_are_raised(lists: OfficialLists) -> None:
    for number in range(1, 21):
        flags = {flag.code for sent in told(SEED, number, TODAY) for flag in shaped(message(sent), lists).flags}
        mistake = mistake_of(number)
        planned = set() if mistake is None else {mistake.flag, *FOLLOWS.get(mistake.flag, ())}
        assert flags - INFORMATION == planned - INFORMATION, (number, flags)
        assert planned <= flags, (number, flags)


@pytest.mark.deep
def test_two_hundred_defendants_are_read_with_every_doubt_planned(lists: OfficialLists) -> None:
    for number in range(1, 201):
        flags = {flag.code for sent in told(SEED, number, TODAY) for flag in shaped(message(sent), lists).flags}
        mistake = mistake_of(number)
        planned = set() if mistake is None else {mistake.flag, *FOLLOWS.get(mistake.flag, ())}
        assert flags - INFORMATION == planned - INFORMATION, (number, flags)


@pytest.mark.rule("INT-03")
def test_one_message_each_is_a_copy_a_mix_up_a_filler_and_half_a_file(lists: OfficialLists) -> None:
    copy, mixed_up, filler, half = stopped(SEED, 1, TODAY)
    first, second, *_ = told(SEED, 1, TODAY)
    assert (copy.expected, copy.data) == ("unchanged", message(first))
    assert mixed_up.expected == "parked"
    assert shaped(mixed_up.data, lists).record.asn == second.arrest
    assert shaped(mixed_up.data, lists).record.family_name != shaped(message(second), lists).record.family_name
    assert filler.expected == "rejected"
    read = read_message(filler.data)
    assert isinstance(read, RawMessage)
    rejected = shape(read.defendants[0], lists)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "ptiurn_placeholder"
    assert half.expected == "refused"
    refused = read_message(half.data)
    assert isinstance(refused, Refused)
    assert refused.code == "cut_short"


def test_those_four_come_once_in_a_hundred_defendants() -> None:
    expected = Counter(file.expected for file in files(SEED, range(1, 101), TODAY))
    assert {name: expected[name] for name in ("parked", "rejected", "refused", "unchanged")} == dict.fromkeys(
        ("parked", "rejected", "refused", "unchanged"), 1
    )
    assert expected["updated"] == 5


def test_what_is_written_is_what_is_read(lists: OfficialLists) -> None:
    for sent in everything():
        record = shaped(message(sent), lists).record
        assert record.ptiurn == sent.case
        assert record.hearing_date == sent.sitting.held_on
        assert record.court_code == sent.sitting.court.room
        assert record.birth_date == sent.defendant.birth_date
        assert tuple(name.given for name in record.given_names) == sent.defendant.given_names
        assert record.bail_conditions == sent.sitting.conditions
        assert [offence.code for offence in record.offences] == [charge.code for charge in sent.sitting.charges]
        assert _codes(record) == [[result.code for result in charge.results] for charge in sent.sitting.charges]


def _codes(record: DefendantHearing) -> list[list[str | None]]:
    return [[result.code for result in offence.results] for offence in record.offences]


# --- true to life -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("offence", {"PH97004", "PH97006", "PH97007", "PH97008", "PH97011", "SC15004", "ST19001", "SE20002"}),
        ("breach of bail", {"BA76004", "BA76005"}),
        ("order", {"3047", "3260", "3306", "3307"}),
        ("remand", {"4027", "4028", "4047", "4015"}),
        ("sentence or none", {"1002", "1015", "1115", "1116", "2004"}),
    ],
)
def test_forty_people_show_every_kind_of_charge_order_and_end(kind: str, codes: set[str]) -> None:
    charges = [charge for sent in everything(40) for charge in sent.sitting.charges]
    seen = {charge.code for charge in charges} | {result.code for charge in charges for result in charge.results}
    assert codes <= seen, (kind, codes - seen)


def test_a_breach_of_bail_is_denied_at_one_hearing_and_proved_at_the_next() -> None:
    breaches = [
        next((charge for charge in sent.sitting.charges if charge.code.startswith("BA76")), None)
        for sent in story(SEED, 1, TODAY)
    ]
    told_of = [(breach.plea, breach.finding, breach.final) for breach in breaches if breach is not None]
    assert told_of == [("8", None, False), ("8", "G", True)]


def test_an_order_says_how_long_it_lasts_and_in_what_words() -> None:
    orders = [
        result
        for sent in everything(40)
        for charge in sent.sitting.charges
        for result in charge.results
        if result.code in {"3047", "3260", "3307"}
    ]
    assert len(orders) > 20
    for order in orders:
        (length,) = order.lengths
        assert length.starts is not None
        assert length.ends is None or f"{length.ends:%d/%m/%Y}" in order.text
        assert "1)" in order.text


def test_the_amended_message_changes_the_order_of_the_same_hearing() -> None:
    *_, before, after = story(SEED, 5, TODAY)
    assert (before.case, before.arrest, before.sitting.held_on) == (after.case, after.arrest, after.sitting.held_on)
    assert (before.expected, after.expected) == ("created", "updated")
    assert after.sent_on > before.sent_on
    assert message(before) != message(after)


def test_courts_sit_on_working_days_and_next_hearings_come_in_the_next_weeks() -> None:
    coming = 0
    for sent in everything(60):
        assert sent.sitting.held_on < TODAY
        for day in (sent.sitting.held_on, *_next_days(sent)):
            assert day.weekday() < 5
            assert not is_bank_holiday(day)
        for day in _next_days(sent):
            assert sent.sitting.held_on < day < TODAY + timedelta(days=50)
            coming += day > TODAY
    assert coming >= 15


def _next_days(sent: Sent) -> list[date]:
    return [
        result.next.on
        for charge in sent.sitting.charges
        for result in charge.results
        if result.next and not charge.final
    ]


def test_welsh_hearings_are_recorded_in_welsh_with_its_letters() -> None:
    welsh = [sent for sent in everything(40) if sent.defendant.speaks_welsh]
    assert {sent.defendant.number for sent in welsh} == set(range(2, 41, 3))
    conditions = " ".join(condition for sent in welsh for condition in sent.sitting.conditions)
    assert "peidio â chysylltu'n uniongyrchol" in conditions
    assert "not to contact" not in conditions
    assert set("âôŵŷ") <= set("".join(message(sent).decode() for sent in everything(40)))


def test_places_courts_and_references_are_those_of_the_force_area() -> None:
    for place in PLACES:
        assert re.fullmatch(r"B63(AD|GN|IE|LW|NZ)", place.court.code)
        assert re.fullmatch(r"C62CH|C62HV|C07WE", place.crown.code)
    cases: dict[str, tuple[str, ...]] = {}
    for sent in everything(60):
        assert re.fullmatch(r"GA(AR|DY|BR)\d{7}", sent.case)
        about = (str(sent.defendant.number), sent.arrest)
        assert cases.setdefault(sent.case, about) == about


def test_nobody_can_be_reached() -> None:
    for number in range(1, 200):
        who = defendant(SEED, number)
        assert who.telephone is None or re.fullmatch(r"07700 900\d{3}", who.telephone)
        assert who.email is None or who.email.endswith("@example.com")


def test_every_mistake_has_a_flag_the_product_knows() -> None:
    assert {mistake.flag for mistake in MISTAKES.values()} <= set(REASONS)


# --- the folder -------------------------------------------------------------------------------------------------


def made(folder: Path, people: int, today: date = TODAY, seed: int = SEED) -> Extract:
    return write(folder, people=people, seed=seed, today=today, progress=lambda: None)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_folder_is_written_once_and_keeps_its_day(tmp_path: Path) -> None:
    folder = tmp_path / "court-results"
    first = made(folder, 4)
    before = contents(folder)
    assert before == bytes_of(SEED, 4)
    assert set(first.files) | {name for name in before if name not in first.files} == set(before)
    assert made(folder, 2, TODAY + timedelta(days=9)) == first == read_note(folder)
    assert contents(folder) == before
    assert made(folder, 6, TODAY + timedelta(days=9)).day == TODAY.isoformat()
    assert contents(folder) == bytes_of(SEED, 6)


def test_a_folder_that_was_stopped_half_way_is_finished_with_the_same_files(tmp_path: Path) -> None:
    folder = tmp_path / "court-results"
    left = iter(range(3))

    def stop() -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(folder, people=4, seed=SEED, today=TODAY, progress=stop)
    made(folder, 4, TODAY + timedelta(days=1))
    assert contents(folder) == bytes_of(SEED, 4)


def test_another_seed_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "court-results"
    made(folder, 2)
    before = contents(folder)
    with pytest.raises(OtherDemo, match=f"seed {SEED}"):
        made(folder, 2, seed=SEED + 1)
    assert contents(folder) == before
