"""The only writes of risk forms and of the answers to them (ADR 32). Nothing here adds or grades."""

import hashlib
import json
from datetime import datetime

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.cases.risk.forms import events
from craffu.cases.risk.forms.facts import Answered, FormRead
from craffu.cases.risk.forms.models import RiskAnswers, RiskForm
from craffu.cases.risk.forms.permissions import check_can_load_form
from craffu.cases.risk.forms.policies import check_answers_fit, check_version_is_free
from craffu.cases.risk.forms.queries import questions
from craffu.cases.risk.forms.rules import wrong_answers
from craffu.cases.risk.models import RiskAssessment
from craffu.common import clock
from craffu.common.actions import next_reference
from craffu.common.door import action
from craffu.common.locks import lock_until_commit


@action
def load_form(*, by: Acting, read: FormRead, now: datetime | None = None) -> RiskForm:
    """Keep a version of a form. Raises NotPermitted, and NotNow where this version is held with other questions."""
    check_can_load_form(by)
    at = now or clock.now()
    lock_until_commit("risk-form", by.force.code, read.tool)
    schema = json.dumps(read.schema, ensure_ascii=False)
    content = hashlib.sha256(schema.encode()).hexdigest()
    held: RiskForm | None = RiskForm.objects.for_user(by).filter(tool=read.tool, version=read.version).first()
    check_version_is_free(is_taken=held is not None and held.content_sha256 != content)
    if held is not None:
        return held
    form: RiskForm = RiskForm.objects.create(
        force=by.force, reference=next_reference(kind=f"risk-form/{by.force.code}", prefix="RF"), tool=read.tool,
        version=read.version, licence_ref=read.licence_ref, content_sha256=content, schema=schema, known_from=at,
    )  # fmt: skip
    audit.record(
        kind=events.RISK_FORM_LOADED, actor=by.actor, refs=[f"form/{form.reference}"], request=by.request, now=at
    )
    return form


@action
def keep_answers(*, by: Acting, assessment: RiskAssessment, form: RiskForm, answered: Answered) -> None:
    """Keep the answers with their assessment, encrypted. Raises NotNow where the form does not take them.

    Whoever calls this logs the assessment.
    """
    check_answers_fit(wrong_answers(questions(form), answered.answers))
    said = json.dumps(dict(answered.answers), ensure_ascii=False, sort_keys=True)
    RiskAnswers.objects.create(force=by.force, assessment=assessment, form=form, answers=said)
