"""What the pages of a cohort meeting show: those called, who came, the agenda and the minutes as they build (page map, P23)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.clocks.london import day_of
from craffu.people.models import Person
from craffu.people.queries import Identity
from craffu.prevention.meetings.kinds import OnAgenda, Stage
from craffu.prevention.meetings.queries import Action, Item, MeetingStory, has_undertaken
from craffu.prevention.meetings.rules import minutes_due
from craffu.prevention.models import MeetingAttended, MeetingDecided, MinutesPrinted, ScoreStands
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.meetings.words import DECIDED, EFFECTS, ON_AGENDA, STAGES, UNDECIDED
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Link, Params, Text
from craffu.web.priority.presenters import number_words, priority_link
from craffu.web.priority.words import TIERS
from craffu.web.references import address_of

DIGITS = 12


def rows_of(rows: Iterable[tuple[Text, Params]]) -> Params:
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def meeting_link(reference: str) -> Link:
    return Link(reference, address_of("meeting_detail", "meeting", reference))


def item_address(meeting: str, item: int, name: str = "meeting_item", **more: int) -> str:
    address: str = reverse(name, kwargs={"meeting": meeting, "item": item, **more})
    return address


def meetings_table(caption: Text, stories: Iterable[MeetingStory], today: date) -> Params | None:
    head: list[cells.Heading] = [
        _("Day"),
        _("Meeting"),
        _("Where it stands"),
        _("Chair"),
        (_("On the agenda"), "numeric"),
    ]
    rows = [
        [
            cells.words(day_words(one.meeting.day)),
            cells.link(meeting_link(one.meeting.reference)),
            cells.tag(STAGES[one.stage(today)].tag),
            cells.words(one.chair.name),
            cells.number(len(one.items)),
        ]
        for one in stories
    ]
    return cells.table(caption, head, rows, is_hidden=True) if rows else None


def about(story: MeetingStory, today: date) -> Params:
    """When it is, where it stands, who has the chair, and by when its minutes are approved."""
    meeting, stage = story.meeting, story.stage(today)
    rows: list[tuple[Text, Params]] = [
        (_("Day"), cells.words(day_words(meeting.day))),
        (_("Where it stands"), cells.tag(STAGES[stage].tag, _beside(story, stage))),
        (_("Chair"), cells.words(story.chair.name)),
        (_("Called by"), cells.words(_said(meeting.by.name, day_words(day_of(meeting.known_from))))),
        (_("Agencies invited"), cells.lines(one.name for one in story.agencies) if story.agencies else cells.words(_("None"))),
    ]  # fmt: skip
    return rows_of(rows)


def _said(name: str, day: str) -> str:
    return _("%(name)s, %(day)s") % {"name": name, "day": day}


def _beside(story: MeetingStory, stage: Stage) -> str:
    if story.called_off is not None:
        return story.called_off.reason
    if story.approved is not None:
        return _said(story.approved.by.name, instant_words(story.approved.known_from))
    if stage is Stage.MINUTING:
        return _("To be approved by %(day)s") % {"day": day_words(minutes_due(story.meeting.day))}
    return ""


def attendance_table(story: MeetingStory) -> Params | None:
    """Who came and for whom; whoever has not given the undertaking yet can do so."""
    head: list[cells.Heading] = [_("Who"), _("For whom"), _("Attendance"), _("Undertaking of confidence")]
    rows = [
        [
            cells.words(one.name),
            cells.words(one.agency.name if one.agency is not None else _("This force")),
            cells.words(_("Came") if one.came else _("Apologies")),
            _undertaking(story, one),
        ]
        for one in story.attended
    ]
    return cells.table(_("Attendance"), head, rows, is_hidden=True) if rows else None


def _undertaking(story: MeetingStory, one: MeetingAttended) -> Params:
    if not one.came:
        return cells.words(_("Not needed"))
    if has_undertaken(one):
        return cells.words(_("Given"))
    if not story.is_open:
        return cells.words(_("Not given"))
    href = reverse("meeting_undertaking", kwargs={"meeting": story.meeting.reference, "number": one.number})
    return cells.link(Link(_("Record it: %(name)s") % {"name": one.name}, href))


def may_have_words(story: MeetingStory) -> list[str]:
    """Of each agency, whether it may be given anything, and why not."""
    found = []
    for one in story.agencies:
        if one.number in story.bound:
            words = _("%(agency)s may be given the items that it is to have.")
        elif story.came_for(one.number):
            words = _("%(agency)s is given nothing: not everybody who came for it gave the undertaking.")
        else:
            words = _("%(agency)s is given nothing: nobody came for it.")
        found.append(words % {"agency": one.name})
    return found


def agenda_table(story: MeetingStory, known: Mapping[int, Identity], stand: Mapping[int, ScoreStands]) -> Params | None:
    """Everybody on the agenda with what was decided; the item is where it is looked at and decided."""
    head: list[cells.Heading] = [
        _("Item"), _("Person"), _("Why on the agenda"), _("Priority"), _("Decision"),
        _("Agencies that are to have it"),
    ]  # fmt: skip
    rows = [
        [
            _item(story, one),
            _whom(one, known),
            cells.lines(why_words(one)),
            _tier(one, stand),
            _decision(one),
            cells.lines([*agencies_words(story, one), _count_words(one.actions)]),
        ]
        for one in story.items
    ]  # fmt: skip
    return cells.table(_("Agenda"), head, rows, is_hidden=True) if rows else None


def _item(story: MeetingStory, one: Item) -> Params:
    words = _("Item %(number)s") % {"number": one.number}
    return cells.link(Link(words, item_address(story.meeting.reference, one.number)))


def _whom(one: Item, known: Mapping[int, Identity]) -> Params:
    if one.is_of_several:
        return cells.lines([one.row.person.reference, several_words(one)])
    return cells.link(priority_link(one.person.reference), name_shown(known[one.person.pk]))


def people_of(items: Iterable[Item]) -> list[Person]:
    """Whoever these items are about by now."""
    return [person for one in items for person in one.people]


def several_words(one: Item) -> str:
    """Of whom the records are by now of somebody who has none any more, where they are several's (IDN-03)."""
    people = ", ".join(each.reference for each in one.people)
    return _("The records are held to be several persons’ now: %(people)s") % {"people": people}


