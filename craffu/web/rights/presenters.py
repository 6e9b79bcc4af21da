"""What the pages about rights requests show: where each stands, the days it has, and every step (SEC-11)."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.rights_requests.kinds import Kind
from craffu.access.rights_requests.models import RightsStep
from craffu.access.rights_requests.queries import Standing
from craffu.access.rights_requests.states import RightsStatus
from craffu.daily.own_data.putting_right import SourceSaid
from craffu.web import cells
from craffu.web.court.held_words import in_our_words
from craffu.web.court.sources import place_words
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.use import GOES_ON
from craffu.web.presenters import Link, Params, Text
from craffu.web.rights.words import CHECKS, DECIDED, DONE, ENDED, KINDS, STANDINGS, STATUS, WHOSE
from craffu.web.statuses import SOURCE_WORDS


def refs_of(one: Standing, restricted: Sequence[str] = (), wrong: Sequence[SourceSaid] = ()) -> list[str]:
    """The request, the person it is about, and whoever and whatever else its page names, as the log does."""
    people = {*restricted, *([one.request.person] if one.request.person else [])}
    cases = {said.case for said in wrong if said.case}
    return [
        f"rights_request/{one.request.number}",
        *(f"person/{person}" for person in sorted(people)),
        *(f"case/{case}" for case in sorted(cases)),
    ]


def link_to(one: Standing) -> Link:
    number = one.request.number
    return Link(number, reverse("rights_detail", kwargs={"rights_request": number}))


def due_words(one: Standing, today: date) -> str:
    return _("Due %(day)s, not confirmed") % {"day": day_words(one.clock(today).due_day)}


def open_table(requests: Sequence[Standing], today: date) -> Params | None:
    """Those to be answered, the first due first; None where there is none."""
    head: list[cells.Heading] = [_("Request"), _("What is asked"), _("Who asks"), _("Where it stands"), _("Time")]
    rows = [
        [
            cells.link(link_to(one)),
            cells.words(KINDS[one.request.kind]),
            cells.words(WHOSE[one.request.whose]),
            cells.tag(STATUS[one.status].tag),
            cells.tag(STANDINGS[one.clock(today).status].tag, due_words(one, today)),
        ]
        for one in requests
    ]
    return cells.table(_("To be answered"), head, rows) if rows else None


def over_table(requests: Sequence[Standing], today: date) -> Params | None:
    """The latest that are over; None where there is none."""
    head: list[cells.Heading] = [_("Request"), _("What is asked"), _("Where it stands"), _("When"), _("Time")]
    rows = [
        [
            cells.link(link_to(one)),
            cells.words(KINDS[one.request.kind]),
            cells.tag(STATUS[one.status].tag),
            cells.words(day_words(one.steps[-1].on)),
            _in_time(one, today),
        ]
        for one in requests
    ]
    return cells.table(_("Over"), head, rows) if rows else None


def _in_time(one: Standing, today: date) -> Params:
    """Whether an answer was in time; one that was withdrawn has no time."""
    return cells.tag(STANDINGS[one.clock(today).status].tag) if one.status == "answered" else cells.words("")


def facts(one: Standing, today: date, restricted: Sequence[str]) -> Params:
    """One request as a summary list. What somebody wrote stands as they wrote it."""
    request, days = one.request, one.clock(today)
    not_confirmed = {"text": _("Not confirmed"), "classes": "govuk-tag--grey"}
    other = _("%(day)s, if the month is counted from the day after") % {"day": day_words(days.other_reading)}
    is_running = not one.is_over
    said: list[tuple[Text, Params]] = [
        (_("What is asked"), cells.words(KINDS[request.kind])),
        (_("Who asks"), cells.words(WHOSE[request.whose])),
        (_("Their reference"), cells.words(request.person or _("Not known"))),
        (_("In their words"), cells.words(request.words)),
        (_("Where it stands"), cells.tag(STATUS[one.status].tag)),
        *_came_of(one, restricted),
        (_("Received"), cells.words(day_words(request.received_on))),
        (_("The month begins"), cells.words(day_words(days.starts_on))),
        *([(_("Time"), cells.tag(STANDINGS[days.status].tag, due_words(one, today)))] if is_running else []),
        (_("Work to"), cells.tag(not_confirmed, day_words(days.due_day))),
        (_("The other reading"), cells.tag(not_confirmed, other)),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in said]}


def _came_of(one: Standing, restricted: Sequence[str]) -> Iterator[tuple[Text, Params]]:
    """What the answer that was sent decided, what that does, and how it is over."""
    answered, ending = one.last(RightsStatus.ANSWERED), one.ending
    if answered is None or one.decided is None:
        return
    yield _("Decided"), cells.words(DECIDED[one.decided])
    if ending is not None:
        said = _("%(when)s, %(name)s") % {"when": instant_words(ending.at), "name": ending.by.name}
        yield _("What became of it"), cells.lines([ENDED[ending.how].words, said, ending.words])
    elif one.takes_effect and one.request.kind == Kind.RESTRICTION:
        yield (
            _("What becomes of it"),
            cells.lines([_restricted_words(restricted, answered.on), *([GOES_ON] if restricted else [])]),
        )
    elif one.takes_effect:
        yield _("What becomes of it"), cells.words(_("To be put right by whoever sent it"))


def _restricted_words(people: Sequence[str], since: date) -> Text:
    if not people:
        return _("No record stands under this reference: nothing is restricted.")
    return _("The use of data about %(person)s is restricted since %(day)s.") % {
        "person": ", ".join(people),
        "day": day_words(since),
    }


def put_right_table(said: Sequence[SourceSaid]) -> Params | None:
    """Each record that may be what was wrong, and whether its sender has said something else since the answer."""
    head: list[cells.Heading] = [
        _("Record"), _("Source"), _("Place"), _("Controller"), _("Received"), _("Something else received since the answer"),
    ]  # fmt: skip
    rows = [
        [
            cells.words(_("Crime in case %(reference)s") % {"reference": one.case} if one.case else _("Who they are")),
            cells.words(SOURCE_WORDS.get(one.source, one.source)),
            cells.words(place_words(one.file_sha256, one.line)),
            cells.words(in_our_words(one.controller)),
            cells.words(instant_words(one.received)),
            cells.tag({"text": _("Yes"), "classes": "govuk-tag--green"}, instant_words(one.newer))
            if one.newer
            else cells.tag({"text": _("Not yet"), "classes": "govuk-tag--yellow"}),
        ]
        for one in said
    ]
    return cells.table(_("What is to be put right, and where"), head, rows, is_hidden=True) if rows else None


def history_table(one: Standing) -> Params:
    """Every step, the first first."""
    head: list[cells.Heading] = [_("What was done"), _("On"), _("By"), _("Recorded"), _("In words")]
    rows = [
        [
            cells.words(DONE[step.status]),
            cells.words(day_words(step.on)),
            cells.words(step.by.name),
            cells.words(instant_words(step.at)),
            cells.lines([*_decision(step), step.words, *_checks(step)] if step.words else [_("None")]),
        ]
        for step in one.steps
    ]
    return cells.table(_("What was done"), head, rows)


def _decision(step: RightsStep) -> list[Text]:
    """What the preparer decided; the steps after it say the same."""
    return [DECIDED[step.decided]] if step.decided and step.status == RightsStatus.PREPARED else []


def _checks(step: RightsStep) -> list[Text]:
    """What the preparer said was done."""
    said = {
        "third_parties_redacted": step.third_parties_redacted,
        "victim_scan_clean": step.victim_scan_clean,
        "neither_confirm_nor_deny_asked": step.neither_confirm_nor_deny_asked,
        "privileged_included": step.privileged_included is False,
    }
    return [words for key, words in CHECKS.items() if said[key]]
