"""Whatever is handed in is read, refused in one line or listed as ignored; nothing unsafe is opened (INT-03)."""

import hashlib
import io
import os
import stat
import struct
import subprocess
import sys
import textwrap
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from craffu.intake.archives import Limits, inspect
from craffu.intake.opening import Document, Ignored, Opened, Wanted, open_all
from craffu.intake.refused import REFUSALS, Refused, Unfit, safe_to_show
from tests.factories.court_messages import court_message

XML = Wanted(kind="xml", suffixes=(".xml",))
XML_ONLY = Wanted(kind="xml", suffixes=(".xml",), archives=False)
JSON = Wanted(kind="json", suffixes=(".json",))
CSV = Wanted(kind="csv", suffixes=(".csv",))
MESSAGE = b'<?xml version="1.0" encoding="UTF-8"?>\n<a>b</a>\n'
PROJECT = Path(__file__).parents[3]

pytestmark = pytest.mark.rule("INT-03")


def opened(*paths: Path, wanted: Wanted = XML, limits: Limits | None = None) -> list[Opened]:
    return list(open_all(paths, wanted, limits or Limits()))


def code_of(path: Path, wanted: Wanted = XML, limits: Limits | None = None) -> str:
    (only,) = opened(path, wanted=wanted, limits=limits)
    assert isinstance(only, Refused), only
    assert only.message
    assert "\n" not in only.message
    assert "%(" not in only.message
    return only.code


def names(steps: list[Opened], kind: type) -> list[str]:
    return [Path(getattr(step, "name", getattr(step, "path", ""))).name for step in steps if isinstance(step, kind)]


