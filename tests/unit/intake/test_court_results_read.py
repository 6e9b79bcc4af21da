"""Bytes to values as they stand: matched by namespace, with lines, attacks refused, totals as the publisher counted."""

import hashlib
import json
import shutil
import subprocess
import sys
import time
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from craffu.intake.court_results import raw as raw_module
from craffu.intake.court_results.raw import Raw, RawMessage, Totals, content_hash, fold, totals, totals_of_defendant
from craffu.intake.court_results.read import LIBRA, LONGEST_FIELD, MOST_ELEMENTS, WANTED, read_message
from craffu.intake.opening import Document, Ignored, open_all
from craffu.intake.refused import Refused, Unfit
from craffu.intake.safe_xml import decode_xml, parse_xml, parse_xml_text, refuse_document_type
from tests.factories.court_messages import case, court_message, defendant, element, message, offence, result

PROJECT = Path(__file__).parents[3]
RESULTS = PROJECT.parent / "shared" / "data" / "courts" / "results"

pytestmark = pytest.mark.rule("INT-03")


def read(data: bytes) -> RawMessage:
    found = read_message(data)
    assert isinstance(found, RawMessage), found
    return found


def refusal(data: bytes) -> Refused:
    found = read_message(data, "given.xml")
    assert isinstance(found, Refused), found
    assert found.path == "given.xml"
    assert "%(" not in found.message
    assert "\n" not in found.message
    assert len(found.message) < 300
    return found


def first_of(data: bytes) -> Raw:
    (only,) = read(data).defendants
    assert only.defendant is not None
    return only.defendant


def with_doctype(data: bytes, doctype: str) -> bytes:
    start, end = data.split(b"?>", 1)
    return start + b"?>\n" + doctype.encode() + end


# --- what is read -----------------------------------------------------------------------------------------------


@pytest.mark.rule("INT-02")
def test_every_value_keeps_its_text_and_its_line() -> None:
    data = court_message(family_name="  Penhaligon\tSmith ")
    family_name = first_of(data).first(
        "CourtIndividualDefendant/PersonDefendant/BasePersonDetails/PersonName/PersonFamilyName"
    )
    assert family_name is not None
    assert family_name.text == "  Penhaligon\tSmith "
    assert data.splitlines()[family_name.line - 1].strip().startswith(b"<DC:PersonFamilyName>")
    assert "Penhaligon" not in repr(family_name)
    assert "Penhaligon" not in repr(read(data))


def test_the_prefix_makes_no_difference_and_a_foreign_element_is_not_taken_for_ours() -> None:
    data = court_message(extra=[etree.Element("{urn:other}PTIURN")])
    default = data.replace(b"<DC:", b"<").replace(b"</DC:", b"</").replace(b"xmlns:DC=", b"xmlns=")
    other = data.replace(b"DC:", b"libra:").replace(b"xmlns:DC=", b"xmlns:libra=")
    assert read(data).content_hash == read(other).content_hash == read(default).content_hash
    assert first_of(data).all("{urn:other}PTIURN")
    assert not first_of(data).all("PTIURN")
    foreign = data.replace(LIBRA.encode(), b"urn:other")
    assert refusal(foreign).code == "no_message"


def test_a_message_without_its_wrapper_is_read_too() -> None:
    assert read(court_message(wrapped=False)).content_hash == read(court_message()).content_hash


def test_lines_beyond_65535_are_kept() -> None:
    data = court_message().replace(b"<DC:PTIURN>", b"\n" * 70_000 + b"<DC:PTIURN>")
    (only,) = read(data).defendants
    assert only.case.first("PTIURN") is not None
    assert only.line > 70_000


