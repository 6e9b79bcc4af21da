"""What the pages of reviews show: what is gathered, what was answered, and a review as it was put forward (page map, P15)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.languages import Language
from craffu.common.refusals import allows
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.rules import may_ask_for_change
from craffu.orders.following.queries import FollowUp
from craffu.orders.models import CheckMade, ReviewVoice, ServiceAttempt
from craffu.orders.monitoring.schedule import Scheduled
from craffu.orders.noting.facts import Noted
from craffu.orders.queries import OrderStory
from craffu.orders.reviewing import rules
from craffu.orders.reviewing.facts import Answers
from craffu.orders.reviewing.gathering import Checks, Gathered
from craffu.orders.reviewing.policies import why_words
from craffu.orders.reviewing.queries import Reviewed, lapsed_unreviewed
from craffu.orders.reviewing.reading import Stands
from craffu.orders.reviewing.rules import ENDS_OR_RELAXES, Decision, Voice
from craffu.orders.reviewing.voices import AtHand, ViewAtHand
from craffu.people.queries import Identity, contacts_of
from craffu.victims.permissions import check_can_read_words
from craffu.victims.voice.subjects import MaySee, Route
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.edits import both_versions
from craffu.web.following.presenters import trigger_words
from craffu.web.monitoring.words import OUTCOMES
from craffu.web.notifying.words import ABOUT
from craffu.web.orders.words import ATTEMPTS
from craffu.web.orders.words import DONE as STEPS_DONE
from craffu.web.people.presenters import name_shown
from craffu.web.people.reached import without_reach
from craffu.web.presenters import Link, Params, Text
from craffu.web.reviews.words import BECAUSE, COMPLETE, DECISIONS, EVENTS, FALLEN, NOT_OPEN, SENT_BACK, VOICES, WAITS
from craffu.web.risk.words import ASKS, GRADES, OBSERVED
from craffu.web.statuses import Status
from craffu.web.victims.words import ASKING

# Contacts as kind and value.
type Reached = Sequence[tuple[str, str]]

NOTED: Final[Mapping[str, Text]] = {
    Noted.NOTIFIED: gettext_lazy("The respondent notified the police"),
    Noted.TERMS_GIVEN: gettext_lazy("Terms given in writing to somebody it protects"),
    Noted.RELAXATION_SOUGHT: gettext_lazy("A court was asked to relax or end it"),
    Noted.CHANGE_REFUSED: gettext_lazy("A court refused to change it"),
    Noted.TOLD: gettext_lazy("Somebody it protects was told of it"),
    Noted.NOT_TOLD: gettext_lazy("Somebody it protects was not told of it"),
    Noted.SOA_PART_2: gettext_lazy("The respondent came on the sex offenders register"),
    Noted.SOA_PART_2_ENDED: gettext_lazy("The respondent is on the sex offenders register no more"),
    Noted.SPA_9: gettext_lazy("The respondent began to have to notify under a stalking protection order"),
    Noted.SPA_9_ENDED: gettext_lazy("The respondent need not notify under a stalking protection order any more"),
}


def _rows(rows: Iterable[tuple[Text, Params]]) -> Params:
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def due_words(standing: Stands) -> str:
    """By when the next review is due, and why then."""
    if standing.next is None:
        return _("No review is due: nobody has been served with it, and it has no end.")
    why = EVENTS[standing.event.event] if standing.event else BECAUSE[standing.next.because]
    return _("The next review is due by %(day)s. %(why)s.") % {"day": day_words(standing.next.due_day), "why": why}


def person_words(one: Identity) -> str:
    return f"{name_shown(one)} ({one.reference})"


def timeline(found: Gathered) -> Params | None:
    """What happened since the last review, the newest first; None where nothing did."""
    said = sorted(_happened(found), key=lambda one: one[0], reverse=True)
    head: list[cells.Heading] = [_("When"), _("What happened")]
    rows = [[cells.words(instant_words(at)), cells.words(words)] for at, words in said]
    return cells.table(_("Since the last review"), head, rows, is_hidden=True) if rows else None


def _happened(found: Gathered) -> Iterator[tuple[datetime, Text]]:
    yield from ((one.happened_at, STEPS_DONE[one.move]) for one in found.moves if one.move in STEPS_DONE)
    yield from ((one.attempted_at, _attempt_words(one)) for one in found.attempts if one.result != "served")
    notified = {one.row.given_at for one in found.notified}
    told = (one for one in found.noted if one.what != Noted.NOTIFIED or one.at not in notified)
    yield from ((one.at, NOTED[one.what]) for one in told)
    yield from ((one.happened_at, ASKS[one.kind]) for one in found.happened if one.kind in ASKS)
    yield from ((one.row.given_at, ABOUT[one.about]) for one in found.notified)
    yield from ((one.row.raised_at, _follow_up_words(one)) for one in found.follow_ups)
    yield from ((one.at, _check_words(one)) for one in found.checks.made)
    yield from _missed(found.checks)
    for hand in found.hands:
        for view in hand.views:
            if found.since is None or view.row.given_at > found.since:
                yield view.row.given_at, _("%(name)s gave their view") % {"name": person_words(hand.identity)}


def _follow_up_words(one: FollowUp) -> str:
    return _("Heightened follow-up raised: %(why)s") % {"why": trigger_words(one)}


def _check_words(one: CheckMade) -> str:
    covers = ", ".join(str(each.condition.number) for each in one.covers.all())
    return _("Check, condition %(conditions)s: %(outcome)s") % {
        "conditions": covers,
        "outcome": OUTCOMES[one.outcome].words,
    }


def _missed(checks: Checks) -> Iterator[tuple[datetime, Text]]:
    """Each condition once, when the last of its checks was missed: a check a day would leave nothing else to be seen."""
    missed: dict[int, list[Scheduled]] = {}
    for condition, one in checks.missed:
        missed.setdefault(condition.number, []).append(one)
    for number, several in missed.items():
        said = {"number": number, "times": len(several), "day": day_words(min(one.due_on for one in several))}
        once = _("No check of condition %(number)s by the end of its day") % said
        often = _("No check of condition %(number)s by the end of its day, %(times)s times since %(day)s") % said
        yield max(one.overdue_from for one in several), often if len(several) > 1 else once


def _attempt_words(one: ServiceAttempt) -> str:
    return _("Attempt to serve: %(result)s") % {"result": ATTEMPTS.get(one.result, one.result)}


def now_and_then(found: Gathered) -> Params:
    """Risk then and now, what was observed, and how often those whom it protects were spoken with."""
    observed = [OBSERVED[one.fact] for one in found.observed if one.answer == "yes" and one.fact in OBSERVED]
    rows: list[tuple[Text, Params]] = [
        (_("Risk grade at the last review, or when it was made"), _grade(found.grade_then)),
        (_("Risk grade now"), _grade(found.grade_now)),
        (_("Checks of its conditions"), cells.words(_checks_words(found.checks))),
        (_("Observed in the case"), cells.lines(observed or [_("Nothing is recorded")])),
    ]
    for hand in found.hands:
        made = found.contacts[hand.record]
        said = _("Reached: %(reached)s. Not reached: %(tried)s.") % {"reached": made.reached, "tried": made.tried}
        rows.append((_("Contacts with %(name)s") % {"name": person_words(hand.identity)}, cells.words(said)))
    return _rows(rows)


def _checks_words(checks: Checks) -> str:
    return _("Made or tried: %(made)s. Missed: %(missed)s.") % {"made": len(checks.made), "missed": len(checks.missed)}


def _grade(grade: str) -> Params:
    return cells.tag(GRADES[grade].tag) if grade else cells.words(_("Not assessed: counts as high"))


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said, then or now, word for word; `lang` is empty where the language is not known."""

    title: str
    lang: str
    words: str = field(repr=False)