def zipped(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


# --- what is read -----------------------------------------------------------------------------------------------


@pytest.mark.rule("INT-02")
def test_a_file_is_read_with_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    path.write_bytes(MESSAGE)
    (document,) = opened(path)
    assert isinstance(document, Document)
    assert document.data == MESSAGE
    assert document.sha256 == hashlib.sha256(MESSAGE).hexdigest()
    assert MESSAGE.decode() not in repr(document)


def test_a_folder_is_read_in_the_order_of_names_and_the_rest_is_listed_as_ignored(tmp_path: Path) -> None:
    for name in ("b/2.xml", "b/10.xml", "a/z.XML", "README.md", "b/index.csv", ".hidden.xml", "._a.xml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(MESSAGE)
    steps = opened(tmp_path)
    assert names(steps, Document) == ["z.XML", "10.xml", "2.xml"]
    assert names(steps, Ignored) == ["._a.xml", ".hidden.xml", "README.md", "index.csv"]


def test_names_that_say_what_a_file_holds_are_read_as_is_best_folder_by_folder(tmp_path: Path) -> None:
    for name in (
        "contacts-1.xml",
        "crimes-1.xml",
        "New_Persons.xml",
        "odd.xml",
        "persons-2.xml",
        "later/persons-1.xml",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(MESSAGE)
    wanted = replace(XML, in_order=("persons", "crimes"))
    assert names(opened(tmp_path, wanted=wanted), Document) == [
        "New_Persons.xml", "persons-2.xml", "crimes-1.xml", "contacts-1.xml", "odd.xml", "persons-1.xml",
    ]  # fmt: skip


def test_the_order_of_arguments_makes_no_difference_and_nothing_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    first, second = tmp_path / "in" / "1.xml", tmp_path / "in" / "2.xml"
    for path in (first, second):
        path.write_bytes(MESSAGE)
    (tmp_path / "in" / "3.xml").symlink_to(first)
    expected = opened(tmp_path / "in")
    assert names(expected, Document) == ["1.xml", "2.xml"]
    assert opened(second, tmp_path / "in", first) == expected
    assert opened(first, second, tmp_path / "in", second) == expected


def test_a_file_named_outright_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "results.txt"
    path.write_bytes(MESSAGE)
    assert names(opened(path), Document) == ["results.txt"]
    assert names(opened(path, tmp_path), Ignored) == []


def test_an_archive_is_read_entry_by_entry_in_order(tmp_path: Path) -> None:
    files = {
        "b/2.xml": MESSAGE,
        "a.xml": MESSAGE,
        "notes.txt": b"x",
        "__MACOSX/._a.xml": b"\0",
        "b/": b"",
        "e.xml": b"",
    }
    steps = opened(zipped(tmp_path / "post.zip", files))
    assert [step.name for step in steps if isinstance(step, Document)] == [
        f"{tmp_path}/post.zip: a.xml",
        f"{tmp_path}/post.zip: b/2.xml",
    ]
    assert [step.code for step in steps if isinstance(step, Refused)] == ["empty"]
    assert len([step for step in steps if isinstance(step, Ignored)]) == 2


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"\xef\xbb\xbf" + MESSAGE, XML),
        ("\ufeff<a>é</a>".encode("utf-16-le"), XML),
        ("\ufeff<a/>".encode("utf-16-be"), XML),
        ("<a/>".encode("utf-16-le"), XML),
        ("<a/>".encode("utf-16-be"), XML),
        (b"\n <a>caf\xe9</a>", XML),
        (b'[{"a": 1}]', JSON),
        (b'\xef\xbb\xbf{"a": 1}', JSON),
        (b"name,age\nx,1\n", CSV),
        (b"name\nx\n", CSV),
        ("\ufeffenw;oed\n".encode("utf-16-le"), CSV),
    ],
)
def test_text_of_the_wanted_kind_is_read_in_every_usual_encoding(tmp_path: Path, data: bytes, wanted: Wanted) -> None:
    path = tmp_path / "given"
    path.write_bytes(data)
    (document,) = opened(path, wanted=wanted)
    assert isinstance(document, Document)
    assert document.data == data


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "wanted", "code"),
    [
        (b"", XML, "empty"),
        (b"%PDF-1.7\n", XML, "wrong_kind"),
        (b"\x89PNG\r\n\x1a\n\0\0", XML, "wrong_kind"),
        (b"\xff\xd8\xff\xe0", XML, "wrong_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", XML, "wrong_kind"),
        (b"\x1f\x8b\x08", XML, "wrong_kind"),
        (b"PK\x03\x04[Content_Types].xml", XML, "wrong_kind"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", XML, "wrong_kind"),
        (b"PK\x03\x04a.xml", XML, "name_unlike_content"),
        (b"<html><body>", XML, "wrong_kind"),
        (b"<!DOCTYPE html>", XML, "wrong_kind"),
        (b'{"a": 1}', XML, "wrong_kind"),
        (b"a,b\n1,2\n", XML, "wrong_kind"),
        (b"just words", XML, "wrong_kind"),
        (b"  \n", XML, "wrong_kind"),
        (b"<a>\0\0\0</a>", XML, "binary"),
        (bytes(range(256)), XML, "binary"),
        (b"MZ\x90\0\x03", XML, "binary"),
        (b"<a/>", CSV, "wrong_kind"),
        (b"[1]", CSV, "wrong_kind"),
        (b"<a/>", JSON, "wrong_kind"),
        (b"a,b\n", JSON, "wrong_kind"),
        (b"<a><!-- %PDF-1.4 --></a>", XML, "two_kinds"),
        (b"<a/>" + b"PK\x05\x06" + bytes(18), XML, "two_kinds"),
    ],
)
def test_T26_the_kind_is_told_by_content_not_by_name(tmp_path: Path, data: bytes, wanted: Wanted, code: str) -> None:
    path = tmp_path / f"given.{wanted.kind}"
    path.write_bytes(data)
    assert code_of(path, wanted) == code


def test_T26_a_polyglot_of_message_and_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "message.xml"
    archive = zipped(tmp_path / "x.zip", {"evil.xml": b"<a/>"}).read_bytes()
    path.write_bytes(court_message() + archive)
    assert code_of(path) == "two_kinds"
    path.write_bytes(court_message() + b" " * 10_000 + archive)
    assert code_of(path) == "two_kinds"


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    plain = tmp_path / "plain.xml"
    plain.write_bytes(MESSAGE)
    assert code_of(tmp_path / "absent.xml") == "missing"
    assert code_of(plain / "below.xml") == "missing"
    assert code_of(Path("a\0b")) == "not_readable"
    assert code_of(tmp_path / ("n" * 300)) == "not_readable"


def test_a_folder_where_nothing_fits_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"x")
    steps = opened(tmp_path)
    assert [step.code for step in steps if isinstance(step, Refused)] == ["nothing_fits"]
    assert names(steps, Ignored) == ["README.md"]
    assert ".xml, .zip" in next(step.message for step in steps if isinstance(step, Refused))
    assert ".zip" not in next(step.message for step in opened(tmp_path, wanted=XML_ONLY) if isinstance(step, Refused))
    assert code_of(zipped(tmp_path / "post.zip", {"folder/": b""})) == "nothing_fits"


