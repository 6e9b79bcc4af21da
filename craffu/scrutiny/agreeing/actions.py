"""The only write of arbitration: what somebody else decides where two reviewers differ; both originals stay (SCR-08, DS-94)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.scrutiny.agreeing.pairing import differ
from craffu.scrutiny.agreeing.queries import pairs_of
from craffu.scrutiny.asking.reading import shipped
from craffu.scrutiny.asking.rules import missing, settled
from craffu.scrutiny.models import Adjudicated
from craffu.scrutiny.reviewing import events
from craffu.scrutiny.reviewing.facts import NewAdjudication
from craffu.scrutiny.reviewing.permissions import check_can_adjudicate
from craffu.scrutiny.reviewing.policies import (
    check_answer,
    check_did_not_review,
    check_differs,
    check_is_reasoned,
    check_not_adjudicated,
)
from craffu.scrutiny.reviewing.queries import kept_given
from craffu.scrutiny.sampling.queries import find_sample


@action
def adjudicate(*, by: Acting, sample: str, given: NewAdjudication, now: datetime | None = None) -> Adjudicated:
    """Decide one answer, once. Raises NotNow before all are in, for a reviewer of the case, and where the two do not differ."""
    user, at = check_can_adjudicate(by), now or clock.now()
    lock_until_commit("adjudication", by.force.code, sample)
    found = check_is_there(find_sample(by, sample))
    pair = check_is_there(next((one for one in pairs_of(by, found) if one.first.case.number == given.number), None))
    check_did_not_review(did_review=user in {pair.first.reviewer, pair.second.reviewer})
    question = check_is_there(next((one for one in shipped()[found.form].questions if one.id == given.question), None))
    check_differs(differs=differ(question, pair.of_first, pair.of_second, given.repeat))
    said = settled(question, given.given)
    check_answer(missing(question, said, day_of(at), is_panel=True))
    check_is_reasoned(given.reason)
    case = pair.first.case
    rows = Adjudicated.objects.for_user(by).filter(case=case, question=given.question, repeat=given.repeat)
    check_not_adjudicated(is_adjudicated=rows.exists())
    row: Adjudicated = Adjudicated.objects.create(
        force=by.force, case=case, question=given.question, repeat=given.repeat, said=kept_given(said),
        reason=given.reason.strip(), by=user, known_from=at,
    )  # fmt: skip
    refs = (f"case_review/{pair.first.reference}", f"case_review/{pair.second.reference}")
    audit.record(kind=events.REVIEW_ADJUDICATED, actor=by.actor, refs=refs, request=by.request, now=at)
    return row
