"""What a file really is, by its first and last bytes and never by its name (INT-03).

A file that is two things at once is refused as a disguise, even where the part we would read looks sound.
"""

from pathlib import PurePath
from typing import Literal

from craffu.common.sentences import gettext_noop as _
from craffu.intake.refused import Unfit

Kind = Literal["xml", "json", "csv", "xlsx", "ods"]

KIND_NAMES: dict[Kind, str] = {"xml": "XML", "json": "JSON", "csv": "CSV", "xlsx": "XLSX", "ods": "ODS"}

# A name that ends so says which kind the file is.
_SUFFIXES: dict[str, Kind] = {f".{kind}": kind for kind in KIND_NAMES}

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
ZIP_END = b"PK\x05\x06"
ZIP_END_REACH = 22 + 65_535  # the end record and the longest comment after it

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", _("a PDF")),
    (b"\x89PNG\r\n\x1a\n", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"II*\x00", _("a picture")),
    (b"MM\x00*", _("a picture")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _("an old Word, Excel or Outlook file")),
    (b"\x1f\x8b", _("a compressed file")),
    (b"BZh", _("a compressed file")),
    (b"\xfd7zXZ\x00", _("a compressed file")),
    (b"\x28\xb5\x2f\xfd", _("a compressed file")),
    (b"7z\xbc\xaf\x27\x1c", _("a 7-Zip archive")),
    (b"Rar!\x1a\x07", _("a RAR archive")),
    (b"\x7fELF", _("a program")),
    (b"SQLite format 3\x00", _("a database")),
    (b"{\\rtf", _("an RTF document")),
)
_OFFICE = _("a Word, Excel or OpenDocument file")
_PDF = _("a PDF")
_ZIP = _("a ZIP archive")
_WEB_PAGE = _("a web page")
_PLAIN_TEXT = _("plain text")

# What a file may be found to be: our words, to be translated, where what else a refusal quotes is the sender's.
FOUND_NAMES = frozenset({*(found for _signature, found in _SIGNATURES), _OFFICE, _PDF, _ZIP, _WEB_PAGE, _PLAIN_TEXT})

_OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/")
_ODS_MARK = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_XLSX_PART = b"xl/workbook.xml"
_DIRECTORY_REACH = ZIP_END_REACH + 1_000_000  # the longest table of contents that is read, and what may follow it
_NEVER_IN_TEXT = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))
_HEAD = 8_192
_PDF_REACH = 1_024  # readers accept a PDF that begins this far in


def names_of(*wanted: Kind) -> str:
    """The kinds of text as a sentence names them."""
    return "/".join(KIND_NAMES[kind] for kind in wanted)


def check_kind(data: bytes, *wanted: Kind) -> None:
    """Refuse (`Unfit`) whatever does not begin, look and end as a wanted kind of text, or is no wanted workbook.

    What a workbook holds is judged where it is read, before anything in it is inflated.
    """
    wanted_name = names_of(*wanted)
    if data.startswith(ZIP_STARTS):
        if _workbook_kind(data) in wanted:
            return
        if any(mark in part for mark in _OFFICE_MARKS for part in (data[:_HEAD], data[-ZIP_END_REACH:])):
            raise Unfit("wrong_kind", found=_OFFICE, wanted=wanted_name)
        raise Unfit("name_unlike_content")
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            raise Unfit("wrong_kind", found=found, wanted=wanted_name)
    head = _as_single_bytes(data[:_HEAD])
    found_kind = _text_kind(head, wanted)
    is_wanted = found_kind in {KIND_NAMES[kind] for kind in wanted}
    if is_wanted:
        _check_nothing_hidden(data, wanted_name)
    if head.translate(None, _NEVER_IN_TEXT) != head:
        raise Unfit("binary", wanted=wanted_name)
    if not is_wanted:
        raise Unfit("wrong_kind", found=found_kind, wanted=wanted_name)


def _check_nothing_hidden(data: bytes, wanted_name: str) -> None:
    if ZIP_END in data[-ZIP_END_REACH:]:
        raise Unfit("two_kinds", found=_ZIP, wanted=wanted_name)
    if b"%PDF-" in data[:_PDF_REACH]:
        raise Unfit("two_kinds", found=_PDF, wanted=wanted_name)


def _as_single_bytes(head: bytes) -> bytes:
    """The head with a byte order mark removed and UTF-16 thinned to one byte for each plain character."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:2] in (b"<\x00", b"\x00<"):
        big_endian = head.startswith(b"\xfe\xff") or head[:1] == b"\x00"
        text = head[: len(head) // 2 * 2].decode("utf-16-be" if big_endian else "utf-16-le", "ignore")
        return text.removeprefix("\ufeff").encode("utf-8")
    return head.removeprefix(b"\xef\xbb\xbf")


def _text_kind(head: bytes, wanted: tuple[Kind, ...]) -> str:
    start = head.lstrip()[:64].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return _WEB_PAGE
    if start.startswith(b"<"):
        return KIND_NAMES["xml"]
    if start.startswith((b"{", b"[")):
        return KIND_NAMES["json"]
    return KIND_NAMES["csv"] if "csv" in wanted else _PLAIN_TEXT


def _workbook_kind(data: bytes) -> Kind | None:
    """Which workbook an archive says it is: OpenDocument at its beginning, XLSX in its table of contents."""
    if not data.startswith(ZIP_STARTS):
        return None
    if _ODS_MARK in data[:_HEAD]:
        return "ods"
    return "xlsx" if _XLSX_PART in data[-_DIRECTORY_REACH:] else None


def check_name(name: str, data: bytes, *wanted: Kind) -> None:
    """Refuse a file whose name ends as one kind that is read here and whose content is another (`Unfit`)."""
    suffix = PurePath(name).suffix
    stated = _SUFFIXES.get(suffix.lower())
    workbook = _workbook_kind(data)
    if stated in wanted and (workbook is not None or stated in ("xlsx", "ods")) and stated != workbook:
        raise Unfit("name_unlike_kind", found=KIND_NAMES[workbook] if workbook else _PLAIN_TEXT, ending=suffix)
