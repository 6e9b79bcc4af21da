"""T27: whatever bytes are handed in, a reader reads them or refuses them in one line: no crash, no hang, no swelling (INT-03).

A few examples of each reader run with every bin/test; the deep run goes on for FUZZ_SECONDS each. Examples are drawn by
Hypothesis, half of them from whole files with a few bytes changed, because noise alone is refused at the first byte. The eight
hours before a release are guided by coverage: `tests/fuzz/coverage_guided.py`, with atheris, which is not locked among the
development packages because its wheels are for Linux and certain versions of Python alone.
"""

import json
import os
import resource
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from craffu.intake.code_tables.read import read_table as read_code_table
from craffu.intake.court_results.read import read_message
from craffu.intake.kinds import check_kind
from craffu.intake.opening import Document
from craffu.intake.published_tables.column_json import column_sheet
from craffu.intake.published_tables.figure_rows import shape_rows
from craffu.intake.published_tables.layouts import LAYOUTS, STALKING_OUTCOMES, Layout
from craffu.intake.published_tables.street_rows import NEEDS, shape
from craffu.intake.published_tables.street_steps import described
from craffu.intake.refused import Unfit
from craffu.intake.tables.columns import read_columns
from craffu.intake.tables.read import Sheets, read_sheets, read_table, table_of
from tests.factories.court_messages import court_message
from tests.factories.tables import csv_bytes, ods_bytes, xlsx_bytes

pytestmark = pytest.mark.rule("INT-03")

EXAMPLES = 40
LONGEST_SECONDS = 5.0
MOST_BYTES = 1_000_000_000
FUZZ_SECONDS = float(os.environ.get("FUZZ_SECONDS", "60"))

OUTCOMES = [
    [*STALKING_OUTCOMES.needs],
    ["Gwent", "2021/22", "10", "1", "2", "3"],
    ["London, City of", "x", "", "n/a", "-1", '"'],
]
STREET = [
    [*NEEDS],
    ["", "2018-10", "Gwent Police", "Gwent Police", "-3.1", "51.5", "A", "W01000001", "Cardiff 001A", "Other", ""],
]
EMBEDDED = json.dumps(
    {"columns": OUTCOMES[0], "data": [list(column) for column in zip(*OUTCOMES[1:], strict=True)]}
).encode()

SEEDS = {
    "csv": (csv_bytes(OUTCOMES), csv_bytes(STREET, "utf-16"), csv_bytes(OUTCOMES, "windows-1252", ";", "\r\n")),
    "xlsx": (xlsx_bytes(OUTCOMES), xlsx_bytes(STREET, more={"Notes": [["a", 1.5, None]]})),
    "ods": (ods_bytes(OUTCOMES), ods_bytes(STREET, more={"Notes": [["a", 1.5, None]]})),
    "json": (EMBEDDED, b'[{"cjsCode": "ZZ01001", "offenceTitle": "One"}]'),
    "xml": (court_message(),),
}


def read_figures(layout: Layout) -> Callable[[bytes], object]:
    return lambda data: shape_rows(read_table(data, layout.needs, found="x", aliases=layout.aliases), layout)


def read_street(data: bytes) -> object:
    return described(shape(read_columns(data, NEEDS, found="x").frame).good)


def read_columns_json(data: bytes) -> object:
    sheets = Sheets([column_sheet(data)])
    return shape_rows(table_of(sheets, STALKING_OUTCOMES.needs, found="x"), STALKING_OUTCOMES)


def read_codes(data: bytes) -> object:
    table = read_code_table(Document("offence-code.json", data, "0" * 64))
    return list(getattr(table, "rows", ()))


# Every reader of intake. A new one must join: `test_every_reader_is_fuzzed` fails otherwise.
READERS: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "tables, csv": ("csv", read_sheets),
    "tables, xlsx": ("xlsx", read_sheets),
    "tables, ods": ("ods", read_sheets),
    "columns, csv": ("csv", read_street),
    "columns, xlsx": ("xlsx", read_street),
    **{f"figures, {layout.kind}": ("csv", read_figures(layout)) for layout in LAYOUTS},
    "figures, ods": ("ods", read_figures(STALKING_OUTCOMES)),
    "columns of json": ("json", read_columns_json),
    "code lists, json": ("json", read_codes),
    "code lists, csv": ("csv", read_codes),
    "court results, xml": ("xml", lambda data: read_message(data, "message.xml")),
    "kinds": ("csv", lambda data: check_kind(data, "csv", "xlsx", "ods", "json", "xml")),
}


def most_held() -> int:
    """The most bytes that this process has held at once, with everything that tests before this one held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def bounded(read: Callable[[bytes], object], data: bytes) -> None:
    """Read, and allow nothing but an answer or the framework's own refusal, in time and without swelling."""
    started, held = time.process_time(), most_held()
    try:
        read(data)
    except Unfit as unfit:
        unfit.refused("file")  # the sentence of its code, filled: it raises where one is missing
    assert time.process_time() - started < LONGEST_SECONDS
    assert most_held() - held < MOST_BYTES


def changed(draw: Any, seed: bytes) -> bytes:
    """A whole file with a few changes: bytes overwritten, cut out, doubled or moved."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 12))
        how = draw(st.sampled_from(["write", "cut", "double", "end"]))
        if how == "write":
            data[at : at + length] = draw(st.binary(max_size=12))
        elif how == "cut":
            del data[at : at + length * 20]
        elif how == "double":
            data[at:at] = data[at : at + length * 20] * draw(st.integers(1, 50))
        else:
            del data[at:]
    return bytes(data)


def repacked(draw: Any, seed: bytes) -> bytes:
    """A workbook with one of its parts changed and packed anew, so that the change reaches the parser."""
    with zipfile.ZipFile(BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = changed(draw, parts[name])
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return file.getvalue()


@st.composite
def files(draw: Any, kind: str) -> bytes:
    if draw(st.booleans()):
        return draw(st.binary(max_size=300))  # type: ignore[no-any-return]
    seed = draw(st.sampled_from(SEEDS[kind]))
    if kind in ("xlsx", "ods") and draw(st.booleans()):
        return repacked(draw, seed)
    return changed(draw, seed)


QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}


@pytest.mark.parametrize("reader", READERS)
def test_T27_a_reader_answers_or_refuses(reader: str) -> None:
    kind, read = READERS[reader]

    @settings(max_examples=EXAMPLES, **QUIET)  # type: ignore[arg-type]
    @given(files(kind))
    def fuzz(data: bytes) -> None:
        bounded(read, data)

    fuzz()


@pytest.mark.deep
@pytest.mark.parametrize("reader", READERS)
def test_T27_a_reader_answers_or_refuses_for_long(reader: str) -> None:
    kind, read = READERS[reader]
    ends = time.monotonic() + FUZZ_SECONDS
    rounds = 0
    while time.monotonic() < ends:

        @seed(rounds)
        @settings(max_examples=200, database=None, **QUIET)  # type: ignore[arg-type]
        @given(files(kind))
        def fuzz(data: bytes) -> None:
            bounded(read, data)

        fuzz()
        rounds += 1
    assert rounds


@pytest.mark.parametrize("kind", SEEDS)
def test_T27_the_files_that_are_changed_are_read_whole_before_they_are(kind: str) -> None:
    for whole in SEEDS[kind]:
        readers = [read for of_kind, read in READERS.values() if of_kind == kind and read is not READERS["kinds"][1]]
        answers = 0
        for read in readers:
            try:
                read(whole)
            except Unfit:
                continue
            answers += 1
        assert answers
