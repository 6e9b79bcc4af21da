"""The only write of the standing answer: a named person signs the words by the tests as they stand (SCR-13)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.measures.kept.reading import kept_figures
from craffu.measures.places import folder_of
from craffu.scrutiny.deep_dives.permissions import check_can_lead
from craffu.scrutiny.models import StandingAnswer
from craffu.scrutiny.standing import events
from craffu.scrutiny.standing.facts import NewAnswer
from craffu.scrutiny.standing.policies import check_has_figures, check_may_sign, check_same_figures, check_words
from craffu.scrutiny.standing.queries import made_of, standing
from craffu.scrutiny.standing.rules import Signature


@action
def sign(*, by: Acting, given: NewAnswer, now: datetime | None = None) -> StandingAnswer:
    """Sign the answer of this day. Raises NotNow where a verdict turned without a cause, Conflict where the figures changed."""
    user, at = check_can_lead(by), now or clock.now()
    lock_until_commit("standing-answer", by.force.code)
    kept = kept_figures(folder_of(by))
    check_has_figures(has_figures=kept is not None)
    kept, found = check_is_there(kept), check_is_there(standing(by))
    check_same_figures(given.seen, found.seen)
    check_words(given.words_en, given.words_cy)
    causes = {key: words.strip() for key, words in given.causes.items() if words.strip()}
    check_may_sign(made_of(kept, found.signed, causes, Signature(True, day_of(at))))
    turned = {one.key for one in found.changes}
    row: StandingAnswer = StandingAnswer.objects.create(
        force=by.force, signed_on=day_of(at), words_en=given.words_en.strip(), words_cy=given.words_cy.strip(),
        snapshot=found.snapshot, sha256=found.sha256,
        tests=[
            {
                "key": one.key, "verdict": one.verdict.value,
                "count": one.figure.numerator if one.figure else None, "of": one.figure.denominator if one.figure else None,
            }
            for one in found.tests
        ],
        causes={key: words for key, words in causes.items() if key in turned}, by=user, known_from=at,
    )  # fmt: skip
    refs = [f"snapshot/{found.snapshot}"]
    audit.record(kind=events.STANDING_SIGNED, actor=by.actor, refs=refs, request=by.request, now=at)
    return row
