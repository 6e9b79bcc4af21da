"""What of a court story an officer must see first: the next hearing, one whose result never came, and what binds the person.

Each line is a fact of the courts' latest word with its date, never a judgement of ours.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, time

from django.utils.translation import gettext as _

from craffu.cases.models import HearingVersion
from craffu.web.court.presenters import Who, court, doubts_of
from craffu.web.court.reading import Story
from craffu.web.court.words import BAIL, BINDING, CONDITIONAL_BAIL, day_and_time, day_words
from craffu.web.presenters import Params, Text

MOST_ROWS = 5
# Of all doubts about a message, those about what binds the person.
_ABOUT_BAIL = frozenset({"bail_signs_disagree", "bail_conditions_without_conditional_bail", "text_may_be_cut"})


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """One line: what it is, its hint, and its tag."""

    text: str
    hint: str = ""
    tag: Params | None = None


def attention(story: Story, today: date, who: Callable[[int], Who | None]) -> list[AttentionRow]:
    """At most five lines, by consequence: what binds the person now, hearings to come, results that never came, doubts.

    `who` names the defendant, where the page has several.
    """
    by_role: dict[int, list[HearingVersion]] = defaultdict(list)
    for version in story.versions:
        by_role[version.hearing.role_id].append(version)
    rows: list[tuple[int, AttentionRow]] = []
    for versions in by_role.values():
        found = [*_binding(versions), *_listings(story, versions, today), *_doubts(versions)]
        rows += [(rank, _naming(row, who(versions[0].hearing.role.record_id))) for rank, row in found]
    return [row for _rank, row in sorted(rows, key=lambda ranked: ranked[0])][:MOST_ROWS]


def _naming(row: AttentionRow, who: Who | None) -> AttentionRow:
    return replace(row, hint=f"{who.reference} {who.name}. {row.hint}") if who else row


def _binding(versions: list[HearingVersion]) -> Iterable[tuple[int, AttentionRow]]:
    """What binds the person for the offences still open, as the court said when it last named one of them."""
    last_named = {charge.offence_id: (version, charge) for version in versions for charge in version.charges.all()}
    still_open = [version for version, charge in last_named.values() if not charge.final]
    if not still_open:
        return
    latest = max(still_open, key=lambda version: (version.hearing.held_on, version.number))
    if latest.bail_status not in BINDING:
        return
    hint = _("As the court said on %(day)s in case %(case)s") % _place(latest)
    number = len([part for part in latest.bail_conditions.split(";") if part.strip()])
    words: Text = BAIL[latest.bail_status]
    if latest.bail_status == CONDITIONAL_BAIL:
        words = _("Conditional bail. Conditions: %(number)s") % {"number": number}
    yield 0, AttentionRow(str(words), hint)


def _listings(story: Story, versions: list[HearingVersion], today: date) -> Iterable[tuple[int, AttentionRow]]:
    """Hearings set and not yet held, by what has been received."""
    last_held = versions[-1].hearing.held_on
    found: dict[date, tuple[HearingVersion, time | None, str]] = {}
    for version in versions:
        for charge in version.charges.all():
            for result in charge.results.all():
                if result.next_on and result.next_on > last_held:
                    found[result.next_on] = (version, result.next_at, result.next_court)
    for day, (version, at, place) in sorted(found.items()):
        where = str(court(story, place).text) if place else ""
        if day >= today:
            tag: Params | None = {"text": _("Due today"), "classes": "govuk-tag--orange"} if day == today else None
            words = _("Next hearing: %(when)s") % {"when": day_and_time(day, at)}
            yield 1, AttentionRow(words, _("Case %(case)s. %(court)s") % {**_place(version), "court": where}, tag)
        else:
            words = _("No result received for the hearing set for %(day)s") % {"day": day_words(day)}
            hint = _("Case %(case)s. Ask the court, or check that its results are being taken in.") % _place(version)
            yield 2, AttentionRow(words, hint, {"text": _("Not received"), "classes": "govuk-tag--orange"})


def _doubts(versions: list[HearingVersion]) -> Iterable[tuple[int, AttentionRow]]:
    latest = versions[-1]
    for doubt in doubts_of([latest], only=_ABOUT_BAIL):
        hint = _("Hearing of %(day)s in case %(case)s") % _place(latest)
        yield 3, AttentionRow(doubt.sentence, hint, {"text": _("Does not agree"), "classes": "govuk-tag--orange"})


def _place(version: HearingVersion) -> dict[str, str]:
    return {"day": day_words(version.hearing.held_on), "case": version.hearing.case.reference}