def reached_of(by: Acting, hands: Iterable[AtHand]) -> Reached:
    """Where those whom an order protects can be reached, which is no part of what others read of them. One query."""
    return contacts_of(by, sorted({record for hand in hands for record in hand.records}))


def then_and_now(hand: AtHand, reached: Reached) -> list[Said]:
    """Their words now, and the last before them; what is withheld says so."""
    found = [_said(_("Their words of %(day)s"), one, reached) for one in hand.views]
    if hand.earlier is not None:
        found.append(_said(_("Before that, on %(day)s"), hand.earlier, reached))
    return found


def _said(title: str, view: ViewAtHand, reached: Reached) -> Said:
    words = without_reach(view.words, reached) or _("They have not agreed that you read these words.")
    language = view.row.language if view.words and view.row.language in set(Language) else ""
    return Said(title % {"day": day_words(view.on)}, language, words)


def hearing_rights(kind: Kind) -> list[str]:
    """ORD-15: what the law says of the victim's own application and of being heard."""
    may = {
        "vary": (
            _("They may ask the court to vary it."),
            _("They may ask the court to vary it, and must be heard on it."),
        ),
        "discharge": (
            _("They may ask the court to discharge it."),
            _("They may ask the court to discharge it, and must be heard on it."),
        ),
    }
    asked = {change: may_ask_for_change(kind, "victim", change) for change in may}
    found = [may[change][one.must_be_heard] for change, one in asked.items() if one.allowed]
    return found or [
        _("The law of this kind gives them no application of their own. Their view is brought to the court.")
    ]


