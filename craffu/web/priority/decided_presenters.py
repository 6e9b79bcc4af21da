"""What people decided of a priority, and what was challenged and answered (PRI-06, PRI-07)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.prevention.deciding.queries import Decided, is_open
from craffu.prevention.deciding.rules import Said
from craffu.prevention.models import (
    PriorityDecided,
    ScoreChallenged,
    ScoreStands,
)
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.priority import words


def tier_sentence(stands: ScoreStands, decided: Decided, today: date) -> str:
    other = decided.other_on(today)
    if other is not None and other.until is not None:
        return _("%(priority)s: %(name)s gave it until %(day)s. By the score it would be: %(score)s.") % {
            "priority": words.TIERS[other.tier].words, "name": other.by.name, "day": day_words(other.until),
            "score": words.TIERS[stands.tier].words,
        }  # fmt: skip
    return f"{words.TIERS[stands.tier].words}."


def decisions_table(decisions: Iterable[PriorityDecided], *, sees_words: bool) -> Params | None:
    head: list[cells.Heading] = [_("When"), _("Decision"), _("By"), _("Why"), _("A second person")]
    rows = [
        [
            cells.words(instant_words(one.known_from)),
            cells.words(decision_words(one)),
            cells.words(one.by.name),
            cells.words(one.reason if sees_words else ""),
            cells.lines(_agreed_words(one)),
        ]
        for one in reversed(list(decisions))
    ]
    return cells.table(_("What people decided"), head, rows) if rows else None


def decision_words(one: PriorityDecided) -> str:
    if one.said == Said.STANDS or one.until is None:
        return _("The priority stands")
    return _("%(priority)s until %(day)s") % {"priority": words.TIERS[one.tier].words, "day": day_words(one.until)}


def _agreed_words(one: PriorityDecided) -> list[Text]:
    if one.said == Said.STANDS:
        return [_("Not needed")]
    agreed = getattr(one, "agreed", None)
    if agreed is None:
        return [_("Waits for one: it does not count yet")]
    name = {"name": agreed.by.name, "when": instant_words(agreed.known_from)}
    said = _("%(name)s agreed, %(when)s") if agreed.agrees else _("%(name)s did not agree, %(when)s")
    return [said % name, agreed.reason]


def challenges_table(challenges: Sequence[ScoreChallenged], person: str, *, may_answer: bool) -> Params | None:
    head: list[cells.Heading] = [_("When"), _("Whose"), _("What is said to be wrong"), _("Events"), _("Answer")]
    rows = [
        [
            cells.words(instant_words(one.known_from)),
            cells.words(words.WHOSE[one.whose]),
            cells.words(one.reason),
            cells.words(events_words(len(one.acts))),
            _answer_cell(one, person, may_answer=may_answer),
        ]
        for one in reversed(challenges)
    ]
    return cells.table(_("Challenges"), head, rows) if rows else None


def events_words(number: int) -> str:
    if not number:
        return _("None named")
    return ngettext("%(number)s event", "%(number)s events", number) % {"number": number}


def _answer_cell(one: ScoreChallenged, person: str, *, may_answer: bool) -> Params:
    if is_open(one):
        if not may_answer:
            return cells.words(_("Waits for an answer; the score stands"))
        href = reverse("challenge_answer", kwargs={"person": person, "number": one.number})
        return cells.link(Link(_("Answer it"), href))
    answered = one.answered
    aside = len(answered.aside.all())
    counts = _("%(events)s no longer count") % {"events": events_words(aside)} if aside else _("Every event stays")
    return cells.lines([counts, answered.reason, f"{answered.by.name}, {instant_words(answered.known_from)}"])


def whose_words(one: ScoreChallenged) -> Text:
    return words.WHOSE[one.whose]
