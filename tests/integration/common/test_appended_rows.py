"""Rows appended many at once come back as they were, whatever is in them, on both databases."""

from dataclasses import replace

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from craffu.access.acting import Acting
from craffu.common.copying import array_text
from craffu.common.door import bookkeeping
from craffu.intake.models import KeptRow
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


@pytest.mark.postgres
@pytest.mark.django_db
@given(
    st.lists(
        st.one_of(st.none(), st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)))), min_size=1
    )
)
def test_a_column_comes_out_of_its_array_as_it_went_in(values: list[str | None]) -> None:
    values += TEXTS
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(%s::text[])", [array_text(values, lambda value: None)])
        assert [text for (text,) in cursor.fetchall()] == values


@pytest.mark.parametrize("common", TEXTS)
def test_rows_of_one_force_come_back_as_they_were_too(system: Acting, common: str) -> None:
    """On PostgreSQL they stand behind the wall between forces, which COPY does not pass."""

    @bookkeeping
    def append() -> None:
        rows = [(text, "0" * 64, NOW, line, line, None, "sealed") for line, text in enumerate(("", *TEXTS), start=1)]
        same = {"force": system.force.pk, "known_from": NOW, "kind": "test", "table": common}
        names = ("key", "content_sha256", "said_at", "number", "line", "record", "words")
        KeptRow.objects.append_rows(names, rows, {**provenance().of_batch(), **same})

    append()
    held = KeptRow.objects.for_user(system).filter(table=common).order_by("line")
    expected = [(text, line, NOW, None) for line, text in enumerate(("", *TEXTS), start=1)]
    assert list(held.values_list("key", "number", "said_at", "record")) == expected
