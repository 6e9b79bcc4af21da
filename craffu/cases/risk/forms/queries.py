"""Reads of loaded forms, and of what was answered with an assessment."""

import json

from craffu.access.acting import Acting
from craffu.cases.risk.forms.models import RiskAnswers, RiskForm
from craffu.cases.risk.forms.permissions import check_can_read_answers
from craffu.cases.risk.forms.rules import Question, questions_of
from craffu.cases.risk.models import RiskAssessment


def forms_loaded(by: Acting) -> list[RiskForm]:
    """Every version of every form of the force, in the order loaded. One query."""
    return list(RiskForm.objects.for_user(by).order_by("id"))


def forms_to_choose(by: Acting) -> list[RiskForm]:
    """The version of each tool that was loaded last. One query."""
    newest = {form.tool: form for form in RiskForm.objects.for_user(by).defer("schema").order_by("id")}
    return sorted(newest.values(), key=lambda form: form.tool.casefold())


def find_form(by: Acting, reference: str) -> RiskForm | None:
    form: RiskForm | None = RiskForm.objects.for_user(by).filter(reference=reference).first()
    return form


def questions(form: RiskForm) -> tuple[Question, ...]:
    return questions_of(json.loads(form.schema))


def answers_kept(by: Acting, assessment: RiskAssessment) -> dict[str, str]:
    """What was answered with an assessment, by the names of the questions; nothing where no form was used."""
    given = RiskAnswers.objects.for_user(by).filter(assessment=assessment).first()
    return dict(json.loads(given.answers)) if given is not None else {}


def answers_given(by: Acting, assessment: RiskAssessment) -> list[tuple[Question, str]]:
    """Each question of the form that was used, with its answer; nothing where none was. Raises NotPermitted. One query."""
    check_can_read_answers(by)
    given = RiskAnswers.objects.for_user(by).filter(assessment=assessment).select_related("form").first()
    if given is None:
        return []
    said = json.loads(given.answers)
    return [(question, said.get(question.name, "")) for question in questions(given.form)]
