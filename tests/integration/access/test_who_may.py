"""A refusal names the people whom a right is open to, and no program that holds it beside them."""

from collections.abc import Callable

import pytest

from craffu.access.acting import Acting
from craffu.common.refusals import NotPermitted
from craffu.config import cli
from craffu.measures.permissions import check_can_build

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_a_refusal_names_roles_that_somebody_can_ask(acting_as: Callable[..., Acting]) -> None:
    with pytest.raises(NotPermitted) as refused:
        check_can_build(acting_as("response_officer"))
    assert refused.value.message == (
        "This is open to: Analyst, Stalking coordinator, Scrutiny officer. Ask your supervisor."
    )


@pytest.mark.parametrize("typed", [["link", "explain", "P-10001"], ["person", "merge", "P-10001", "P-10002"]])
def test_whoever_may_not_is_not_told_how(
    typed: list[str], acting_as: Callable[..., Acting], capsys: pytest.CaptureFixture[str]
) -> None:
    acting_as("response_officer", username="pc")
    assert cli.main([*typed, "--as", "pc"]) == cli.NOT_CARRIED_OUT
    said = capsys.readouterr().err
    assert "This is open to: Linkage reviewer. Ask your supervisor." in said
    assert "Say which two" not in said
