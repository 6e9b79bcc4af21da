"""When a sample may be planned, frozen, given out, drawn, and a case of it replaced (SCR-01, SCR-02, SCR-05, SCR-07)."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow
from craffu.scrutiny.sampling.facts import NewSample
from craffu.scrutiny.sampling.kinds import Frame, is_split_by

LONGEST_SEED = 100
LEAST_REVIEWERS = 2
# Four weeks, the first and the last day among them.
SHORTEST = timedelta(days=27)


def check_plan(given: NewSample, today: date) -> None:
    """A question, a rule that says of which days, strata that such a frame has, and a size that is one."""
    if not given.question.strip():
        raise NotNow("no_question", _("Write the question that the sample is to answer."))
    since, until = given.inclusion.since, given.inclusion.until
    if given.inclusion.of is Frame.ORDERS_IN_FORCE:
        if since is not None or until is not None:
            raise NotNow(
                "period_of_orders", _("Orders in force are those of the day of freezing. Leave the days empty.")
            )
    elif since is None or until is None or since > until:
        raise NotNow("no_period", _("Give the first and the last day on which the cases were opened."))
    elif until - since < SHORTEST:
        # Over a day or two whoever plans would count the force's cases one by one.
        raise NotNow("period_too_short", _("Choose four weeks or more, from the first day to the last."))
    elif until > today:
        raise NotNow("period_to_come", _("The period has not ended yet. Choose a last day that has come."))
    if not is_split_by(given.inclusion, given.strata):
        raise NotNow(
            "no_such_strata", _("Cases can be split by area, and orders by kind. Choose one that fits, or none.")
        )
    if given.number is not None and given.number < 1:
        raise NotNow("no_number", _("A sample has at least one case."))


def check_not_frozen(*, is_frozen: bool) -> None:
    if is_frozen:
        raise Conflict("frozen", _("The frame is frozen already. Nothing was changed."))


def check_is_frozen(*, is_frozen: bool) -> None:
    if not is_frozen:
        raise NotNow("not_frozen", _("Freeze the frame first: there is no seed before the frame is frozen."))


def check_has_cases(number: int) -> None:
    if not number:
        raise NotNow("empty_frame", _("No case fits the rule: there is nothing to draw from. Change the rule."))


def check_reviewers(named: Collection[str], known: Collection[str], needed: int = LEAST_REVIEWERS) -> None:
    """Each once, each somebody who may review, and enough that nobody is asked a second time about one case."""
    strange = sorted(set(named) - set(known))
    if strange:
        raise NotNow(
            "not_a_reviewer",
            _("%(names)s may not review cases: choose scrutiny officers and volunteers who do no casework.")
            % {"names": ", ".join(strange)},
        )
    if len(set(named)) < needed or len(set(named)) < len(named):
        raise NotNow("too_few_reviewers", _("Name at least two reviewers, each once: the second is never the first."))


def check_has_reviewers(*, is_named: bool) -> None:
    if not is_named:
        raise NotNow("no_reviewers", _("Name the reviewers before the seed is given: then nobody chooses their cases."))


def check_seed(seed: str, *, has_not_seen: bool, made_the_frame: bool) -> None:
    """Given by somebody who has not seen the frame, and says so."""
    if made_the_frame:
        raise NotNow("saw_the_frame", _("You planned this sample or froze its frame. Somebody else gives the seed."))
    if not has_not_seen:
        raise NotNow("not_said", _("Confirm that you have not seen which cases are in the frame."))
    if not seed.strip() or len(seed) > LONGEST_SEED:
        raise NotNow(
            "no_seed", _("Write a seed of up to 100 characters, such as numbers that you have thrown with dice.")
        )


def check_not_drawn(*, is_drawn: bool) -> None:
    if is_drawn:
        raise Conflict("drawn", _("The sample is drawn already. Nothing was changed."))


def check_may_replace(*, is_replaced: bool, is_submitted: bool) -> None:
    if is_replaced:
        raise Conflict("replaced", _("This case was replaced already. Nothing was changed."))
    if is_submitted:
        raise NotNow(
            "review_is_in", _("A review of this case is in that assesses it. A case that was assessed is not replaced.")
        )


def check_is_not_reviewing(*, is_reviewing: bool) -> None:
    """Else whoever still reviews a case would learn what its other reviewer said of it (SCR-07)."""
    if is_reviewing:
        raise NotNow(
            "reviewing_it", _("You still review this case yourself. Submit your review, or let somebody else do this.")
        )


def check_bears_out(*, is_borne_out: bool) -> None:
    if not is_borne_out:
        raise NotNow(
            "not_borne_out", _("No reviewer of this case has said so. A case is replaced on a reviewer’s word alone.")
        )
