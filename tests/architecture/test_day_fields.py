"""Every day that a page asks for is bounded: a clock counts on from each (CLK-01)."""

import ast

import pytest

from tests.architecture.source import of_craffu


@pytest.mark.rule("CLK-01")
def test_no_form_asks_for_a_day_without_bounds() -> None:
    bare = [
        source.path
        for source in of_craffu()
        for node in source.nodes
        if isinstance(node, ast.Attribute) and node.attr in {"DateField", "DateTimeField"}
        and isinstance(node.value, ast.Name) and node.value.id == "forms"
    ]  # fmt: skip
    assert [str(path) for path in bare] == ["craffu/web/days.py"]
