"""A sound court result becomes a whole record: every value, its line, and words as they were given (INT-02, INT-03)."""

from datetime import date, time
from decimal import Decimal

import pytest
from lxml import etree

from craffu.intake.court_results import MAPPING_VERSION
from craffu.intake.court_results.records import AsnStanding, Duration
from tests.factories import court_messages as courts
from tests.factories.court_messages import court_message, duration, element, offence, result
from tests.unit.intake.court_shapes import codes, flags, raws, record, rejected, shaped, the_offence, the_result

pytestmark = pytest.mark.rule("INT-03")


def test_a_sound_message_gives_a_whole_record_and_no_flag() -> None:
    data = court_message(
        given_names=("Idris", "Rhys"),
        telephones={"Home": "01267 000000", "Mobile": "07700 900000"},
        emails=("nobody@example.org", "none@example.org"),
        pnc_id="2025/0000001A",
        bail_reason="to prevent further offences;",
    )
    found = shaped(data)
    assert found.flags == ()
    whole = found.record
    assert whole.ptiurn == whole.ptiurn_as_given == "63AA0100125"
    assert (whole.asn, whole.asn_standing) == ("2563AA0100000000123K", AsnStanding.VALID)
    assert (whole.court_code, whole.psa_code) == ("B63IE01", "3252")
    assert (whole.hearing_date, whole.hearing_time) == (date(2025, 3, 3), time(10, 0))
    assert whole.title is not None
    assert whole.title.given == "Mr"
    assert [name.given for name in whole.given_names] == ["Idris", "Rhys"]
    assert whole.family_name.given == "PENHALIGON"
    assert (whole.birth_date, whole.gender, whole.present) == (date(1984, 6, 2), "1", "Y")
    assert whole.pnc_id == "2025/0000001A"
    assert [line.given for line in whole.address] == ["1 Nowhere Street", "Llanelli"]
    assert [(phone.purpose, phone.number.given) for phone in whole.telephones] == [
        ("Home", "01267 000000"),
        ("Mobile", "07700 900000"),
    ]
    assert [mail.given for mail in whole.emails] == ["nobody@example.org", "none@example.org"]
    assert whole.bail_status == "B"
    assert whole.bail_conditions == (
        "Not to contact directly or indirectly Someone Else",
        "Not to enter Somewhere Road",
    )
    assert whole.bail_reason is not None
    assert whole.bail_reason.folded == "to prevent further offences;"
    (charged,) = whole.offences
    assert (charged.sequence, charged.code, charged.final) == (1, "PH97006", False)
    assert charged.results[0].next_hearing is not None
    assert charged.results[0].next_hearing.hearing_date == date(2025, 4, 14)


@pytest.mark.rule("SEC-06")
def test_nothing_that_names_anybody_shows_when_a_record_is_printed() -> None:
    data = court_message(
        offences=[
            offence(
                wording="assaulted Mair Canary",
                location="4 Canary Road",
                results=[result(text="not to contact Mair Canary")],
            )
        ],
        bail_conditions="not to contact Mair Canary",
        bail_reason="Canary",
        family_name="CANARY",
        given_names=("Canary",),
        address=("4 Canary Road",),
        emails=("canary@example.org",),
        telephones={"Home": "07700 canary"},
    )
    printed = repr(shaped(data)) + repr(raws(data)) + repr(rejected(court_message(ptiurn="CANARY")))
    assert "canary" not in printed.casefold()
    for hidden in ("63AA0100125", "2563AA01", "1984"):
        assert hidden not in printed


@pytest.mark.rule("INT-02")
def test_each_part_keeps_its_line() -> None:
    data = court_message(offences=[offence(), offence(sequence="002", results=[result(durations=[duration()])])])
    lines = [b"", *data.splitlines()]
    whole = shaped(data).record
    assert b"<DC:Defendant>" in lines[whole.line]
    for charged in whole.offences:
        assert b"<DC:Offence>" in lines[charged.line]
        assert b"<DC:Result>" in lines[charged.results[0].line]
    assert b"<DC:Duration>" in lines[whole.offences[1].results[0].durations[0].line]
    after = whole.offences[0].results[0].next_hearing
    assert after is not None
    assert b"<DC:NextHearing>" in lines[after.line]
    assert MAPPING_VERSION == "1"


