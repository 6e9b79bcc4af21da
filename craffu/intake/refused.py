"""Why something handed in was not read: one code and one clear line saying what is wrong and what to do (INT-03).

A whole file is refused only when it cannot be read, is not what the adapter reads, or is unsafe to unpack.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from craffu.common.sentences import gettext_noop

_NEVER_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


_ = gettext_noop  # the name by which the catalogue of messages is gathered

REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "missing": _("There is no file or folder here. Check the name and try again."),
        "not_readable": _("This cannot be opened. Check that you may read it, then try again."),
        "special_file": _("This is not an ordinary file or folder. Give the file itself."),
        "link_leaves_folder": _(
            "This link leads out of the folder and was not followed. Copy the file itself into the folder."
        ),
        "nothing_fits": _("Nothing in here ends in %(suffixes)s. Check that this is the right folder or archive."),
        "empty": _("This file is empty (0 bytes). Ask the sender for it again."),
        "too_large": _("This file is %(size)s MB and the limit is %(limit)s MB. Ask the sender to split it."),
        "binary": _("This is not a text file, so it is not %(wanted)s. Ask the sender for the original."),
        "wrong_kind": _("This is %(found)s, not %(wanted)s. Ask the sender for the original file."),
        "two_kinds": _(
            "This is %(wanted)s and %(found)s in one file, which is a known disguise. "
            "Do not open it; tell your information security team."
        ),
        "name_unlike_content": _(
            "This is a ZIP archive but its name does not end in .zip. If you trust it, rename it and try again."
        ),
        "not_an_archive": _("The name ends in .zip but this is not a ZIP archive. Ask the sender for it again."),
        "archive_damaged": _(
            "This archive is damaged, cut short or has something added to it. Ask the sender for it again."
        ),
        "archive_is_document": _(
            "This is a Word, Excel or OpenDocument file, not an archive of %(wanted)s files. "
            "Ask the sender for the original."
        ),
        "archive_nested": _("This archive holds another archive. Unpack it on a safe computer and give the files."),
        "archive_encrypted": _("This archive is locked with a password. Ask the sender for an open one."),
        "archive_unsafe_name": _(
            "A name inside this archive points outside it, or two names are the same. "
            "Do not unpack it; tell your information security team."
        ),
        "archive_method": _(
            "This archive is packed by a method that is not read here. Ask the sender for an ordinary ZIP archive."
        ),
        "archive_too_many": _("This archive holds more than %(limit)s files. Ask the sender to split it."),
        "archive_too_large": _("This archive would unpack to more than %(limit)s MB. Ask the sender to split it."),
        "archive_ratio": _(
            "This archive would swell to more than %(limit)s times its size, as an attack does. "
            "Do not unpack it; tell your information security team."
        ),
        "encoding_not_supported": _(
            "This file is written in %(found)s, which is not read here. Ask the sender for UTF-8."
        ),
        "text_damaged": _(
            "Line %(line)s holds characters that are not %(found)s, so the file was damaged on its way. "
            "Ask the sender for it again."
        ),
        "document_type_declared": _(
            "Line %(line)s declares a document type or an entity, which these files never do and attacks need. "
            "Do not open it; tell your information security team."
        ),
        "cut_short": _("This file breaks off at line %(line)s, before its end. Ask the sender for it again."),
        "not_well_formed": _("Line %(line)s is not well-formed XML. Ask the sender to correct it."),
        "parser_limit": _(
            "Line %(line)s is far longer or nested far deeper than any real document. Ask the sender to check it."
        ),
        "wrong_root": _(
            "This is XML, but it begins with %(found)s and not with %(wanted)s. Check that it is the right file."
        ),
        "no_message": _("This message holds no %(wanted)s. Check that it is the right kind of message."),
        "several_messages": _(
            "This file holds %(found)s messages and one is read from each file. Ask the sender to split it."
        ),
        "wrong_message": _("This message is %(found)s, not %(wanted)s. Check that it is the right kind of message."),
        "no_case": _("This message names no case, so there is nothing to take in. Ask the sender."),
        "field_too_large": _(
            "%(field)s at line %(line)s is longer than %(limit)s characters, far more than a court writes. "
            "Ask the sender to check it."
        ),
        "too_deep": _("Line %(line)s is nested deeper than any court message. Ask the sender to check it."),
        "too_many_elements": _(
            "This message has more than %(limit)s elements, far more than a court message. Ask the sender to check it."
        ),
        "code_list_unknown": _(
            "This is none of the official code lists that are read here. Check that it is the right file and has the "
            "name its publisher gave it."
        ),
        "column_missing": _(
            "This file has no %(wanted)s, which a list of this kind has (%(found)s). Check that it is the right file."
        ),
        "table_unknown": _(
            "The header of this file fits none of the tables of %(found)s (%(wanted)s). Check that it is the right file, "
            "or give the mapping that it needs."
        ),
        "tables_alike": _(
            "The header of this file fits two tables equally well (%(found)s). Ask the sender for a file with all columns "
            "of one of them."
        ),
        "name_unlike_kind": _(
            "This is %(found)s but its name ends in %(ending)s. If you trust it, rename it and try again."
        ),
        "several_tables": _(
            "More than one sheet of this workbook holds such a table (%(found)s). "
            "Save the one that is meant as a file of its own."
        ),
        "column_twice": _(
            "This file has the column %(wanted)s more than once, so nobody knows which is meant. "
            "Ask the sender for a file with one of each."
        ),
        "workbook_damaged": _(
            "This workbook is damaged or is not one that a spreadsheet program wrote. Ask the sender for it again."
        ),
        "workbook_too_large": _(
            "This workbook would fill more than %(limit)s cells. Ask the sender for CSV files instead."
        ),
        "not_well_formed_json": _("Line %(line)s is not well-formed JSON. Ask the sender to correct it."),
        "not_well_formed_csv": _(
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