def same_words(story: MeetingStory, one: Item) -> str:
    """That two items turned out to be about one person (IDN-06); empty where they did not."""
    if not (numbers := story.beside(one)):
        return ""
    words = ngettext(
        "Item %(numbers)s is about the same person: their records were joined. What is decided last stands.",
        "Items %(numbers)s are about the same person: their records were joined. What is decided last stands.",
        len(numbers),
    )
    return words % {"numbers": ", ".join(map(str, numbers))}


def why_words(one: Item) -> list[Text]:
    row = one.row
    said: list[Text] = [ON_AGENDA[row.why], _said(row.by.name, day_words(day_of(row.known_from)))]
    return [*said, row.reason] if row.why == OnAgenda.PROPOSED else said


def _tier(one: Item, stand: Mapping[int, ScoreStands]) -> Params:
    """As it stood when it was decided; before that as it stands."""
    last, now = one.standing, stand.get(one.person.pk)
    tier = last.tier if last is not None else now.tier if now is not None else ""
    if not tier:
        return cells.words(_("Outside the scored population"))
    value = last.score if last is not None else now.value if now is not None else None
    return cells.lines([TIERS[tier].words, number_words(value)])


def _decision(one: Item) -> Params:
    last = one.standing
    if last is None:
        return cells.tag(UNDECIDED.tag)
    return cells.tag(DECIDED[last.decision].tag, f"{EFFECTS[last.effect]}. {last.reason}")


def agencies_words(story: MeetingStory, one: Item) -> list[Text]:
    named: list[Text] = [each.name for each in story.agencies if each.number in one.agencies]
    return named or [_("None")]


def _count_words(actions: Iterable[Action]) -> str:
    several = list(actions)
    if not several:
        return ""
    done = sum(one.closed is not None for one in several)
    words = ngettext("%(number)s action, %(closed)s closed", "%(number)s actions, %(closed)s closed", len(several))
    return words % {"number": len(several), "closed": done}


def decisions_table(story: MeetingStory, one: Item) -> Params | None:
    """Every decision of this meeting about somebody, the last first: that one stands."""
    head: list[cells.Heading] = [
        _("Decision"),
        _("What followed"),
        _("Why"),
        _("Agencies that are to have it"),
        _("Recorded"),
    ]
    rows = [_decided_row(story, each) for each in reversed(one.decisions)]
    return cells.table(_("What the meeting decided"), head, rows, is_hidden=True) if rows else None


