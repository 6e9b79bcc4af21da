"""Whether the conduct of a case that was read was rightly classed (form, DS-A1; R2b)."""

import pytest

from craffu.scrutiny.classing.rules import rightly

pytestmark = pytest.mark.rule("SCR-08")


@pytest.mark.parametrize(
    ("said", "decided", "found"),
    [
        (["yes"], None, True),
        (["yes", "yes"], None, True),
        (["partly"], None, False),
        (["no", "partly"], None, False),
        (["yes", "no"], None, None),
        (["yes", "no"], "no", False),
        (["yes", "no"], "yes", True),
        (["not_recorded"], None, None),
        (["not_recorded", "no"], None, None),
        (["yes", "not_applicable"], "not_recorded", None),
        ([], None, None),
    ],
)
def test_by_what_was_decided_else_by_what_all_said(said: list[str], decided: str | None, found: bool | None) -> None:
    assert rightly(said, decided) is found
