"""Every command that the runbook tells somebody to type is one that there is (SEC-05)."""

import re
import shlex

import pytest

from craffu.config.cli import parser
from tests.installation import ROOT

RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
TYPED = sorted(
    {line for block in re.findall(r"```\n(.*?)```", RUNBOOK, re.DOTALL) for line in block.splitlines() if line}
)


def test_there_are_commands_in_it() -> None:
    assert len(TYPED) > 12


@pytest.mark.parametrize("typed", TYPED)
def test_a_command_of_the_runbook_is_taken(typed: str) -> None:
    program, command, *args = shlex.split(typed)
    assert program == "craffu"
    parser(command).parse_args([command, *args])