def tasks(order: str, answers: Answers, hands: Sequence[AtHand]) -> Params:
    """Each page of the review and whether it is answered."""
    here = {"order": order}
    items = [
        (_("What has happened since the last review"), reverse("order_review_new", kwargs=here), answers.is_read),
        *(
            (
                _("What %(name)s says") % {"name": person_words(hand.identity)},
                reverse("order_review_heard", kwargs=here | {"record": hand.record}),
                bool(answers.of(hand.record).kind),
            )
            for hand in hands
        ),
        (_("What you decide"), reverse("order_review_decision", kwargs=here), bool(answers.decision)),
    ]
    return {
        "items": [
            {
                "title": {"text": title},
                "href": href,
                "status": {"text": _("Answered") if done else _("Not answered yet")},
            }
            for title, href, done in items
        ]
    }


def next_page(order: str, answers: Answers, hands: Sequence[AtHand]) -> str:
    """The first page that is not answered; the last one once all are."""
    here = {"order": order}
    if not answers.is_read:
        return reverse("order_review_new", kwargs=here)
    for hand in hands:
        if not answers.of(hand.record).kind:
            return reverse("order_review_heard", kwargs=here | {"record": hand.record})
    return reverse("order_review_check" if answers.decision else "order_review_decision", kwargs=here)


def summary(order: str, answers: Answers, hands: Sequence[AtHand], reached: Reached) -> Params:
    """Every answer with its page, before it is confirmed."""
    here = {"order": order}
    decision = reverse("order_review_decision", kwargs=here)
    rows: list[tuple[str, str, str]] = [
        (
            _("Read what has happened"),
            _("Yes") if answers.is_read else _("Not yet"),
            reverse("order_review_new", kwargs=here),
        ),
        *(
            (
                _("What %(name)s says") % {"name": person_words(hand.identity)},
                _answer_words(answers, hand, reached),
                reverse("order_review_heard", kwargs=here | {"record": hand.record}),
            )
            for hand in hands
        ),
        (_("How it changed the decision"), answers.effect or _("Not said yet"), decision),
        (_("Decision"), str(DECISIONS.get(answers.decision, _("Nothing decided yet"))), decision),
        (_("Why"), answers.reason or _("Not said yet"), decision),
    ]
    if answers.why_differs:
        rows.append((_("Why it is not what they ask for"), answers.why_differs, decision))
    return {
        "rows": [
            {
                "key": {"text": key},
                "value": cells.lines(value.splitlines()),
                "actions": {"items": [{"href": href, "text": _("Change"), "visuallyHiddenText": key}]},
            }
            for key, value, href in rows
        ]
    }


