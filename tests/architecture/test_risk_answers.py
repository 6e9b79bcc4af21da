"""Nothing but the pages of risk reads what was answered to a risk tool, so that nothing can add it up or grade by it (RSK-02)."""

import pytest

from tests.architecture.source import Source, of_craffu, of_text

ANSWERS = {"RiskAnswers", "answers_given", "answers_kept"}
READ_BY = {
    "craffu/cases/models.py",
    "craffu/cases/risk/actions.py",
    "craffu/cases/risk/forms/actions.py",
    "craffu/cases/risk/forms/queries.py",
    "craffu/web/risk/views.py",
}


def reads_answers(source: Source) -> bool:
    names = {name.rpartition(".")[2] for name in source.imports}
    return bool(names & ANSWERS)


@pytest.mark.rule("RSK-02")
def test_only_the_pages_of_risk_read_what_was_answered() -> None:
    assert {source.path for source in of_craffu() if reads_answers(source)} == READ_BY


@pytest.mark.rule("RSK-02")
def test_a_stranger_that_reads_answers_is_found() -> None:
    assert reads_answers(of_text("from craffu.cases.risk.forms.queries import answers_given"))
    assert not reads_answers(of_text("from craffu.cases.risk.forms.queries import find_form"))
