"""What a file really is, by its first and last bytes and never by its name (INT-03).

A file that is two things at once is refused as a disguise, even where the part we would read looks sound.
"""

from typing import Literal

from craffu.intake.refused import Unfit, gettext_noop

Kind = Literal["xml", "json", "csv"]

KIND_NAMES: dict[Kind, str] = {"xml": "XML", "json": "JSON", "csv": "CSV"}

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
ZIP_END = b"PK\x05\x06"
ZIP_END_REACH = 22 + 65_535  # the end record and the longest comment after it

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", gettext_noop("a PDF")),
    (b"\x89PNG\r\n\x1a\n", gettext_noop("a picture")),
    (b"\xff\xd8\xff", gettext_noop("a picture")),
    (b"GIF8", gettext_noop("a picture")),
    (b"II*\x00", gettext_noop("a picture")),
    (b"MM\x00*", gettext_noop("a picture")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", gettext_noop("an old Word, Excel or Outlook file")),
    (b"\x1f\x8b", gettext_noop("a compressed file")),
    (b"BZh", gettext_noop("a compressed file")),
    (b"\xfd7zXZ\x00", gettext_noop("a compressed file")),
    (b"\x28\xb5\x2f\xfd", gettext_noop("a compressed file")),
    (b"7z\xbc\xaf\x27\x1c", gettext_noop("a 7-Zip archive")),
    (b"Rar!\x1a\x07", gettext_noop("a RAR archive")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"SQLite format 3\x00", gettext_noop("a database")),
    (b"{\\rtf", gettext_noop("an RTF document")),
)
_OFFICE = gettext_noop("a Word, Excel or OpenDocument file")
_OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/")
_NEVER_IN_TEXT = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))
_HEAD = 8_192
_PDF_REACH = 1_024  # readers accept a PDF that begins this far in


def names_of(*wanted: Kind) -> str:
    """The kinds of text as a sentence names them."""
    return "/".join(KIND_NAMES[kind] for kind in wanted)


def check_kind(data: bytes, *wanted: Kind) -> None:
    """Refuse (`Unfit`) whatever does not begin, look and end as a wanted kind of text."""
    wanted_name = names_of(*wanted)
    if data.startswith(ZIP_STARTS):
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
        raise Unfit("two_kinds", found=gettext_noop("a ZIP archive"), wanted=wanted_name)
    if b"%PDF-" in data[:_PDF_REACH]:
        raise Unfit("two_kinds", found=gettext_noop("a PDF"), wanted=wanted_name)


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
        return gettext_noop("a web page")
    if start.startswith(b"<"):
        return KIND_NAMES["xml"]
    if start.startswith((b"{", b"[")):
        return KIND_NAMES["json"]
    return KIND_NAMES["csv"] if "csv" in wanted else gettext_noop("plain text")