def test_several_defendants_are_a_row_each_and_a_case_that_names_nobody_is_one_too() -> None:
    data = message(case(defendant(), defendant(family_name="Jenkins")), case(), case(defendant(), ptiurn="63AA0100225"))
    found = read(data).defendants
    assert [one.position for one in found] == [1, 2, 3, 4]
    assert [one.defendant is None for one in found] == [False, False, True, False]
    assert len({one.content_hash for one in found}) == 4
    assert found[2].line > found[1].line
    assert totals([read(data)]).defendants == 3


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1", "windows-1252"])
def test_every_usual_encoding_gives_the_same_message(encoding: str) -> None:
    data = court_message(family_name="Môn")
    recoded = data.decode().replace("UTF-8", encoding).encode(encoding)
    assert read(recoded).content_hash == read(data).content_hash
    assert read(data.decode().encode("utf-8-sig")).content_hash == read(data).content_hash
    assert read(parse_again(decode_xml(recoded))).content_hash == read(data).content_hash


def parse_again(text: str) -> bytes:
    return etree.tostring(parse_xml_text(text), encoding="UTF-8")


def test_comments_instructions_and_sections_never_split_a_value() -> None:
    plain = court_message(family_name="Jones & Evans")
    tricked = plain.replace(b"Jones &amp; Evans", b"Jo<!-- x -->nes <?pi x?><![CDATA[& Evans]]>")
    assert read(tricked).content_hash == read(plain).content_hash


def test_words_between_elements_are_kept() -> None:
    (only,) = read(court_message().replace(b"<DC:PTIURN>", b"stray<DC:PTIURN>")).defendants
    assert only.case.text.strip() == "stray"


# --- the same thing said twice ----------------------------------------------------------------------------------


@pytest.mark.rule("INT-01")
def test_wrapper_line_ends_indentation_and_spaces_do_not_make_a_new_message() -> None:
    data = court_message(family_name="Tŷ  Mawr")
    said = read(data).content_hash
    for changed in (
        court_message(family_name="Tŷ  Mawr", identifier="ANOTHER"),
        data.replace(b"\n", b"\r\n"),
        data.replace(b"\t", b"    "),
        data.replace(b"\n\t", b""),
        court_message(family_name=" Ty\u0302\n Mawr "),
    ):
        assert changed != data
        assert read(changed).content_hash == said
        assert read(changed).defendants[0].content_hash == read(data).defendants[0].content_hash


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize(
    "changed",
    [
        {"family_name": "PENHALIGAN"},
        {"hearing_date": "2025-03-04"},
        {"court": "B63AD01"},
        {"psa_code": None},
        {"ptiurn": "63AA0100126"},
        {"bail_status": "U"},
        {"family_name": "penhaligon"},
        {"offences": []},
    ],
)
def test_any_change_of_what_is_said_makes_a_new_message(changed: dict[str, object]) -> None:
    before, after = read(court_message()), read(court_message(**changed))  # type: ignore[arg-type]
    assert before.content_hash != after.content_hash
    assert before.defendants[0].content_hash != after.defendants[0].content_hash


@pytest.mark.rule("INT-01")
def test_one_defendants_change_does_not_touch_the_others() -> None:
    before = read(message(case(defendant(), defendant(family_name="Jenkins")))).defendants
    after = read(message(case(defendant(), defendant(family_name="Jenkyns")))).defendants
    assert before[0].content_hash == after[0].content_hash
    assert before[1].content_hash != after[1].content_hash


def test_the_structure_is_in_the_hash() -> None:
    assert content_hash(Raw("a", 1, "b")) != content_hash(Raw("a", 1, children=(Raw("b", 1),)))
    assert content_hash(Raw("a", 1), Raw("b", 1)) != content_hash(Raw("b", 1), Raw("a", 1))
    assert content_hash(Raw("a", 1, attributes=(("b", "c"),))) != content_hash(Raw("a", 1))
    assert content_hash(Raw("a", 1)) == content_hash(Raw("a", 2))
    assert fold(" a\t\n b\u00a0c ") == "a b c"


