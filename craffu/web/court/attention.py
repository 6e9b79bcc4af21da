"""What of a court story an officer must see first: the next hearing, one whose result never came, and what binds the person.

Each line is a fact of the courts' latest word with its date, never a judgement of ours; which facts those are, `cases/rules.py`
decides.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from craffu.cases.custody.queries import Release
from craffu.cases.models import HearingVersion
from craffu.cases.queries import as_word
from craffu.cases.rules import CONDITIONAL_BAIL, Expected, HearingWord, hearings_expected, what_binds
from craffu.clocks.london import day_of
from craffu.web.court.presenters import Said, Who, court, doubts_of
from craffu.web.court.reading import Story
from craffu.web.court.words import BAIL, day_and_time, day_words
from craffu.web.presenters import Params, Text
from craffu.web.references import unbroken

MOST_ROWS = 5
# Of all doubts about a message, those about what binds the person.
_ABOUT_BAIL = frozenset({"bail_signs_disagree", "bail_conditions_without_conditional_bail", "text_may_be_cut"})


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """One line: what it is, its hint, its tag, and the court that the hint ends with."""

    text: str
    hint: str = ""
    tag: Params | None = None
    court: Said | None = None


def attention(
    story: Story, today: date, who: Callable[[int], Who | None], releases: Iterable[Release] = ()
) -> list[AttentionRow]:
    """At most five lines, by consequence: a release to come, what binds the person now, hearings to come, results that never
    came, doubts.

    `who` names the defendant, where the page has several. `releases` are those from prison of the one that it is about.
    """
    by_role: dict[int, list[HearingVersion]] = defaultdict(list)
    for version in story.counting:
        by_role[version.hearing.role_id].append(version)
    rows: list[tuple[int, AttentionRow]] = [*releases_to_come(releases, today)]
    for versions in by_role.values():
        told, words = {version.pk: version for version in versions}, [_word(version) for version in versions]
        found = [*_binding(told, words), *_listings(story, told, words, today), *_doubts(versions)]
        rows += [(rank, _naming(row, who(versions[0].hearing.role.record_id))) for rank, row in found]
    first = sorted(rows, key=lambda ranked: ranked[0])[:MOST_ROWS]
    return [replace(row, hint=unbroken(row.hint)) for _rank, row in first]


def releases_to_come(releases: Iterable[Release], today: date) -> Iterable[tuple[int, AttentionRow]]:
    """Prison lets them out on a day that is not over: said until then, planned or made (BRC-08, VIC-05)."""
    for one in sorted(releases, key=lambda one: (one.on, one.key)):
        if one.on < today:
            continue
        says = _("Released from prison today") if one.is_made else _("Release from prison planned: %(day)s")
        tag: Params | None = {"text": _("Due today"), "classes": "govuk-tag--orange"} if one.on == today else None
        known = _("As the prison said on %(day)s") % {"day": day_words(day_of(one.said_at))}
        yield -1, AttentionRow(says % {"day": day_words(one.on)}, known, tag)


def _word(version: HearingVersion) -> HearingWord:
    return as_word(version, [(charge, charge.results.all()) for charge in version.charges.all()])


def _naming(row: AttentionRow, who: Who | None) -> AttentionRow:
    return replace(row, hint=f"{who.reference} {who.name}. {row.hint}") if who else row


def _binding(told: Mapping[int, HearingVersion], words: list[HearingWord]) -> Iterable[tuple[int, AttentionRow]]:
    """What binds the person, as the court said when it last named an offence still open."""
    binding = what_binds(words)
    if not binding.status:
        return
    version = told[binding.version]
    says: Text = BAIL[binding.status]
    if binding.status == CONDITIONAL_BAIL:
        number = len([part for part in version.bail_conditions.split(";") if part.strip()])
        says = _("Conditional bail. Conditions: %(number)s") % {"number": number}
    yield 0, AttentionRow(str(says), _("As the court said on %(day)s in case %(case)s") % _place(version))


def _listings(
    story: Story, told: Mapping[int, HearingVersion], words: list[HearingWord], today: date
) -> Iterable[tuple[int, AttentionRow]]:
    """Hearings set and not yet held, by what has been received."""
    for expected in hearings_expected(words, today):
        version, listing = told[expected.version], expected.listing
        if expected.state is Expected.AHEAD:
            where = court(story, listing.court) if listing.court else None
            is_today = listing.on == today
            tag: Params | None = {"text": _("Due today"), "classes": "govuk-tag--orange"} if is_today else None
            says = _("Next hearing: %(when)s") % {"when": day_and_time(listing.on, listing.at)}
            yield 1, AttentionRow(says, _("Case %(case)s.") % _place(version), tag, where)
        else:
            says = _("No result received for the hearing set for %(day)s") % {"day": day_words(listing.on)}
            hint = _("Case %(case)s. Ask the court, or check that its results are being taken in.") % _place(version)
            yield 2, AttentionRow(says, hint, {"text": _("Not received"), "classes": "govuk-tag--orange"})


def _doubts(versions: list[HearingVersion]) -> Iterable[tuple[int, AttentionRow]]:
    latest = versions[-1]
    for doubt in doubts_of([latest], only=_ABOUT_BAIL):
        hint = _("Hearing of %(day)s in case %(case)s") % _place(latest)
        yield 3, AttentionRow(doubt.sentence, hint, {"text": _("Does not agree"), "classes": "govuk-tag--orange"})


def _place(version: HearingVersion) -> dict[str, str]:
    return {"day": day_words(version.hearing.held_on), "case": version.hearing.case.reference}