def _decided_row(story: MeetingStory, one: MeetingDecided) -> list[Params]:
    named = [each.name for each in story.agencies if each.number in one.agencies]
    return [
        cells.tag(DECIDED[one.decision].tag),
        cells.words(EFFECTS[one.effect]),
        cells.words(one.reason),
        cells.lines(named) if named else cells.words(_("None")),
        cells.lines([one.by.name, instant_words(one.known_from)]),
    ]


def actions_table(story: MeetingStory, one: Item, today: date, *, may_close: bool) -> Params | None:
    head: list[cells.Heading] = [_("What"), _("Who"), _("By when"), _("What became of it")]
    rows = [
        [
            cells.words(each.row.words),
            cells.words(each.who),
            cells.lines([day_words(each.row.due_on), _("Late") if each.closed is None and each.row.due_on < today else ""]),
            _became(story, one, each, may_close=may_close),
        ]
        for each in one.actions
    ]  # fmt: skip
    return cells.table(_("Actions"), head, rows, is_hidden=True) if rows else None


def _became(story: MeetingStory, item: Item, one: Action, *, may_close: bool) -> Params:
    closed = one.closed
    if closed is not None:
        done = _("Done") if closed.is_done else _("Not to be done any more")
        return cells.lines([done, closed.words, _said(closed.by.name, day_words(day_of(closed.known_from)))])
    if not may_close:
        return cells.words(_("Open"))
    number = one.row.number
    href = item_address(story.meeting.reference, item.number, "meeting_action", number=number)
    return cells.link(Link(_("Say what became of action %(number)s") % {"number": number}, href))


def corrections_table(story: MeetingStory, item: int | None = None) -> Params | None:
    """What was put right beside approved minutes, of one item or of all, in the order in which it was."""
    head: list[cells.Heading] = [_("Of"), _("Correction"), _("Recorded")]
    rows = [
        [
            cells.words(_("Item %(number)s") % {"number": one.item.number} if one.item is not None else _("The minutes")),
            cells.words(one.words),
            cells.lines([one.by.name, instant_words(one.known_from)]),
        ]
        for one in story.corrections
        if item is None or (one.item is not None and one.item.number == item)
    ]  # fmt: skip
    return cells.table(_("Corrections"), head, rows, is_hidden=True) if rows else None


def papers(story: MeetingStory, has_items: Iterable[int]) -> list[Link]:
    """Where the minutes are taken out: whole for the force, and each agency's own."""
    reference = story.meeting.reference
    found = [Link(_("Take out the whole minutes, for this force"), address_of("meeting_print", "meeting", reference))]
    given = set(has_items)
    for one in story.agencies:
        if one.number in given:
            href = reverse("meeting_print_agency", kwargs={"meeting": reference, "agency": one.number})
            found.append(Link(_("Take out what %(agency)s is given") % {"agency": one.name}, href))
    return found


def printed_table(meeting: str, printed: Iterable[MinutesPrinted]) -> Params | None:
    """What left, the newest first: the same file is opened again from here."""
    head: list[cells.Heading] = [_("For"), _("Printed"), _("By"), (_("Items"), "numeric"), _("SHA-256")]
    rows = [
        [
            cells.link(Link(printed_for(one), reverse("meeting_printed", kwargs={"meeting": meeting, "number": one.pk}))),
            cells.words(instant_words(one.known_from)),
            cells.words(one.by.name),
            cells.number(len(one.items)),
            cells.words(one.sha256[:DIGITS]),
        ]
        for one in printed
    ]  # fmt: skip
    return cells.table(_("Papers that left"), head, rows, is_hidden=True) if rows else None


def printed_for(one: MinutesPrinted) -> str:
    return str(one.agency.name) if one.agency is not None else _("This force")


def printed_list(one: MinutesPrinted) -> Params:
    return rows_of([
        (_("For"), cells.words(printed_for(one))),
        (_("Printed"), cells.words(instant_words(one.known_from))),
        (_("By"), cells.words(one.by.name)),
        (_("Items"), cells.words(str(len(one.items)))),
        (_("SHA-256"), cells.words(one.sha256)),
    ])  # fmt: skip