# --- totals -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("INT-05")
def test_totals_count_what_was_read_readable_or_not() -> None:
    offences = [
        offence(results=[result(amounts=["100.00", "2.50"]), result(code=None), result(code=" ", amounts=["ten"])]),
        offence(sequence="002"),
    ]
    counted = totals([read(court_message(offences=offences)), read(court_message(organisation="Cwmni Cyf"))])
    assert counted == Totals(2, 2, 3, 5, 2, 2, 0, 0, 3, 1, Decimal("102.50"))
    nobody = read(message(case())).defendants[0]
    assert totals_of_defendant(nobody) == Totals()
    assert Totals(messages=1) + Totals(messages=2, sum_of_amounts=Decimal("1.50")) == Totals(
        messages=3, sum_of_amounts=Decimal("1.50")
    )


# --- what is refused --------------------------------------------------------------------------------------------


def test_T25_billion_laughs_quadratic_blow_up_and_external_entities_are_refused_before_parsing(tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    attacks = [
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>',
        f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]>',
        f'<!DOCTYPE x SYSTEM "file://{canary}">',
        f'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://localhost:9/{canary}"> %e;]>',
        "<!DOCTYPE x>",
        "<!doctype x>",
        '<! ENTITY e "x">',
    ]
    for attack in attacks:
        body = court_message(bail_conditions="CONDITIONS").replace(b"CONDITIONS", b"&l11;&a;&e;" * 1_000)
        for data in (with_doctype(body, attack), with_doctype(body, attack).decode().encode("utf-16")):
            started = time.process_time()
            refused = refusal(data)
            assert time.process_time() - started < 0.5
            assert refused.code == "document_type_declared"
            assert refused.line == 2
            assert "CANARY" not in repr(refused)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_T25_a_declaration_in_utf_16_without_a_mark_is_found_too(encoding: str) -> None:
    assert refusal('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'.encode(encoding)).code == "document_type_declared"


def test_T25_the_second_lock_holds_by_itself() -> None:
    for text in ("<!DOCTYPE a><a/>", '<!DOCTYPE a SYSTEM "x"><a/>', '<!DOCTYPE a [<!ENTITY e "x">]><a/>'):
        root = etree.fromstring(text, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))
        with pytest.raises(Unfit, match="document_type_declared"):
            refuse_document_type(root)
    refuse_document_type(parse_xml(b"<a/>"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="skipped: no strace")
def test_T25_no_file_is_opened_and_no_connection_made(tmp_path: Path) -> None:
    canary = tmp_path / "canary.dtd"
    canary.write_text("<!ENTITY e 'CANARY'>")
    attack = f'<!DOCTYPE x [<!ENTITY % p SYSTEM "file://{canary}"> %p; <!ENTITY q SYSTEM "http://127.0.0.1:9/{canary.name}">]>'
    hostile = tmp_path / "hostile.xml"
    hostile.write_bytes(with_doctype(court_message(), attack))
    located = court_message().replace(
        b"<DeliverRequest ",
        b'<DeliverRequest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        + f'xsi:schemaLocation="urn:x {canary}" xmlns:xi="http://www.w3.org/2001/XInclude" '.encode(),
    )
    located = located.replace(b"<Message>", f'<Message><xi:include href="{canary}" parse="text"/>'.encode())
    (tmp_path / "located.xml").write_bytes(located)
    script = (
        "import sys; from pathlib import Path; from craffu.intake.court_results.read import read_message\n"
        "print([type(read_message(Path(path).read_bytes())).__name__ for path in sys.argv[1:]])"
    )
    trace = tmp_path / "trace"
    traced = ["strace", "-f", "-e", "trace=open,openat,openat2,socket,connect", "-o", str(trace)]
    done = subprocess.run(
        [*traced, sys.executable, "-c", script, str(hostile), str(tmp_path / "located.xml")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "PTRACE" in done.stderr:
        pytest.skip("skipped: tracing is not permitted here")
    assert done.stdout.strip() == "['Refused', 'RawMessage']"
    calls = trace.read_text()
    assert str(hostile) in calls  # the trace does see files being opened
    assert canary.name not in calls
    assert "AF_INET" not in calls


def test_a_message_cut_anywhere_is_refused_and_says_where() -> None:
    data = court_message()
    for at in range(60, len(data.rstrip()), 37):
        refused = refusal(data[:at])
        assert refused.code == "cut_short", data[at - 40 : at]
        assert refused.line is not None
        assert 1 <= refused.line <= data[:at].count(b"\n") + 1
        assert f"line {refused.line}" in refused.message


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "cut_short", 1),
        (b"<", "cut_short", 1),
        (b"<a>\n</b>\n", "not_well_formed", 2),
        (b"<a/><b/>", "not_well_formed", 1),
        (b"<a>\n&undeclared;</a>", "not_well_formed", 2),
        (b"<a>\n\x01</a>", "not_well_formed", 2),
        (b"<p:a>x</p:a>", "not_well_formed", 1),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "parser_limit", 1),
        (b"<a>\n\xff</a>", "text_damaged", 2),
        (b"\xff\xfe<\x00\x00\xd8", "text_damaged", 1),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "encoding_not_supported", None),
        (b'<?xml version="1.0" encoding="IBM037"?><a/>', "encoding_not_supported", None),
        ("<a/>".encode("utf-32"), "encoding_not_supported", None),
        (b"<a/>", "wrong_root", 1),
        (b'<DeliverRequest xmlns="urn:other"/>', "wrong_root", 1),
        (
            f'<DeliverRequest xmlns="{"http://schemas.cjse.gov.uk/messages/deliver/2006-05"}"/>'.encode(),
            "no_message",
            1,
        ),
        (court_message(flow="Something else"), "wrong_message", 5),
        (message(), "no_case", 5),
        (court_message().replace(b"DC:Session", b"DC:Sitting"), "no_case", 5),
    ],
)
def test_what_is_not_one_court_result_message_is_refused_with_its_line(
    data: bytes, code: str, line: int | None
) -> None:
    refused = refusal(data)
    assert (refused.code, refused.line) == (code, line)


