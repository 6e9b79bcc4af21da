"""What a victim's pages show of their voice: each view word for word, what became of it, and withdrawal (VIC-07, VIC-08).

Word for word, but for where they can be reached: whoever they let read a view has no need of that (SEC-06).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.access.acting import Acting
from craffu.common.languages import Language
from craffu.people.queries import contacts_of
from craffu.victims.models import Withdrawn
from craffu.victims.queries import Victim
from craffu.victims.voice.queries import ViewStands, views_of, withdrawals_of
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.reached import without_reach
from craffu.web.presenters import Link, Params, Text
from craffu.web.victims.gap_words import WHY_WITHDRAWN
from craffu.web.victims.voice_words import MAY_SEE, NOTICE_LANGUAGES, ROUTES, SUBJECTS, UNANSWERED, UNTOLD

# How many of the last views a victim's own page shows.
_ON_THE_CARD = 3


@dataclass(frozen=True, slots=True)
class ViewShown:
    """One view: what it is about and when, the words with their language (empty where unknown), and what became of it.

    `answer` is where it can be answered, empty where the reader may not.
    """

    title: str
    lang: str
    words: str = field(repr=False)
    withheld: str
    facts: Params
    answer: str


@dataclass(frozen=True, slots=True)
class VoiceCard:
    """The part of a victim's page about their voice: the last views, and what somebody has to act on."""

    attention: tuple[str, ...]
    views: tuple[ViewShown, ...]
    number: int
    more: Link


def voice_card(by: Acting, victim: Victim) -> VoiceCard:
    """The last views and whether they withdrew. Three queries, and one more where there are views."""
    views, withdrawn = views_of(by, victim), withdrawals_of(by, victim)
    reached = contacts_of(by, victim.records) if views else []
    more = Link(_("Every view, word for word"), reverse("victim_views", kwargs={"victim": victim.reference}))
    shown = tuple(view_shown(one, reached) for one in views[:_ON_THE_CARD])
    return VoiceCard(attention(views, withdrawn), shown, len(views), more)


def attention(views: Iterable[ViewStands], withdrawn: Iterable[Withdrawn] = ()) -> tuple[str, ...]:
    """Decisions of which they were not told, and that they no longer support an investigation."""
    said = [
        _("They no longer support the investigation, since %(day)s. What keeps them safe stays open.")
        % {"day": day_words(one.on)}
        for one in withdrawn
    ][:1]
    untold = sum(one.waits_to_be_told for one in views)
    if untold:
        words = ngettext(
            "They have not been told what was decided on %(number)s view.",
            "They have not been told what was decided on %(number)s views.",
            untold,
        )
        said.append(words % {"number": untold})
    return tuple(said)


def view_shown(one: ViewStands, reached: Sequence[tuple[str, str]], victim: str = "") -> ViewShown:
    """`reached` is all by which they can be reached; `victim` is given where the reader may answer."""
    title = _("%(subject)s, %(when)s") % {"subject": SUBJECTS[one.subject], "when": instant_words(one.given_at)}
    withheld = _("They have not agreed that you read these words.") if one.is_withheld else ""
    answer = reverse("victim_view_answer", kwargs={"victim": victim, "number": one.number}) if victim else ""
    lang = one.language if one.language in set(Language) else ""
    return ViewShown(title, lang, without_reach(one.words, reached), withheld, _facts(one, reached), answer)


def _facts(one: ViewStands, reached: Sequence[tuple[str, str]]) -> Params:
    notice = _("Notice %(version)s, %(when)s") % {
        "version": one.notice_version,
        "when": instant_words(one.notice_shown_at),
    }
    rows: list[tuple[Text, Params]] = [
        (_("How they said it"), cells.lines([ROUTES[one.route], NOTICE_LANGUAGES.get(one.language, one.language)])),
        (_("Who else may see it"), cells.lines([MAY_SEE[each] for each in one.may_see] or [_("Nobody")])),
        (_("Told before who may read it"), cells.words(notice)),
    ]
    if one.case:
        rows.insert(0, (_("Case"), cells.words(one.case)))
    if not one.is_answered:
        rows.append((_("Decided"), cells.tag(UNANSWERED.tag)))
    else:
        if not one.is_withheld:
            decided, why = (without_reach(words, reached) for words in (one.decided, one.why))
            rows += [(_("Decided"), _as_written(decided)), (_("Why"), _as_written(why))]
        told = cells.words(instant_words(one.told_at)) if one.told_at else cells.tag(UNTOLD.tag)
        rows.append((_("Told what was decided"), told))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _as_written(words: str) -> Params:
    return cells.lines(words.splitlines())


def withdrawals(victim: Victim, withdrawn: Iterable[Withdrawn]) -> list[tuple[str, Params]]:
    """Each withdrawal with its title: what was explored, or why it could not be."""
    return [(_("Said on %(day)s") % {"day": day_words(one.on)}, _withdrawn(victim, one)) for one in withdrawn]


def _withdrawn(victim: Victim, one: Withdrawn) -> Params:
    pressure = _("Asked") if one.pressure_asked else _("Not asked")
    by = one.recorded_by.name if one.recorded_by else one.source
    rows: list[tuple[Text, Params]] = [
        (_("Case"), cells.words(victim.cases.get(one.case_id, ""))),
        (_("Why"), _as_written(one.reason or _("Not said"))),
        (_("Counted as"), cells.words(WHY_WITHDRAWN[one.why] if one.why else _("Not said"))),
        (_("Pressure on them"), cells.lines([pressure, *one.pressure.splitlines()])),
        (_("Their safety"), cells.words(_("Looked at again") if one.safety_reviewed else _("Not looked at again"))),
    ]
    if one.not_explored_reason:
        rows.append((_("Why they could not be asked"), _as_written(one.not_explored_reason)))
    rows.append((_("Recorded by"), cells.words(by)))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}
