"""What the pages about considering orders show: each kind with how it stands, what is not there and why, what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.cases.risk.queries import CaseRisk
from craffu.clocks.london import day_of, due
from craffu.orders.considering.facts import NewDecision
from craffu.orders.considering.openings import Question, Stands
from craffu.orders.considering.queries import Considered
from craffu.orders.considering.rules import BORN, CONSIDER_WITHIN, Fact, Outcome
from craffu.orders.hearings.rules import lodge_by
from craffu.orders.models import OptionDecided, Order
from craffu.people.queries import Identity
from craffu.victims.models import View
from craffu.web import cells
from craffu.web.considering import words
from craffu.web.court.words import day_words, instant_words
from craffu.web.fields import error_summary_params
from craffu.web.orders.words import kind_words
from craffu.web.people.presenters import name_shown
from craffu.web.people.reached import without_reach
from craffu.web.presenters import Link, Params, Text
from craffu.web.references import unbroken
from craffu.web.risk.presenters import standing_words, status_of
from craffu.web.statuses import Status

# A case may have many suspects; its page shows the first of them.
MOST_RESPONDENTS: Final = 2


@dataclass(frozen=True, slots=True)
class SuspectConsidered:
    """What the page of a case shows of one suspect: the options, the open questions, and what is not there."""

    reference: str
    options: Params | None
    questions: list[Text]
    unavailable: Params | None
    consider: Link | None


@dataclass(frozen=True, slots=True)
class OptionsConsidered:
    """The orders considered in a case, for the first of its suspects; how many others there are."""

    suspects: tuple[SuspectConsidered, ...]
    names_them: bool
    left_out: int


def options_considered(case: str, every: Sequence[Considered], *, may_consider: bool) -> OptionsConsidered:
    """The part of a case's page about orders (P10); `may_consider` whether its reader decides about them."""
    return OptionsConsidered(
        tuple(
            SuspectConsidered(
                one.respondent.reference,
                options_table(one, is_whole=False) if one.questions else None,
                questions(one),
                unavailable_table(one),
                consider_link(case, one.respondent.reference) if may_consider else None,
            )
            for one in every[:MOST_RESPONDENTS]
        ),
        len(every) > 1,
        max(0, len(every) - MOST_RESPONDENTS),
    )


def consider_link(case: str, respondent: str) -> Link:
    return Link(
        _("Consider orders in this case"), f"{reverse('case_consider', kwargs={'case': case})}?respondent={respondent}"
    )


@dataclass(frozen=True, slots=True)
class VictimSays:
    """Who may need protection, and what they said last of orders; `view` None where nobody has asked them.

    `reached` is by what any of them can be reached.
    """

    identity: Identity
    view: View | None
    reached: Sequence[tuple[str, str]] = field(default=(), repr=False)


def summary(
    standing: Considered,
    risk: CaseRisk,
    now: datetime,
    live: Sequence[Order],
    against: Identity | None,
    victims: Sequence[VictimSays],
) -> Params:
    """The case as the table asks it: against whom, at which stage and risk, under which orders, and what victims wish."""
    stands = risk.standing(now)
    rows: list[tuple[Text, Params]] = [
        (_("Against"), cells.words(_named(standing.respondent.reference, against))),
        (_("Stage"), cells.words(words.STAGES[standing.situation.stage])),
        (_("Risk grade"), cells.tag(status_of(stands).tag, standing_words(stands, is_over=risk.is_over))),
        (_("Orders in force against them"), cells.lines(_live(live)) if live else cells.words(_("None known"))),
    ]
    rows += [(_("Who may need protection"), cells.lines(_said_by(one))) for one in victims]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _named(reference: str, identity: Identity | None) -> str:
    return f"{name_shown(identity)} ({reference})" if identity is not None else reference


def _said_by(one: VictimSays) -> list[Text]:
    """Who they are and what they said last of orders, in their own words where the reader may see them."""
    who = _named(one.identity.reference, one.identity)
    if one.view is None:
        return [who, _("Nobody has asked yet what they wish")]
    day = day_words(day_of(one.view.given_at))
    if not one.view.words:
        return [who, _("Said what they wish, %(day)s. The words are not for you") % {"day": day}]
    return [who, _("“%(words)s” (%(day)s)") % {"words": without_reach(one.view.words, one.reached), "day": day}]


