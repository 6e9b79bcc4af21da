"""Rows appended many at once come back as they were, whatever is in them, on both databases."""

from dataclasses import replace

import pytest

from craffu.access.acting import Acting
from craffu.published.actions import receive_codes
from craffu.published.facts import CodeRow
from craffu.published.models import CodeVersion
from tests.factories.published import NOW, provenance

TEXTS = (
    "it's",
    'say "no"',
    "back\\slash",
    "\\N",
    "\\.",
    "a\ttab",
    "two\nlines",
    "two\r\nlines",
    "Siân ŵ 🐑",
    "%s",
    "?",
)


@pytest.mark.parametrize("common", TEXTS)
def test_texts_come_back_as_they_were_in_the_rows_and_in_what_all_have_in_common(system: Acting, common: str) -> None:
    rows = [
        CodeRow(line, f"c{line}", line, text, {"said": text}, None, None, f"{line:064x}")
        for line, text in enumerate(("", *TEXTS), start=1)
    ]
    named = replace(provenance(), mapping_version=common, source=common)
    receive_codes(by=system, list_name="test", rows=rows, provenance=named, now=NOW)
    held = CodeVersion.objects.filter(list_name="test").order_by("line")
    assert [(one.title, one.attributes, one.number) for one in held] == [
        (row.title, row.attributes, row.number) for row in rows
    ]
    assert {(one.mapping_version, one.source, one.received_at) for one in held} == {(common, common, named.received_at)}