def test_special_files_are_refused_without_opening_them(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xml"
    os.mkfifo(pipe)
    started = time.process_time()
    assert code_of(pipe) == "special_file"
    assert code_of(Path("/dev/zero")) == "special_file"
    (in_folder,) = opened(tmp_path)
    assert isinstance(in_folder, Refused)
    assert in_folder.code == "special_file"
    assert time.process_time() - started < 1


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.xml").write_bytes(MESSAGE)
    inside = tmp_path / "inside"
    (inside / "deep").mkdir(parents=True)
    (inside / "deep" / "own.xml").write_bytes(MESSAGE)
    (inside / "file.xml").symlink_to(outside / "secret.xml")
    (inside / "folder").symlink_to(outside)
    (inside / "again").symlink_to(inside / "deep")
    (inside / "loop.xml").symlink_to(inside / "loop.xml")
    (inside / "gone.xml").symlink_to(inside / "nowhere.xml")
    (inside / "notes").symlink_to(outside / "secret.xml")
    steps = opened(inside)
    assert names(steps, Document) == ["own.xml"]
    assert names(steps, Ignored) == ["again", "notes"]
    assert {Path(step.path).name: step.code for step in steps if isinstance(step, Refused)} == {
        "file.xml": "link_leaves_folder",
        "folder": "link_leaves_folder",
        "loop.xml": "not_readable",
        "gone.xml": "missing",
    }
    assert names(opened(inside / "file.xml"), Document) == ["file.xml"]  # named on purpose


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Give up root's right to read everything, and take it back."""
    before = os.geteuid()
    yield lambda: os.seteuid(65_534) if before == 0 else None
    os.seteuid(before)


def test_what_may_not_be_read_is_refused_and_the_rest_is_read(
    tmp_path: Path, as_nobody: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked.xml").write_bytes(MESSAGE)
    (tmp_path / "open.xml").write_bytes(MESSAGE)
    monkeypatch.chdir(tmp_path)
    tmp_path.chmod(0o755)
    (tmp_path / "locked").chmod(0)
    (tmp_path / "locked.xml").chmod(0)
    as_nobody()
    steps = opened(Path("."))
    assert [step.code for step in steps if isinstance(step, Refused)] == ["not_readable", "not_readable"]
    assert names(steps, Document) == ["open.xml"]


def test_T25_a_file_beyond_the_limit_is_refused_by_its_size_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    path.write_bytes(court_message(bail_conditions="x" * 30_000_000))
    path.chmod(0)  # where the tests do not run as root, opening it would fail with another code
    tracemalloc.start()
    (refused,) = opened(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(refused, Refused)
    assert refused.code == "too_large"
    assert "30" in refused.message
    assert "10 MB" in refused.message
    assert peak < 1_000_000


def test_the_limit_is_exact_and_a_file_that_says_it_has_no_size_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<a>01234567890</a>")
    assert code_of(path, limits=Limits(document_bytes=17)) == "too_large"
    assert names(opened(path, limits=Limits(document_bytes=18)), Document) == ["a.xml"]
    assert code_of(Path("/proc/self/status")) == "empty"


def test_names_are_shown_without_tricks_and_differ_when_they_differ(tmp_path: Path) -> None:
    assert safe_to_show("a\u202egpj.xml") == "a<U+202E>gpj.xml"
    assert safe_to_show("a\u2066b\nc\x1b[31m") == "a<U+2066>b<U+000A>c<U+001B>[31m"
    assert safe_to_show("Tŷ Mawr.xml") == "Tŷ Mawr.xml"
    assert safe_to_show(os.fsdecode(b"a\xff")) != safe_to_show(os.fsdecode(b"a\xfe"))
    assert len(safe_to_show("x" * 1_000)) == 200
    path = tmp_path / "lmx.\u202e.xml"
    path.write_bytes(b"")
    (refused,) = opened(path)
    assert isinstance(refused, Refused)
    assert "\u202e" not in refused.path
    assert "<U+202E>" in refused.path


def test_every_refusal_says_in_one_line_what_to_do() -> None:
    for code, sentence in REFUSALS.items():
        assert code.replace("_", "").isalpha()
        assert "\n" not in sentence
        assert sentence.endswith(".")
        assert len(sentence) < 200


# --- archives ---------------------------------------------------------------------------------------------------


def end_record(entries: int, size: int, start: int, comment: bytes = b"") -> bytes:
    return (
        struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries & 0xFFFF, entries & 0xFFFF, size, start, len(comment))
        + comment
    )


def directory_entry(name: bytes, size: int = 1, packed: int = 1, flags: int = 0, method: int = 0) -> bytes:
    return (
        struct.pack(
            "<4s6H3L5H2L",
            b"PK\x01\x02", 20, 20, flags, method, 0, 33, 0, packed, size, len(name), 0, 0, 0, 0, 0o100644 << 16, 0,
        )
        + name
    )  # fmt: skip


def forged(path: Path, directory: bytes, entries: int) -> Path:
    """An archive that is all table of contents."""
    start = b"PK\x03\x04" + bytes(26)
    path.write_bytes(start + directory + end_record(entries, len(directory), len(start)))
    return path


def bomb(path: Path) -> Path:
    """30 files of 10 MB of nothing, 300 KB packed."""
    return zipped(path, {f"{number}.xml": bytes(10_000_000) for number in range(30)})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.xml", "archive_unsafe_name"),
        ("a/../../evil.xml", "archive_unsafe_name"),
        ("/etc/evil.xml", "archive_unsafe_name"),
        ("..\\evil.xml", "archive_unsafe_name"),
        ("C:\\evil.xml", "archive_unsafe_name"),
        ("\\\\host\\evil.xml", "archive_unsafe_name"),
        ("evil.xml\0.txt", "archive_unsafe_name"),
        (".", "archive_unsafe_name"),
        ("inner.zip", "archive_nested"),
        ("deep/inner.7Z", "archive_nested"),
        ("book.xlsx", "archive_nested"),
    ],
)
def test_T26_unsafe_names_and_archives_in_archives_are_refused(tmp_path: Path, name: str, code: str) -> None:
    assert code_of(forged(tmp_path / "post.zip", directory_entry(name.encode()), 1)) == code