def _live(orders: Iterable[Order]) -> list[str]:
    return [unbroken(f"{kind_words(one.kind)}, {one.reference}") for one in orders]


def respondents(case: str, every: Sequence[Considered], chosen: Considered) -> list[Link]:
    """The other suspects, each with the way to their own consideration."""
    address = reverse("case_consider", kwargs={"case": case})
    others = [one.respondent.reference for one in every if one is not chosen]
    return [Link(reference, f"{address}?respondent={reference}") for reference in others]


def status_now(standing: Considered, kind: str) -> Status:
    """How one kind stands, as a tag."""
    question = standing.questions[kind]
    if question.stands is Stands.OPEN:
        return words.OPEN if question.decided is None else words.OPEN_AGAIN
    if question.stands is Stands.WAITS:
        return words.WAITS
    status = standing.statuses.get(kind, "")
    decision = standing.decision_of(kind)
    if status in words.ORDER_NOW or decision is None:
        return words.ORDER_NOW.get(status, words.OPEN)
    return words.DECIDED[decision.outcome]


def options_table(standing: Considered, *, is_whole: bool) -> Params:
    """Every kind offered: how it stands, by whom and when, and why. With `is_whole` the words that were written, too."""
    head: list[cells.Heading] = [_("Kind of order"), _("How it stands"), _("Decided by"), _("Why")]
    rows = [
        [
            cells.words(kind_words(kind)),
            cells.tag(status_now(standing, kind).tag, _since(question)),
            cells.lines(_by(standing.decision_of(kind))),
            cells.lines(_why(standing.decision_of(kind), is_whole=is_whole)),
        ]
        for kind, question in standing.questions.items()
    ]
    return cells.table(_("Orders considered"), head, rows, is_hidden=True)


def _since(question: Question) -> str:
    """What opened a question that is open, and by when it is decided."""
    if question.stands is not Stands.OPEN or question.opening is None:
        return ""
    return _("%(why)s. Decide by %(when)s") % {
        "why": words.OPENED[question.opening.why],
        "when": instant_words(due(question.opening.counts_from, CONSIDER_WITHIN)),
    }


def _by(decision: OptionDecided | None) -> list[str]:
    if decision is None:
        return [_("Nobody")]
    said = [_("%(name)s, %(when)s") % {"name": decision.by.name, "when": instant_words(decision.at)}]
    if decision.agreed_by is not None:
        said.append(_("Agreed by %(name)s") % {"name": decision.agreed_by.name})
    return said


def _why(decision: OptionDecided | None, *, is_whole: bool) -> list[str]:
    if decision is None:
        return [_("None")]
    said = [str(words.DECIDED[decision.outcome].words), str(words.REASONS.get(decision.reason_code, ""))]
    if decision.review_on is not None:
        said.append(_("Decided again on %(day)s") % {"day": day_words(decision.review_on)})
    return [*said, decision.words] if is_whole else said


def unavailable_table(standing: Considered) -> Params | None:
    """Every kind that is not there to consider, with the reason: none is left blank (ORD-01)."""
    rows = [
        [cells.words(kind_words(one.type)), cells.words(words.unavailable_words(one.why))]
        for one in standing.checklist.not_available
    ]
    head: list[cells.Heading] = [_("Kind of order"), _("Why it is not available")]
    return cells.table(_("Kinds that are not available"), head, rows) if rows else None


def waiting_words(standing: Considered) -> str:
    """The kinds that hang on a question nobody has asked."""
    return ", ".join(kind_words(kind) for kind in standing.checklist.waiting_for_a_fact)


def questions(standing: Considered) -> list[Text]:
    """The questions on which kinds hang."""
    return [words.NOT_BORN if one == BORN else words.FACTS[one] for one in standing.checklist.ask]


def facts_asked(standing: Considered) -> list[Fact]:
    """The facts to ask about: on which a kind hangs, and which were answered; an answer may be put right."""
    asked = set(standing.checklist.ask)
    return [fact for fact in Fact if fact in asked or standing.situation.facts.get(fact) is not None]


