"""What the pages of a Victim Contact Agreement show: what stands, question by question, every version, and what changed last."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import choice_of, terms
from craffu.victims.agreements.rules import OffersAgain, Revisit
from craffu.victims.models import AgreementVersion, FearedDate
from craffu.victims.queries import day_of_agreement
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.edits import both_versions
from craffu.web.people.reached import without_reach
from craffu.web.presenters import Params
from craffu.web.victims.agreement_forms import PARTS
from craffu.web.victims.words import (
    ASKING,
    CHANNELS,
    FREQUENCIES,
    LANGUAGES,
    LIMITS,
    MAY_WE,
    OCCASIONS,
    OFFERED_AGAIN,
    TOPICS,
    URGENT,
)

HIDDEN_WORD = "•••"


type Reached = Sequence[tuple[str, str]]


def as_shown(given: Terms, reached: Reached) -> Terms:
    """Without where they can be reached, in whose words it may stand: that is shown once, when asked for (SEC-06)."""
    return replace(
        given,
        never_say=without_reach(given.never_say, reached),
        urgent_words=without_reach(given.urgent_words, reached),
        others_told=without_reach(given.others_told, reached),
    )


def joined(words: Iterable[Any]) -> str:
    return ", ".join(str(one) for one in words)


def times_words(given: Terms) -> str:
    return joined(_("%(start)s to %(end)s") % {"start": start, "end": end} for start, end in given.times)


def frequency_words(said: str) -> str:
    if said in FREQUENCIES:
        return str(FREQUENCIES[said])
    return _("Days between contacts: %(number)s") % {"number": said} if said else ""


def answers(given: Terms) -> list[tuple[str, str, str]]:
    """Each question by its part, in words, with its answer; an empty answer was not asked yet."""
    revisit = date.fromisoformat(given.next_revisit_on) if given.next_revisit_on else None
    none, no_way = (_("None"), _("No way")) if given.channels else ("", "")
    return [
        ("language", _("Language"), str(LANGUAGES.get(given.language, given.language))),
        ("how", _("Safe ways"), joined(CHANNELS.get(one, one) for one in given.channels)),
        (
            "how",
            _("A link may come by"),
            joined(CHANNELS.get(one, one) for one in given.links) or no_way,
        ),
        ("how", _("May we leave a message?"), str(MAY_WE[given.may_leave_message]) if given.channels else ""),
        ("how", _("Never to be said"), given.never_say or none),
        ("how", _("Safe word"), _("Agreed; hidden here") if given.safe_word else none),
        ("when", _("Safe times"), times_words(given)),
        ("urgent", _("At any hour"), str(URGENT.get(given.urgent_reach, given.urgent_reach))),
        ("urgent", _("To know for that"), given.urgent_words or (_("Nothing") if given.urgent_reach else "")),
        ("how-often", _("How often"), frequency_words(given.frequency)),
        ("asking", _("May we ask for their view?"), str(ASKING.get(given.asking, given.asking))),
        (
            "what",
            _("Not to hear about"),
            joined(TOPICS.get(one, one) for one in given.not_wanted) or _("Nothing: they want to hear everything"),
        ),
        ("others", _("Others who may be told"), given.others_told or (_("Nobody") if given.survey else "")),
        ("others", _("May we send a survey?"), str(MAY_WE[given.survey == "yes"]) if given.survey else ""),
        ("who", _("Officer"), given.officer),
        ("who", _("We ask again on"), day_words(revisit)),
    ]


def summary(given: Terms, victim: str, *, may_change: bool, missing: str) -> Params:
    """The answers as a summary list; each part is changed by one link."""
    rows, seen = [], set()
    for part, label, answer in answers(given):
        row: dict[str, Any] = {"key": {"text": label}, "value": {"text": answer or missing}}
        if may_change and part not in seen:
            href = reverse("agreement_part", kwargs={"victim": victim, "part": part})
            row["actions"] = {"items": [{"href": href, "text": _("Change"), "visuallyHiddenText": label}]}
        seen.add(part)
        rows.append(row)
    return {"rows": rows}


def next_part(given: Terms, after: str) -> str:
    """The next question that nobody has answered yet; nothing where each has an answer."""
    keys = [part.key for part in PARTS]
    open_ones = {part for part, _label, answer in answers(given) if not answer}
    later = keys[keys.index(after) + 1 :] if after in keys else keys
    return next((key for key in later if key in open_ones), "")


def both(versions: Sequence[AgreementVersion], given: Terms) -> Params:
    """What somebody else agreed meanwhile beside what was asked here, where the two differ (T30)."""
    theirs = terms(versions[-1]) if versions else Terms()
    stands = {label: answer for _part, label, answer in answers(theirs)}
    rows = [(label, stands[label], mine) for _part, label, mine in answers(given) if stands[label] != mine]
    return both_versions(rows)


def standing_words(versions: Sequence[AgreementVersion]) -> str:
    """In one sentence what stands: none, agreed on, declined on."""
    if not versions:
        return _("No agreement has been made or declined yet.")
    last = versions[-1]
    if last.declined_on:
        return _("Declined on %(day)s. Offered again: %(when)s") % {
            "day": day_words(last.declined_on), "when": offered_words(last),
        }  # fmt: skip
    return _("Agreed on %(day)s, version %(number)s.") % {"day": day_words(last.agreed_on), "number": len(versions)}


def offered_words(version: AgreementVersion) -> str:
    match choice_of(version):
        case None:
            return _("at charge or no further action, order granted, breach and release")
        case OffersAgain() as said:
            return str(OFFERED_AGAIN[said])
        case listed:
            return joined(OCCASIONS[one] for one in sorted(listed))


def versions_table(versions: Sequence[AgreementVersion], reached: Reached) -> Params | None:
    """Every version, the newest first, with what it changed."""
    rows = []
    for place in range(len(versions) - 1, -1, -1):
        one = versions[place]
        by = one.recorded_by.name if one.recorded_by else one.source
        rows.append(
            [
                cells.words(str(place + 1)),
                cells.words(day_words(day_of_agreement(one))),
                cells.words(str(OCCASIONS[one.occasion]) if one.occasion else _("Their own wish")),
                cells.lines(changes(versions[place - 1] if place else None, one, reached)),
                cells.words(by),
            ]
        )
    head: list[cells.Heading] = [_("Version"), _("Day"), _("Because of"), _("What changed"), _("Recorded by")]
    return cells.table(_("Every version"), head, rows) if rows else None


def changes(before: AgreementVersion | None, after: AgreementVersion, reached: Reached) -> list[str]:
    """What a version changed, question by question; the words themselves stand in the summary."""
    if after.declined_on:
        return [_("Declined")]
    if before is None or before.declined_on:
        return [_("Agreed")]
    if after.is_unchanged:
        return [_("Still right: nothing changed")]
    old, new = terms(before), terms(after)
    was = {label: answer for _part, label, answer in answers(as_shown(old, reached))}
    changed = [
        _("%(what)s: %(after)s (before: %(before)s)")
        % {"what": label, "after": answer or _("nothing"), "before": was[label] or _("nothing")}
        for _part, label, answer in answers(as_shown(new, reached))
        if was[label] != answer
    ]
    if old.safe_word != new.safe_word:
        changed.append(_("Safe word: changed"))
    return changed or [_("Nothing changed")]


def revisits_table(found: Iterable[Revisit]) -> Params | None:
    """When the agreement was asked again, or is to be, because of what happened; the newest first."""
    rows = [
        [
            cells.lines(OCCASIONS[one] for one in revisit.contact.occasions),
            cells.words(day_words(revisit.contact.day)),
            cells.words(day_words(revisit.contact.due_day)),
            cells.tag(LIMITS[revisit.status].tag, day_words(revisit.done_on)),
        ]
        for revisit in sorted(found, key=lambda one: one.contact.day, reverse=True)
    ]
    head: list[cells.Heading] = [_("What happened"), _("On"), _("Ask again by"), _("Asked")]
    return cells.table(_("Asked again because something happened"), head, rows) if rows else None


def feared_table(dates: Iterable[FearedDate], reached: Reached) -> Params | None:
    rows = [[cells.words(day_words(one.on)), cells.words(without_reach(one.words, reached))] for one in dates]
    return cells.table(_("Days they fear"), [_("Day"), _("What day it is")], rows) if rows else None