def test_words_are_kept_as_given_and_folded_for_comparing() -> None:
    name = record(family_name=" Ty\u0302\n\tMawr ").family_name
    assert name.given == " Ty\u0302\n\tMawr "
    assert name.folded == "Tŷ Mawr"


def test_a_case_reference_is_levelled_and_kept_as_given() -> None:
    whole = record(ptiurn=" 63/aa/01001 25 ", asn="25/63AA/01/00000000123k")
    assert whole.ptiurn == "63AA0100125"
    assert whole.ptiurn_as_given == " 63/aa/01001 25 "
    assert (whole.asn, whole.asn_standing) == ("2563AA0100000000123K", AsnStanding.VALID)
    assert whole.asn_as_given == "25/63AA/01/00000000123k"


@pytest.mark.parametrize(
    ("asn", "kept", "standing", "flag"),
    [
        ("2563AA0100000000123K", "2563AA0100000000123K", AsnStanding.VALID, None),
        ("0800PP0100000000001H", "0800PP0100000000001H", AsnStanding.DUMMY, "asn_dummy"),
        ("0800np0100000000001h", "0800NP0100000000001H", AsnStanding.DUMMY, "asn_dummy"),
        ("BROKEN_ASN", "BROKEN_ASN", AsnStanding.MALFORMED, "asn_malformed"),
        ("2563AA010000000123K", "2563AA010000000123K", AsnStanding.MALFORMED, "asn_malformed"),
        ("2563AA01000000001234", "2563AA01000000001234", AsnStanding.MALFORMED, "asn_malformed"),
        ("", None, AsnStanding.ABSENT, "asn_absent"),
        (" ", None, AsnStanding.ABSENT, "asn_absent"),
        (None, None, AsnStanding.ABSENT, "asn_absent"),
    ],
)
def test_the_standing_of_an_arrest_summons_number(
    asn: str | None, kept: str | None, standing: AsnStanding, flag: str | None
) -> None:
    data = court_message(asn=asn)
    whole = shaped(data).record
    assert (whole.asn, whole.asn_standing) == (kept, standing)
    assert codes(data) == ([] if flag is None else [flag])
    assert all("BROKEN" not in one.detail for one in flags(data))


@pytest.mark.parametrize(
    ("conditions", "split"),
    [
        (None, ()),
        (" ; ;", ()),
        ("One;Two", ("One", "Two")),
        ("One;\n\t\tTwo  three;", ("One", "Two three")),
        ("the leftshoe; from each pair", ("the leftshoe", "from each pair")),
    ],
)
def test_bail_conditions_are_split_and_the_whole_is_kept(conditions: str | None, split: tuple[str, ...]) -> None:
    whole = record(bail_conditions=conditions)
    assert whole.bail_conditions == split
    assert (whole.bail_conditions_as_given and whole.bail_conditions_as_given.given) == conditions


def test_the_reason_for_bail_is_read_where_either_kind_of_sender_puts_it() -> None:
    name = b"ReasonForBailConditionsOrCustody"
    data = court_message(bail_reason="because", bail_conditions=None)
    inside = data.replace(b"<DC:%b>because</DC:%b>" % (name, name), b"").replace(
        b"</DC:PersonDefendant>", b"<DC:%b>because</DC:%b></DC:PersonDefendant>" % (name, name)
    )
    assert inside != data
    for one in (data, inside):
        reason = shaped(one).record.bail_reason
        assert reason is not None
        assert reason.given == "because"
        assert codes(one) == []


def test_both_kinds_of_address_are_read() -> None:
    lines = record(address=("1", "2", "3", "4", "SA15 0XX")).address
    assert [line.given for line in lines] == ["1", "2", "3", "4", "SA15 0XX"]
    parts = {"PAON": "7", "StreetDescription": "Nowhere Road", "Town": "Llanelli", "PostCode": "SA15 0XX"}
    assert [line.given for line in record(address_parts=parts).address] == list(parts.values())


