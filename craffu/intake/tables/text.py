"""Bytes to text, by what the bytes themselves say: a byte order mark, else UTF-8, else Windows-1252, else refused (INT-03).

Windows-1252 is what Excel still writes for CSV; that a file was read so is told, because nothing in it says so.
"""

from dataclasses import dataclass

from craffu.intake.refused import Unfit

AS_WINDOWS_1252 = "read_as_windows_1252"

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
        return Decoded(_strictly(data, encoding).removeprefix("\ufeff"))
    for mark, marked in _MARKS:
        if data.startswith(mark):
            if not marked:
                raise Unfit("encoding_not_supported", found="UTF-32")
            return Decoded(_strictly(data, marked))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return Decoded(_strictly(data, "windows-1252"), (AS_WINDOWS_1252,))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unfit("text_damaged", line=line, found=encoding.removesuffix("-sig").upper()) from None