def decisions_list(decisions: Iterable[NewDecision], *, waits: bool) -> Params:
    """What somebody is about to decide, before they confirm it. `waits` says that what is not pursued waits for a supervisor."""
    rows = []
    for one in decisions:
        said = [str(words.OUTCOMES[one.outcome]), str(words.REASONS[one.reason_code]), one.words]
        if one.review_on is not None:
            said.append(_("Decided again on %(day)s") % {"day": day_words(one.review_on)})
        if waits and one.outcome is Outcome.NOT_PURSUED:
            said.append(_("It does not stand until a supervisor, somebody other than you, agrees."))
        rows.append({"key": {"text": kind_words(one.kind)}, "value": cells.lines(said)})
    return {"rows": rows}


def just_decided(standing: Considered, by: int, now: datetime) -> list[OptionDecided]:
    """What somebody decided in their last step, as long as that step is an hour old at most."""
    own = [one for one in standing.decisions.values() if one.by_id == by and one.agreed_by_id is None]
    last = max((one.at for one in own), default=None)
    return [one for one in own if one.at == last and now - one.at <= timedelta(hours=1)]


def what_follows(standing: Considered, decided: Iterable[OptionDecided]) -> list[str]:
    """Which clocks the decisions started, and what is still to be decided."""
    said = [_follows(standing, one) for one in decided]
    if standing.open:
        said.append(_("Still to be decided: %(kinds)s.") % {"kinds": ", ".join(map(kind_words, standing.open))})
    return said


def _follows(standing: Considered, one: OptionDecided) -> str:
    told = {"kind": kind_words(one.kind)}
    decided_on = day_of(one.at)
    match one.outcome:
        case Outcome.APPLY:
            told["day"] = day_words(lodge_by(decided_on, decided_on).last_day)
            return _("%(kind)s: complete the application and ask for authorisation. To be lodged by %(day)s.") % told
        case Outcome.ASK_PROSECUTOR:
            return _("%(kind)s: ask the prosecutor, with the terms that you propose.") % told
        case Outcome.SUPPORT_OWN_APPLICATION:
            return _("%(kind)s: help the victim to apply, and record what the court makes.") % told
        case Outcome.DEFER if one.review_on is not None:
            told["day"] = day_words(one.review_on)
            return _("%(kind)s: open again from %(day)s, to be decided within 48 hours of it.") % told
        case Outcome.NOT_PURSUED if standing.questions[one.kind].stands is Stands.WAITS:
            return _("%(kind)s: waits for a supervisor, who agrees or asks again.") % told
    return _("%(kind)s: a new report, a breach, a refusal or an order that ends opens it again.") % told


def not_pursued_table(standing: Considered) -> Params | None:
    """What came to nothing, whole, standing or waiting for a supervisor."""
    head: list[cells.Heading] = [_("Kind of order"), _("How it stands"), _("Decided by"), _("Why")]
    rows = [
        [
            cells.words(kind_words(one.kind)),
            cells.tag(status_now(standing, one.kind).tag),
            cells.lines(_by(one)),
            cells.lines(_why(one, is_whole=True)),
        ]
        for one in standing.came_to_nothing
    ]
    return cells.table(_("Not pursued"), head, rows, is_hidden=True) if rows else None


def versions(standing: Considered, given: Iterable[NewDecision]) -> list[tuple[Text, Text, Text]]:
    """What stands now and what the person was about to decide, kind by kind (T30)."""
    found: list[tuple[Text, Text, Text]] = []
    for one in given:
        held = standing.decision_of(one.kind)
        stands = str(words.DECIDED[held.outcome].words) if held else str(words.OPEN.words)
        found.append((kind_words(one.kind), stands, f"{words.OUTCOMES[one.outcome]}. {one.words}"))
    return found


def problems(forms: Iterable[BaseForm]) -> Params | None:
    """Everything that is wrong in several forms of one page, in its order."""
    found = [params for form in forms if (params := error_summary_params(form))]
    if not found:
        return None
    return {"titleText": found[0]["titleText"], "errorList": [one for params in found for one in params["errorList"]]}
