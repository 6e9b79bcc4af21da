"""The minutes of a cohort meeting on paper: whole for the force, and for each agency what it needs to know alone (P23, VIC-09).

What an agency is given has the name, the decision and its own actions of the items that it is to have, counted anew from one: no
reason, no score, nothing of a victim, and nobody else who was discussed. Of a correction it says that there is one, and when.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.roles import BY_KEY
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.documents.papers import Block, Facts, Grid, Heading, Paper, Paragraph, words_of
from craffu.people.queries import Identity, identities
from craffu.prevention.meetings.kinds import OnAgenda
from craffu.prevention.meetings.papers.actions import keep_minutes
from craffu.prevention.meetings.papers.facts import NewMinutes
from craffu.prevention.meetings.papers.policies import check_agency_may_have
from craffu.prevention.meetings.papers.queries import items_of
from craffu.prevention.meetings.policies import check_is_approved
from craffu.prevention.meetings.queries import Action, Item, MeetingStory, has_undertaken
from craffu.prevention.models import MeetingAgency, MeetingAttended, MeetingCorrected, MinutesPrinted
from craffu.web.court.words import day_words, instant_words
from craffu.web.meetings.presenters import agencies_words, people_of, several_words
from craffu.web.meetings.words import DECIDED, EFFECTS, NO_SCORE_DECIDES, ON_AGENDA
from craffu.web.papers.printing import press
from craffu.web.papers.sheet import facts_row
from craffu.web.people.presenters import born_words, name_shown
from craffu.web.presenters import Marking
from craffu.web.priority.presenters import number_words, population_words
from craffu.web.priority.words import TIERS
from craffu.web.profiles.words import language


def print_minutes(
    *, by: Acting, story: MeetingStory, agency: MeetingAgency | None, asked: Asked
) -> tuple[MinutesPrinted, bytes]:
    """The minutes as they leave, kept and logged. Raises what `keep_minutes` does, and NotNow where they cannot be printed."""
    number = agency.number if agency is not None else None
    check_is_approved(story)
    items = items_of(story, number)
    if number is not None:
        check_agency_may_have(story, number, has_items=bool(items))
    known = identities(by, people_of(items)) if items else {}
    blocks = _for_agency(story, agency, items, known) if agency is not None else _for_force(story, items, known)
    paper = _paper(by, story, asked, blocks)
    new = NewMinutes(
        agency=number,
        language=paper.language,
        items=tuple(one.number for one in items),
        seen=story.version,
        words=words_of(paper),
        free="\n".join(_free(story, items, agency)),
        content=press(paper),
    )
    return keep_minutes(by=by, meeting=story.meeting.reference, paper=new, asked=asked), new.content


def _free(story: MeetingStory, items: Iterable[Item], agency: MeetingAgency | None) -> Iterable[str]:
    """What somebody wrote in words of their own that stands in the paper."""
    for one in items:
        yield from (each.row.words for each in _actions_of(one, agency))
        if agency is None:
            yield from (each.words for each in _corrections(story, one))


def _paper(by: Acting, story: MeetingStory, asked: Asked, blocks: tuple[Block, ...]) -> Paper:
    now = clock.now()
    role = str(BY_KEY[by.actor.role].title) if by.actor.role in BY_KEY else by.actor.role
    name = by.user.name if by.user else by.actor.name
    said = {"when": instant_words(now), "name": name, "role": role, "recipient": asked.told_to}
    return Paper(
        title=_("Minutes of cohort meeting %(reference)s") % {"reference": story.meeting.reference},
        language=language(),
        marking=str(Marking.OFFICIAL_SENSITIVE.words),
        reference=story.meeting.reference,
        printed=_("Printed %(when)s by %(name)s, %(role)s, for %(recipient)s.") % said,
        page_words=_("Page {page} of {pages}"),
        made_at=now,
        blocks=blocks,
    )


def _approved(story: MeetingStory) -> str:
    one = story.approved
    return f"{one.by.name}, {instant_words(one.known_from)}" if one is not None else ""


def _populations(story: MeetingStory) -> list[Block]:
    return [Paragraph(population_words(one)) for one in story.populations]


def _for_force(story: MeetingStory, items: Iterable[Item], known: Mapping[int, Identity]) -> tuple[Block, ...]:
    agencies = ", ".join(one.name for one in story.agencies)
    blocks: list[Block] = [
        Facts((
            facts_row(_("Day"), day_words(story.meeting.day)),
            facts_row(_("Chair"), story.chair.name),
            facts_row(_("Approved by"), _approved(story)),
            facts_row(_("Agencies invited"), agencies or _("None")),
        )),
        *_populations(story),
        Paragraph(str(NO_SCORE_DECIDES)),
        Heading(_("Attendance")),
        Grid(
            _("Attendance"),
            (_("Who"), _("For whom"), _("Attendance"), _("Undertaking of confidence")),
            tuple(_attended(one) for one in story.attended),
        ),
    ]  # fmt: skip
    for one in items:
        name = several_words(one) if one.is_of_several else name_shown(known[one.person.pk])
        title = _("Item %(number)s: %(name)s") % {"number": one.number, "name": name}
        blocks += [
            Heading(title),
            Facts(tuple(_decided(story, one, known))),
            *_actions(one, None),
            *_corrected(story, one),
        ]
    whole = [one.words for one in story.corrections if one.item is None]
    if whole:
        blocks += [Heading(_("Corrections")), *map(Paragraph, whole)]
    return tuple(blocks)


def _attended(one: MeetingAttended) -> tuple[str, ...]:
    undertaking = _("Not needed") if not one.came else _("Given") if has_undertaken(one) else _("Not given")
    agency = one.agency.name if one.agency is not None else _("This force")
    return one.name, agency, _("Came") if one.came else _("Apologies"), undertaking


def _decided(story: MeetingStory, one: Item, known: Mapping[int, Identity]) -> Iterable[tuple[str, tuple[str, ...]]]:
    row, last = one.row, one.standing
    people = [(each.reference, known[each.pk]) for each in one.people]
    yield _("Person"), tuple(f"{reference}, {name_shown(who)}, {born_words(who)}" for reference, who in people)
    yield _row(_("Why on the agenda"), row.reason if row.why == OnAgenda.PROPOSED else str(ON_AGENDA[row.why]))
    yield _row(_("Put on the agenda by"), row.by.name)
    if last is not None:
        tier = str(TIERS[last.tier].words) if last.tier else _("Outside the scored population")
        yield _row(_("Score and priority then"), f"{tier}, {number_words(last.score)}")
        yield _row(_("Decision"), str(DECIDED[last.decision].words))
        yield _row(_("What followed"), str(EFFECTS[last.effect]))
        yield _row(_("Why"), last.reason)
        yield _row(_("Recorded by"), f"{last.by.name}, {instant_words(last.known_from)}")
        yield _row(_("Agencies that are to have it"), ", ".join(str(each) for each in agencies_words(story, one)))


def _row(name: str, words: str) -> tuple[str, tuple[str, ...]]:
    return name, (words,)


def _actions_of(one: Item, agency: MeetingAgency | None) -> list[Action]:
    """All of an item, or those that one agency owns."""
    return [each for each in one.actions if agency is None or each.row.agency == agency]


def _actions(one: Item, agency: MeetingAgency | None) -> list[Block]:
    actions = _actions_of(one, agency)
    if not actions:
        return [Paragraph(_("No action."))]
    rows = tuple((each.row.words, each.who, day_words(each.row.due_on)) for each in actions)
    return [Grid(_("Actions"), (_("What"), _("Who"), _("By when")), rows, widths=(5, 3, 2))]


def _corrections(story: MeetingStory, one: Item) -> list[MeetingCorrected]:
    return [each for each in story.corrections if each.item_id == one.row.pk]


def _corrected(story: MeetingStory, one: Item) -> list[Block]:
    words = [each.words for each in _corrections(story, one)]
    return [Paragraph(_("Correction: %(words)s") % {"words": each}, is_strong=True) for each in words]


def _was_corrected(story: MeetingStory, one: Item) -> list[Block]:
    """That an item was corrected, and when: what somebody wrote of it may be a reason, a score or another agency."""
    days = dict.fromkeys(day_words(day_of(each.known_from)) for each in _corrections(story, one))
    words = _("This item was corrected on %(day)s. Ask the chair what was put right.")
    return [Paragraph(words % {"day": day}, is_strong=True) for day in days]


def _for_agency(
    story: MeetingStory, agency: MeetingAgency, items: Iterable[Item], known: Mapping[int, Identity]
) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Facts((
            facts_row(_("Day"), day_words(story.meeting.day)),
            facts_row(_("Chair"), story.chair.name),
            facts_row(_("Approved by"), _approved(story)),
            facts_row(_("For"), agency.name),
            facts_row(_("Who came for it"), ", ".join(one.name for one in story.came_for(agency.number))),
        )),
        *_populations(story),
        Paragraph(_(
            "This is what your agency needs to know of the meeting. Keep it in confidence, as was undertaken: use it for what it"
            " is given for, and pass it to nobody. It says nothing of what else was discussed."
        )),
    ]  # fmt: skip
    # Counted anew: a number of the whole agenda would tell how many others there were.
    for number, one in enumerate(items, start=1):
        last = one.standing
        decision = _row(_("Decision"), str(DECIDED[last.decision].words) if last is not None else "")
        name, facts = _("Ask the chair whom this is about"), [decision]
        if not one.is_of_several:
            identity = known[one.person.pk]
            name, facts = name_shown(identity), [_row(_("Born"), born_words(identity)), decision]
        title = _("%(number)s. %(name)s") % {"number": number, "name": name}
        blocks += [Heading(title), Facts(tuple(facts)), *_actions(one, agency), *_was_corrected(story, one)]
    return tuple(blocks)