def test_two_messages_in_one_file_are_refused() -> None:
    body = court_message()
    start, end = body.index(b"<Message>"), body.index(b"</DeliverRequest>")
    refused = refusal(body[:end] + body[start:end] + body[end:])
    assert refused.code == "several_messages"
    assert "2 messages" in refused.message


def test_names_that_are_too_long_or_tricky_are_made_safe_in_the_refusal() -> None:
    assert "…" in refusal(b"<" + b"a" * 10_000 + b"/>").message
    assert "\u202e" not in refusal(court_message(flow="a\u202eb")).message


def test_a_field_longer_than_a_million_characters_is_refused_with_its_name_and_line() -> None:
    longest = court_message(bail_conditions="x" * LONGEST_FIELD)
    assert read(longest)
    refused = refusal(court_message(bail_conditions="x" * (LONGEST_FIELD + 1)))
    assert refused.code == "field_too_large"
    assert "BailConditions" in refused.message
    assert "x" * 100 not in refused.message
    in_attribute = court_message().replace(
        b"SchemaVersion=", b'Padding="' + b"x" * (LONGEST_FIELD + 1) + b'" SchemaVersion='
    )
    assert refusal(in_attribute).code == "field_too_large"
    assert refusal(court_message(bail_conditions="x" * 30_000_000)).code == "parser_limit"


def test_depth_and_number_of_elements_are_bounded() -> None:
    deep = element("A")
    for _ in range(40):
        deep = element("A", deep)
    assert refusal(court_message(extra=[deep])).code == "too_deep"
    many = court_message().replace(b"<DC:PTIURN>", b"<DC:X/>" * MOST_ELEMENTS + b"<DC:PTIURN>")
    assert refusal(many).code == "too_many_elements"


