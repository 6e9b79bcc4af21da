"""Bytes to text, by what the bytes themselves say: a byte order mark, else UTF-8, else Windows-1252, else refused (INT-03).

Windows-1252 is what Excel still writes for CSV; that a file was read so is told, because nothing in it says so. UTF-8 says
so itself: hardly any other text can be read as it. So one damaged letter does not turn every accent of the others into
two wrong letters, and neither does an encoding that is declared and no longer true.
"""

from dataclasses import dataclass

from craffu.intake.refused import Unfit

AS_WINDOWS_1252 = "read_as_windows_1252"
AS_UTF_8 = "read_as_utf_8"

_ONE_BYTE_A_LETTER = ("windows-1252", "iso-8859-1")

_MARKS = (
    (b"\xff\xfe\x00\x00", ""),
    (b"\x00\x00\xfe\xff", ""),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what had to be assumed to read it."""

    text: str
    notes: tuple[str, ...] = ()


def decoded(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a table, in the encoding that is declared for it or that it shows by itself.

    Raises Unfit with the line of the first byte that is no character. LookupError for an encoding that nobody knows.
    """
    if encoding is not None:
        if encoding in _ONE_BYTE_A_LETTER and not data.isascii() and (text := _as_utf_8(data)) is not None:
            return Decoded(text.removeprefix("\ufeff"), (AS_UTF_8,))
        return Decoded(_strictly(data, encoding).removeprefix("\ufeff"))
    for mark, marked in _MARKS:
        if data.startswith(mark):
            if not marked:
                raise Unfit("encoding_not_supported", found="UTF-32")
            return Decoded(_strictly(data, marked))
    if (text := _as_utf_8(data)) is not None:
        return Decoded(text)
    if _is_damaged_utf_8(data):
        return Decoded(_strictly(data, "utf-8"))
    return Decoded(_strictly(data, "windows-1252"), (AS_WINDOWS_1252,))


def _as_utf_8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_damaged_utf_8(data: bytes) -> bool:
    """Whether more of the letters beyond ASCII are UTF-8 than are not."""
    text = data.decode("utf-8", errors="replace")
    beyond = len(text) - len(text.encode("ascii", errors="ignore"))
    return beyond > 2 * text.count("\ufffd")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unfit("text_damaged", line=line, found=encoding.removesuffix("-sig").upper()) from None