def test_T26_links_locks_doubles_and_rare_methods_in_archives_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert code_of(tmp_path / "link.zip") == "archive_unsafe_name"
    locked = directory_entry(b"a.xml", flags=1)
    assert code_of(forged(tmp_path / "locked.zip", locked, 1)) == "archive_encrypted"
    double = directory_entry(b"a.xml") + directory_entry(b"A.xml")
    assert code_of(forged(tmp_path / "double.zip", double, 2)) == "archive_unsafe_name"
    assert code_of(zipped(tmp_path / "lzma.zip", {"a.xml": MESSAGE}, zipfile.ZIP_LZMA)) == "archive_method"


def test_T26_office_documents_are_not_archives_of_messages(tmp_path: Path) -> None:
    book = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}
    assert code_of(zipped(tmp_path / "book.zip", book)) == "archive_is_document"
    assert code_of(zipped(tmp_path / "book.xlsx", book)) == "wrong_kind"
    assert code_of(zipped(tmp_path / "post.dat", {"a.xml": MESSAGE})) == "name_unlike_content"
    assert code_of(zipped(tmp_path / "post.zip", {"a.xml": MESSAGE}), XML_ONLY) == "name_unlike_content"


def test_an_archive_that_is_not_whole_or_not_one_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "post.zip", {"a.xml": MESSAGE})
    whole = path.read_bytes()
    for data, code in (
        (MESSAGE, "not_an_archive"),
        (whole[:-10], "archive_damaged"),
        (whole[:40], "archive_damaged"),
        (whole + b"more", "archive_damaged"),
        (whole[:4] + b"added" + whole[4:], "archive_damaged"),
        (whole[:30] + b"changed" + whole[37:], "archive_damaged"),
        (b"PK\x03\x04" + bytes(40), "archive_damaged"),
        (end_record(0, 0, 0), "nothing_fits"),
    ):
        path.write_bytes(data)
        assert code_of(path) == code, data[:50]


def test_a_damaged_entry_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "post.zip", {"a.xml": MESSAGE, "b.xml": MESSAGE}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<a>b</a>", b"<a>c</a>", 1))
    first, second = opened(path)
    assert isinstance(first, Refused)
    assert first.code == "archive_damaged"
    assert isinstance(second, Document)


