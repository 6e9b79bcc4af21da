"""The page about the layout names every table, column and code of it, and the mapping it shows can be used."""

import re
from pathlib import Path

import pytest

from craffu.intake.records.layout import layout_of
from craffu.intake.records.mapping import read_mapping

DOCS = Path(__file__).resolve().parents[4] / "docs"
PAGES = {
    kind: (DOCS / f"{kind}-layout.md").read_text(encoding="utf-8")
    for kind in ("rms", "witness-care", "order-watch", "surveys")
}


@pytest.mark.parametrize("kind", PAGES)
def test_the_page_names_every_column_and_says_of_each_whether_it_must_be_filled_and_is_protected(kind: str) -> None:
    for name, table in layout_of(kind).tables.items():
        (line,) = (line for line in PAGES[kind].splitlines() if line.startswith(f"| {name} |"))
        named = line.split("|")[3].strip().split(", ")
        marked = {
            column.name: f"**{column.name}**"
            if column.required
            else f"*{column.name}*"
            if column.protected
            else column.name
            for column in table.columns
        }
        assert named == list(marked.values())


@pytest.mark.parametrize("kind", PAGES)
def test_the_page_names_every_code(kind: str) -> None:
    for table in layout_of(kind).tables.values():
        for column in table.columns:
            if column.values:
                assert f"{column.name} `{' '.join(column.values)}`" in PAGES[kind]


def test_the_mapping_on_the_page_can_be_used() -> None:
    (words,) = re.findall(r"```toml\n(.*?)```", PAGES["rms"], re.DOTALL)
    assert read_mapping("rms", words.encode()).tables["persons"].constants == {"language": "en"}
