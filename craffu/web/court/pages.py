"""The part of a page that tells what the courts said: what needs attention, the hearings in order, offences, sources."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from craffu.access.later import Later
from craffu.cases.crime_queries import CrimeSaid
from craffu.cases.custody.queries import Release
from craffu.cases.models import HearingVersion
from craffu.cases.story_queries import Newest, Told, hearings_told, newest_told
from craffu.people.models import RecordVersion
from craffu.web import cells
from craffu.web.court.attention import AttentionRow, attention
from craffu.web.court.presenters import HearingShown, OffenceShown, Said, Who, hearings_shown, offences_shown
from craffu.web.court.reading import Story, read_hearings
from craffu.web.court.sources import Held, SourceRow, sources_shown
from craffu.web.known_at import KnownAt
from craffu.web.paging import Shown, one_page
from craffu.web.presenters import Params

# A hearing is sixty elements of a page and often more; a page has at most 1,500 (page map, section 8).
HEARINGS_A_PAGE = 10
OFFENCES_A_PAGE = 20


def nobody(record: int) -> None:
    """Names no defendant: the whole page is about one."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """What of a court story one page shows; tables are None where they would be empty."""

    attention: list[AttentionRow]
    hearings: list[HearingShown]
    shown: Shown
    offences: Params | None
    offences_shown: Shown
    sources: Params | None
    sources_left_out: int
    held: tuple[Held, ...]


def story_page(
    request: HttpRequest,
    told: Told,
    when: KnownAt,
    *,
    records: Iterable[RecordVersion] = (),
    crimes: Iterable[CrimeSaid] = (),
    releases: Iterable[Release] = (),
    newest: Later[Newest] | None = None,
    who: Callable[[int], Who | None] = nobody,
    has_who: bool = False,
) -> StoryPage:
    """The hearings in the order they were held; of a long story the last page is shown unless another is asked for.

    `newest` is what `newest_told` gives, where it was asked with others.
    """
    first = (newest or newest_told(told)).answer
    # Most stories are no longer than that, and need not be counted.
    every = hearings_told(told).values_list("pk", flat=True) if first.is_longer else first.hearings[::-1]
    shown = one_page(request, every, size=HEARINGS_A_PAGE, last=True)
    story = read_hearings(told, shown.rows, first)
    offences = one_page(request, offences_shown(story, who), name="offences", size=OFFENCES_A_PAGE)
    sources = sources_shown(records, _spoken(story), crimes)
    return StoryPage(
        attention=attention(story, when.as_at, who, releases),
        hearings=hearings_shown(story, story.versions, who),
        shown=shown,
        offences=_offences_table(offences.rows, has_who=has_who) if offences.rows else None,
        offences_shown=offences,
        sources=_sources_table(sources.rows) if sources.rows else None,
        sources_left_out=sources.left_out,
        held=sources.held,
    )


def _spoken(story: Story) -> Iterable[HearingVersion]:
    """Every message from which the page is drawn, once."""
    return {version.pk: version for version in (*story.versions, *story.counting)}.values()


def _offences_table(offences: Iterable[OffenceShown], *, has_who: bool) -> Params:
    whose = _("Defendant") if has_who else _("Case")
    return cells.table(
        _("Offences and how they ended"),
        [_("Offence"), whose, _("Plea"), _("Finding"), _("Outcome"), _("Last heard")],
        [
            [
                said(offence.title),
                _whose(offence) if has_who else cells.link(offence.case),
                said(offence.plea),
                said(offence.finding),
                cells.tag(offence.outcome, offence.outcome_on),
                cells.words(offence.last_heard),
            ]
            for offence in offences
        ],
        is_hidden=True,
    )


def _whose(offence: OffenceShown) -> Params:
    if offence.who is None:
        return cells.words("")
    return cells.words(f"{offence.who.name} ({offence.who.reference})")


def said(value: Said | None) -> Params:
    """A value of a message as a cell."""
    if value is None:
        return cells.words(_("Not given"))
    return cells.english(value.text) if value.is_english else cells.words(value.text)


def _sources_table(rows: Iterable[SourceRow]) -> Params:
    return cells.table(
        _("Where this page comes from"),
        [_("Source"), _("What it said"), _("True on"), _("Known to us since"), _("Place"), _("Mapping version")],
        [
            [
                cells.words(row.source),
                cells.words(row.said),
                cells.words(row.true_on),
                cells.words(row.known_on),
                cells.words(row.place),
                cells.words(row.mapping),
            ]
            for row in rows
        ],
        is_hidden=True,
    )
