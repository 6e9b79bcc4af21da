"""The tables of a report as a workbook: what it prints, and no count that it does not (P34, MSR-03)."""

from importlib import import_module

from django.utils.translation import gettext as _

from craffu.documents.bundles import Bundle, Form, Table
from craffu.scrutiny.publishing.facts import Text


def data_pack(text: Text, said_in: str, title: str, reference: str, sha256: str, marking: str) -> bytes:
    """Every table of a text in a language. What writes it is loaded when it is first asked for (B11)."""
    tables = tuple(
        Table(block["caption"], tuple(block["columns"]), [list(row) for row in block["rows"]])
        for block in text[said_in]
        if block["kind"] == "grid"
    )
    facts = ((_("Reference"), reference), (_("SHA-256 of the text"), sha256))
    made: bytes = (
        import_module("craffu.documents.writing").written(Bundle(marking, title, facts, tables), Form.XLSX).read()
    )
    return made