def _answer_words(answers: Answers, hand: AtHand, reached: Reached) -> str:
    heard = answers.of(hand.record)
    if not heard.kind:
        return _("Not asked yet")
    view = hand.view(heard.view)
    lines = [str(VOICES[heard.kind])]
    if heard.kind == Voice.GIVEN and view is not None:
        lines = [_("Their words of %(day)s") % {"day": day_words(view.on)}, without_reach(view.words, reached)]
        if heard.wants:
            lines.append(_("They ask for: %(what)s") % {"what": DECISIONS[heard.wants]})
    if heard.reason:
        lines.append(heard.reason)
    return "\n".join(line for line in lines if line)


def obstacles(hands: Sequence[AtHand], why: Iterable[str]) -> list[str]:
    """What stands in the way, each with whose it is."""
    named = {str(hand.record): person_words(hand.identity) for hand in hands}
    found = []
    for one in why:
        person, _sep, _code = one.rpartition(":")
        found.append(f"{named[person]}: {why_words(one)}" if person in named else why_words(one))
    return found


def interruptions(answers: Answers, hands: Sequence[AtHand], said: Sequence[rules.Said]) -> list[str]:
    """What a reviewer is stopped by before they confirm: a voice that is missing, a wish gone against, protection that ends."""
    found = []
    unheard = [hand for hand in hands if answers.of(hand.record).kind not in ("", Voice.GIVEN)]
    ends = answers.decision in ENDS_OR_RELAXES
    for hand in unheard:
        words = (
            _("You are about to end or relax protection without the words of %(name)s. Reason: %(why)s.")
            if ends
            else _("You are about to close this review without the words of %(name)s. Reason: %(why)s.")
        )
        why = VOICES[answers.of(hand.record).kind]
        found.append(words % {"name": person_words(hand.identity), "why": why})
    if ends and not unheard:
        found.append(_("You are about to end or relax protection."))
    if rules.differs(answers.decision, said):
        found.append(_("This is not what they ask for. They are told, and why."))
    if answers.decision in set(Decision) and rules.needs_another(answers.decision, said):
        found.append(_("A supervisor, who is not you, is asked to agree."))
    return found


def status_of(one: Reviewed) -> Status:
    if one.was_sent_back:
        return SENT_BACK
    return WAITS if one.waits else COMPLETE


def reviews_table(order: str, reviews: Sequence[Reviewed]) -> Params | None:
    """The reviews of an order, the newest first: voice and decision."""
    head: list[cells.Heading] = [_("Review"), _("Decision"), _("Voices heard"), _("How it stands")]
    rows = []
    for one in reversed(reviews):
        there = reverse("order_review", kwargs={"order": order, "number": one.row.number})
        given = sum(voice.kind == Voice.GIVEN for voice in one.voices)
        heard = _("%(given)s of %(all)s") % {"given": given, "all": len(one.voices)}
        day = day_words(day_of(one.row.known_from))
        rows.append(
            [
                cells.link(Link(_("Review %(number)s, %(day)s") % {"number": one.row.number, "day": day}, there)),
                cells.words(DECISIONS[one.row.decision]),
                cells.words(heard),
                cells.tag(status_of(one).tag),
            ]
        )
    return cells.table(_("Reviews"), head, rows, is_hidden=True) if rows else None


def lapse_words(story: OrderStory, reviews: Sequence[Reviewed]) -> str:
    """REV-06: that nobody decided in time what becomes of an order that has run out; empty otherwise."""
    if not lapsed_unreviewed(story.order, reviews, story.noted):
        return ""
    return _("This order ran out without a decision fourteen days before. It is counted as ended unreviewed.")