def test_a_large_entry_is_refused_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "post.zip", {"a.xml": MESSAGE * 3, "b.xml": MESSAGE}, zipfile.ZIP_STORED)
    first, second = opened(path, limits=Limits(document_bytes=100))
    assert isinstance(first, Refused)
    assert first.code == "too_large"
    assert isinstance(second, Document)


@pytest.mark.parametrize(("length", "stated"), [(400_000, 10), (400_000, 5_000), (400, 1_000)])
def test_T24_a_stated_size_that_is_a_lie_never_inflates_beyond_the_limit(
    tmp_path: Path, length: int, stated: int
) -> None:
    path = zipped(tmp_path / "post.zip", {"a.xml": b"<a>" + b" " * length + b"</a>"})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", stated)
    path.write_bytes(data)
    tracemalloc.start()
    assert code_of(path, limits=Limits(document_bytes=10_000)) == "archive_damaged"
    assert tracemalloc.get_traced_memory()[1] < 300_000
    tracemalloc.stop()


def _thirty_entries_of_10_mb() -> bytes:
    return b"".join(directory_entry(b"%d.xml" % number, 10_000_000, 200_000, method=8) for number in range(30))


def _entries_that_share_their_bytes(path: Path) -> Path:
    shared = b"".join(directory_entry(b"%d.xml" % number, 90_000, 1_000, method=8) for number in range(900))
    return forged(path, shared, 900)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (bomb, "archive_ratio"),
        (lambda path: forged(path, _thirty_entries_of_10_mb(), 30), "archive_too_large"),
        (lambda path: zipped(path, {"a.xml": bytes(5_000_000)}), "archive_ratio"),
        (lambda path: forged(path, directory_entry(b"a.xml", 199_000_000, 0), 1), "archive_ratio"),
        (_entries_that_share_their_bytes, "archive_ratio"),
        (lambda path: forged(path, directory_entry(b"a") * 1_001, 1_001), "archive_too_many"),
        (lambda path: forged(path, directory_entry(b"a") * 1_001, 1_000), "archive_too_many"),
        (lambda path: forged(path, directory_entry(b"a") * 10, 9), "archive_damaged"),
        (lambda path: forged(path, directory_entry(b"a") * 1_000_000, 1_000_000), "archive_too_many"),
        (lambda path: forged(path, directory_entry(b"a") * 1_000_000, 1), "archive_too_many"),
        (lambda path: forged(path, directory_entry(b"a" * 60_000) * 100, 100), "archive_too_many"),
        (lambda path: forged(path, b"junk" * 100, 1), "archive_damaged"),
        (lambda path: forged(path, directory_entry(b"\xff.xml", flags=0x800), 1), "archive_damaged"),
    ],
)
def test_T24_bombs_are_refused_before_inflating_in_100_ms_and_50_MB(
    tmp_path: Path, make: Callable[[Path], Path], code: str
) -> None:
    path = make(tmp_path / "bomb.zip")
    tracemalloc.start()
    started = time.process_time()
    assert code_of(path) == code
    took = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 0.1
    assert peak < 50_000_000


def test_T24_a_zip64_archive_of_a_million_entries_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    directory = directory_entry(b"a") * 1_000_000
    start = b"PK\x03\x04" + bytes(26)
    at = len(start) + len(directory)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, len(directory), len(start))
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(start + directory + end64 + locator + end)
    started = time.process_time()
    assert code_of(path) == "archive_too_many"
    assert time.process_time() - started < 0.1


def test_T24_the_whole_process_stays_below_50_MB_on_a_bomb(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import pathlib, re, sys
        from craffu.intake.opening import Wanted, open_all
        (refused,) = open_all(sys.argv[1:], Wanted(kind="xml", suffixes=(".xml",)))
        print(refused.code, re.search("VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1])
    """)
    path = bomb(tmp_path / "bomb.zip")
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    code, kilobytes = done.stdout.split()
    assert code == "archive_ratio"
    assert int(kilobytes) < 50_000


def test_inspection_serves_office_documents_too(tmp_path: Path) -> None:
    book = zipped(tmp_path / "book.xlsx", {"[Content_Types].xml": b"<a/>"})
    with book.open("rb") as stream, inspect(stream) as archive:
        assert archive.namelist() == ["[Content_Types].xml"]
    with pytest.raises(Unfit, match="not_an_archive"):
        inspect(io.BytesIO(b"no"))
