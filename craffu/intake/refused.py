"""Why something handed in was not read: one code and one clear line saying what is wrong and what to do (INT-03).

A whole file is refused only when it cannot be read, is not what the adapter reads, or is unsafe to unpack.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_NEVER_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def gettext_noop(sentence: str) -> str:
    """Mark an English sentence for the translators' catalogue; the page that shows it translates it."""
    return sentence


REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "missing": gettext_noop("There is no file or folder here. Check the name and try again."),
        "not_readable": gettext_noop("This cannot be opened. Check that you may read it, then try again."),
        "special_file": gettext_noop("This is not an ordinary file or folder. Give the file itself."),
        "link_leaves_folder": gettext_noop(
            "This link leads out of the folder and was not followed. Copy the file itself into the folder."
        ),
        "nothing_fits": gettext_noop(
            "Nothing in here ends in %(suffixes)s. Check that this is the right folder or archive."
        ),
        "empty": gettext_noop("This file is empty (0 bytes). Ask the sender for it again."),
        "too_large": gettext_noop(
            "This file is %(size)s MB and the limit is %(limit)s MB. Ask the sender to split it."
        ),
        "binary": gettext_noop("This is not a text file, so it is not %(wanted)s. Ask the sender for the original."),
        "wrong_kind": gettext_noop("This is %(found)s, not %(wanted)s. Ask the sender for the original file."),
        "two_kinds": gettext_noop(
            "This is %(wanted)s and %(found)s in one file, which is a known disguise. "
            "Do not open it; tell your information security team."
        ),
        "name_unlike_content": gettext_noop(
            "This is a ZIP archive but its name does not end in .zip. If you trust it, rename it and try again."
        ),
        "not_an_archive": gettext_noop(
            "The name ends in .zip but this is not a ZIP archive. Ask the sender for it again."
        ),
        "archive_damaged": gettext_noop(
            "This archive is damaged, cut short or has something added to it. Ask the sender for it again."
        ),
        "archive_is_document": gettext_noop(
            "This is a Word, Excel or OpenDocument file, not an archive of %(wanted)s files. "
            "Ask the sender for the original."
        ),
        "archive_nested": gettext_noop(
            "This archive holds another archive. Unpack it on a safe computer and give the files."
        ),
        "archive_encrypted": gettext_noop("This archive is locked with a password. Ask the sender for an open one."),
        "archive_unsafe_name": gettext_noop(
            "A name inside this archive points outside it, or two names are the same. "
            "Do not unpack it; tell your information security team."
        ),
        "archive_method": gettext_noop(
            "This archive is packed by a method that is not read here. Ask the sender for an ordinary ZIP archive."
        ),
        "archive_too_many": gettext_noop("This archive holds more than %(limit)s files. Ask the sender to split it."),
        "archive_too_large": gettext_noop(
            "This archive would unpack to more than %(limit)s MB. Ask the sender to split it."
        ),
        "archive_ratio": gettext_noop(
            "This archive would swell to more than %(limit)s times its size, as an attack does. "
            "Do not unpack it; tell your information security team."
        ),
        "encoding_not_supported": gettext_noop(
            "This file is written in %(found)s, which is not read here. Ask the sender for UTF-8."
        ),
        "text_damaged": gettext_noop(
            "Line %(line)s holds characters that are not %(found)s, so the file was damaged on its way. "
            "Ask the sender for it again."
        ),
        "document_type_declared": gettext_noop(
            "Line %(line)s declares a document type or an entity, which these files never do and attacks need. "
            "Do not open it; tell your information security team."
        ),
        "cut_short": gettext_noop(
            "This file breaks off at line %(line)s, before its end. Ask the sender for it again."
        ),
        "not_well_formed": gettext_noop("Line %(line)s is not well-formed XML. Ask the sender to correct it."),
        "parser_limit": gettext_noop(
            "Line %(line)s is far longer or nested far deeper than any real document. Ask the sender to check it."
        ),
        "wrong_root": gettext_noop(
            "This is XML, but it begins with %(found)s and not with %(wanted)s. Check that it is the right file."
        ),
        "no_message": gettext_noop("This message holds no %(wanted)s. Check that it is the right kind of message."),
        "several_messages": gettext_noop(
            "This file holds %(found)s messages and one is read from each file. Ask the sender to split it."
        ),
        "wrong_message": gettext_noop(
            "This message is %(found)s, not %(wanted)s. Check that it is the right kind of message."
        ),
        "no_case": gettext_noop("This message names no case, so there is nothing to take in. Ask the sender."),
        "field_too_large": gettext_noop(
            "%(field)s at line %(line)s is longer than %(limit)s characters, far more than a court writes. "
            "Ask the sender to check it."
        ),
        "too_deep": gettext_noop("Line %(line)s is nested deeper than any court message. Ask the sender to check it."),
        "too_many_elements": gettext_noop(
            "This message has more than %(limit)s elements, far more than a court message. Ask the sender to check it."
        ),
        "code_list_unknown": gettext_noop(
            "This is none of the official code lists that are read here. Check that it is the right file and has the "
            "name its publisher gave it."
        ),
        "column_missing": gettext_noop(
            "This file has no %(wanted)s, which a list of this kind has (%(found)s). Check that it is the right file."
        ),
        "not_well_formed_json": gettext_noop("Line %(line)s is not well-formed JSON. Ask the sender to correct it."),
        "not_well_formed_csv": gettext_noop(
            "Line %(line)s begins a row that is far too long for CSV, as when a quotation mark is missing. "
            "Ask the sender to correct it."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something handed in that was not read. `path` is safe to show; `values` fill the translated sentence."""

    path: str
    code: str
    message: str
    line: int | None = None
    values: tuple[tuple[str, str], ...] = ()


class Unfit(Exception):  # not an error of ours: what was handed in is unfit to be read
    """Raised while opening or reading; turned into a `Refused` at the edge, never seen outside intake."""

    def __init__(self, code: str, *, line: int | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        filled = values if line is None else {"line": line, **values}
        self.values = tuple((name, str(value)) for name, value in filled.items())

    def refused(self, path: str) -> Refused:
        """The refusal of the file shown as `path`, in English."""
        return Refused(path, self.code, REFUSALS[self.code] % dict(self.values), self.line, self.values)


def safe_to_show(name: str, longest: int = 200) -> str:
    """A name with every invisible, reordering or control character spelt out (`<U+202E>`), shortened in the middle.

    Two different names of ordinary length never look the same afterwards.
    """
    shown = "".join(
        f"<U+{ord(character):04X}>" if unicodedata.category(character) in _NEVER_SHOWN else character
        for character in name
    )
    if len(shown) <= longest:
        return shown
    half = longest // 2
    return f"{shown[: half - 1]}…{shown[-half:]}"


def in_megabytes(size: int) -> str:
    """A number of bytes as megabytes for a sentence: 31457280 is '31.5'."""
    return f"{size / 1_000_000:.1f}".removesuffix(".0")