def review_summary(one: Reviewed, reached: Reached) -> Params:
    """A review as it was put forward: what was decided, why, by whom, and who agreed."""
    row = one.row

    def written(words: str) -> Params:
        return cells.lines(without_reach(words, reached).splitlines())

    rows: list[tuple[Text, Params]] = [
        (_("How it stands"), cells.tag(status_of(one).tag)),
        (_("Decision"), cells.words(DECISIONS[row.decision])),
        (_("Why"), written(row.reason)),
        (_("How what was heard changed the decision"), written(row.effect)),
    ]
    if row.why_differs:
        rows.append((_("Why it is not what they asked for"), written(row.why_differs)))
    by = _("%(name)s, %(when)s") % {"name": row.by.name, "when": instant_words(row.known_from)}
    rows.append((_("Reviewed by"), cells.words(by)))
    if row.due_on is not None:
        due = _("%(day)s. %(why)s") % {"day": day_words(row.due_on), "why": BECAUSE[row.because]}
        rows.append((_("It was due by"), cells.words(due)))
    if one.signed is not None:
        said = _("%(name)s, %(when)s") % {"name": one.signed.by.name, "when": instant_words(one.signed.known_from)}
        rows.append((_("Agreed by") if one.signed.agrees else _("Sent back by"), cells.words(said)))
        if one.signed.words:
            rows.append((_("What they said"), written(one.signed.words)))
    if one.applied is not None:
        rows.append((_("Application lodged"), cells.words(day_words(one.applied.on))))
    return _rows(rows)


def voices_shown(
    by: Acting, one: Reviewed, people: Mapping[int, Identity], kept: Collection[int], reached: Reached
) -> list[tuple[str, Params]]:
    """What answered for each protected person; their words only for those who may read them (VIC-08).

    `kept` are the voices of which nothing is open to the reader, by number.
    """
    return [
        (
            person_words(people[voice.record_id]) if voice.record_id in people else "",
            _rows([(_("Heard"), cells.words(NOT_OPEN))]) if voice.pk in kept else _voice(by, one, voice, reached),
        )
        for voice in one.voices
    ]


def _voice(by: Acting, one: Reviewed, voice: ReviewVoice, reached: Reached) -> Params:
    rows: list[tuple[Text, Params]] = [(_("Heard"), cells.words(VOICES[voice.kind]))]
    if voice.said_on is not None:
        rows.append((_("On"), cells.words(day_words(voice.said_on))))
    if voice.view is not None:
        may_see = tuple(each for each in MaySee if each in voice.view.may_see)
        withheld = _("They have not agreed that you read these words.")
        words = without_reach(voice.view.words, reached) if allows(check_can_read_words, by, may_see) else withheld
        rows.append((_("Their words"), cells.lines(words.splitlines())))
        if voice.view.pk in one.fallen:
            rows.append((_("Do they count?"), cells.words(FALLEN[one.fallen[voice.view.pk]])))
        if voice.view.recorded_by is not None:
            rows.append((_("Asked by"), cells.words(voice.view.recorded_by.name)))
        if voice.view.route == Route.ADVOCATE:
            rows.append((_("Through"), cells.words(_("Their advocate"))))
    if voice.wants:
        rows.append((_("What they asked for"), cells.words(DECISIONS[voice.wants])))
    if voice.wish:
        rows.append((_("Their wish"), cells.words(ASKING[voice.wish])))
    if voice.attempts:
        rows.append((_("Safe attempts"), cells.words(str(voice.attempts))))
    if voice.reason:
        rows.append((_("Why it was not safe"), cells.lines(without_reach(voice.reason, reached).splitlines())))
    return _rows(rows)


def follows(one: Reviewed, standing: Stands | None) -> list[str]:
    """What happens next, for whoever has just reviewed."""
    if one.waits:
        return [_("A supervisor agrees, or sends it back. Until then nothing is decided.")]
    found = [due_words(standing)] if standing is not None else []
    if one.row.decision in rules.APPLIES_FOR and one.applied is None:
        found.append(
            _("The application goes to the court in time: it stands in the list of whoever manages the order.")
        )
    if any(voice.wants not in ("", one.row.decision) for voice in one.voices):
        found.append(_("Whoever asked for something else is told by the end of the next working day."))
    return found


def both(theirs: Reviewed, answers: Answers) -> Params:
    """What somebody else decided meanwhile, and what was about to be decided (T30, REV-05)."""
    return both_versions(
        [
            (_("Decision"), DECISIONS[theirs.row.decision], DECISIONS.get(answers.decision, "")),
            (_("Why"), theirs.row.reason, answers.reason),
            (_("How it changed the decision"), theirs.row.effect, answers.effect),
            (_("Reviewed by"), theirs.row.by.name, _("You")),
        ]
    )