def test_everything_of_a_result_is_read() -> None:
    long = duration(value="2", unit="Y", secondary_value="6", secondary_unit="M", start="2025-03-03", end="2027-09-02")
    found = the_result(
        code=courts.STALKING_PROTECTION_ORDER,
        text="Stalking protection order made.",
        qualifiers=["JA", "RA"],
        durations=[long, duration()],
        amounts=["100.00", "85.50"],
        penalty_points="6",
    )
    assert (found.code, found.qualifiers, found.penalty_points) == ("3307", ("JA", "RA"), 6)
    assert found.amounts == (Decimal("100.00"), Decimal("85.50"))
    assert found.next_hearing is None
    assert found.durations[0] == Duration(
        line=found.durations[0].line,
        value=2,
        unit="Y",
        secondary_value=6,
        secondary_unit="M",
        starts=(date(2025, 3, 3),),
        ends=(date(2027, 9, 2),),
    )
    assert found.durations[1].starts == ()


def test_everything_of_an_offence_is_read() -> None:
    title = element("OffenceTitle")
    title.text = "Stalking"
    timed = offence(
        end="2025-02-03",
        final="Y",
        conviction="2025-03-03",
        convicting_court="413",
        finding="G",
        mode="007",
    )
    details = timed[0]
    details.append(title)
    start, end = details.iter(f"{{{courts.LIBRA}}}OffenceStart", f"{{{courts.LIBRA}}}OffenceEnd")
    etree.SubElement(start, f"{{{courts.LIBRA}}}OffenceStartTime").text = "23:15:00"
    etree.SubElement(end, f"{{{courts.LIBRA}}}OffenceEndTime").text = "23:59"
    data = court_message(offences=[timed])
    assert codes(data) == []
    (found,) = shaped(data).record.offences
    assert found.title is not None
    assert found.title.given == "Stalking"
    assert (found.start_date, found.start_time) == (date(2025, 2, 1), time(23, 15))
    assert (found.end_date, found.end_time) == (date(2025, 2, 3), time(23, 59))
    assert (found.charge_date, found.arrest_date) == (date(2025, 2, 20), date(2025, 2, 19))
    assert (found.initiated_date, found.conviction_date) == (date(2025, 2, 20), date(2025, 3, 3))
    assert (found.plea, found.finding, found.final, found.mode_of_trial) == ("2", "G", True, "7")
    assert (found.convicting_court, found.date_code) == ("0413", "4")  # a leading nought lost on the way is put back
    assert the_offence(mode="00").mode_of_trial == "0"
    assert the_offence(mode=None).mode_of_trial is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-03-04", date(2025, 3, 4)),
        (" 2025-03-04\n", date(2025, 3, 4)),
        ("2025-03-04Z", date(2025, 3, 4)),
        ("2025-03-04+01:00", date(2025, 3, 4)),
        ("2025-02-29", None),
        ("04/03/2025", None),
        ("20250304", None),
        ("2025-W10-2", None),
        ("٢٠٢٥-03-04", None),
        ("0000-01-01", None),
    ],
)
def test_dates_are_read_only_as_the_format_writes_them(written: str, read: date | None) -> None:
    data = court_message(offences=[offence(charge=written)])
    assert shaped(data).record.offences[0].charge_date == read
    assert codes(data) == ([] if read else ["date_unreadable"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("09:30:00", time(9, 30)),
        (" 09:30 ", time(9, 30)),
        ("09:30:00.123Z", time(9, 30)),
        ("09:30:00+01:00", time(9, 30)),
        ("24:00:00", None),
        ("9:30", None),
        ("0930", None),
        ("half past nine", None),
    ],
)
def test_times_are_read_only_as_the_format_writes_them(written: str, read: time | None) -> None:
    data = court_message(hearing_time=written)
    assert shaped(data).record.hearing_time == read
    assert codes(data) == ([] if read else ["time_unreadable"])