@pytest.mark.slow
def test_T27_the_worst_document_within_the_limits_is_refused_in_time() -> None:
    body = court_message()
    many = body.replace(b"<DC:PTIURN>", b"<DC:X/>" * ((9_999_000 - len(body)) // 7) + b"<DC:PTIURN>")
    tracemalloc.start()
    started = time.process_time()
    assert refusal(many).code == "too_many_elements"
    assert time.process_time() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


# --- no input raises --------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_T27_random_bytes_are_refused_and_never_raise(data: bytes) -> None:
    assert isinstance(read_message(data), Refused)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_T27_mutated_messages_are_read_or_refused_and_never_raise(data: st.DataObject) -> None:
    mutated = bytearray(court_message())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(mutated)))
        length = data.draw(st.integers(0, 60))
        mutated[at : at + length] = data.draw(st.binary(max_size=20))
    found = read_message(bytes(mutated))
    assert isinstance(found, Refused | RawMessage)
    if isinstance(found, RawMessage):
        totals([found])


# --- the national test messages ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    if not RESULTS.is_dir():
        pytest.skip("skipped: no shared data")
    steps = list(open_all([RESULTS], WANTED))
    assert {Path(step.path).name for step in steps if isinstance(step, Ignored)} == {
        "LICENSE",
        "README.md",
        "control_totals.json",
        "index.csv",
    }
    return [step for step in steps if isinstance(step, Document)]


@pytest.mark.rule("INT-05")
def test_the_published_control_totals_are_met(documents: list[Document]) -> None:
    control = json.loads((RESULTS / "control_totals.json").read_text())
    messages = [read(document.data) for document in documents]
    assert totals(messages) == Totals(
        messages=168,
        defendants=168,
        offences=437,
        results=639,
        results_without_code=36,
        next_hearings=97,
        qualifiers=88,
        durations=212,
        amounts=190,
        amounts_unreadable=0,
        sum_of_amounts=Decimal("23532.00"),
    )
    assert len(documents) == control["files"]
    assert str(totals(messages).sum_of_amounts) == control["sum_of_ResultAmountSterling"]
    assert {one.schema_version for one in messages} == {"0.6g"}


@pytest.mark.rule("INT-01")
def test_158_files_differ_in_bytes_and_157_in_what_they_say(documents: list[Document]) -> None:
    """019 and 441 are one message, indented in two ways: the publisher's 158 counts bytes."""
    said: dict[str, set[str]] = {}
    for document in documents:
        folder = Path(document.name).parent.name
        said.setdefault(read(document.data).content_hash, set()).add(f"{document.sha256} {folder}")
    assert len({document.sha256 for document in documents}) == 158
    assert len(said) == 157
    of_two_files = [names for names in said.values() if len({name.split()[0] for name in names}) > 1]
    assert [{name.split()[1] for name in names} for names in of_two_files] == [
        {"019-identical_results_update", "441-phase-2-resubmission"}
    ]


def test_the_index_of_the_publisher_is_met_file_by_file(documents: list[Document]) -> None:
    rows = {line.split(",")[0]: line.split(",")[1:4] for line in (RESULTS / "index.csv").read_text().splitlines()[1:]}
    for document in documents:
        sha256, ptiurn, asn = rows[str(Path(document.name).relative_to(RESULTS))]
        (only,) = read(document.data).defendants
        assert only.defendant is not None
        assert hashlib.sha256(document.data).hexdigest() == sha256 == document.sha256
        assert [one.text for one in only.case.all("PTIURN")] == [ptiurn]
        assert [one.text for one in only.defendant.all("ProsecutorReference")] == [asn]


def test_amounts_are_pounds_and_pence() -> None:
    given = ["100.00", " 5 ", "-1.5", "1e3", "1,000.00", "٣", "", "1.234", "NaN"]
    assert [raw_module.amount(text) for text in given] == [
        Decimal("100.00"),
        Decimal("5"),
        Decimal("-1.5"),
        None,
        None,
        None,
        None,
        None,
        None,
    ]
