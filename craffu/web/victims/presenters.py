"""What a victim's own page and the log of contacts show: how they are safely reached now, what is due to them, what was kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.clocks.london import local_time
from craffu.people.queries import Identity
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import terms
from craffu.victims.answering.rules import contact_by
from craffu.victims.contacts.queries import PromiseStands
from craffu.victims.contacts.rules import Kept
from craffu.victims.happenings.queries import News, code_status
from craffu.victims.models import Contact
from craffu.victims.notices.code import CODE_2021
from craffu.victims.notices.rules import Told, Warned
from craffu.victims.stories import Answered, Story
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.presenters import case_link, name_shown
from craffu.web.presenters import Link, Params
from craffu.web.victims.agreement_presenters import (
    Reached,
    as_shown,
    frequency_words,
    joined,
    standing_words,
    times_words,
)
from craffu.web.victims.asking_words import FOLLOWS
from craffu.web.victims.words import (
    CHANNELS,
    ENTITLEMENTS,
    EXCUSES,
    HAPPENINGS,
    LANGUAGES,
    LIMITS,
    MARKS,
    OCCASIONS,
    PROMISES,
    TELLERS,
    UNSAFE,
    URGENT,
    WARNED,
)


def safe_terms(story: Story) -> Terms | None:
    """What they called safe last, whether an agreement stands or was declined since."""
    last = next((one for one in reversed(story.versions) if one.channels), None)
    return terms(last) if last is not None else None


def safe_now_words(given: Terms, story: Story) -> str:
    """Whether a contact is safe at this moment, and by what: with news for their safety, also as they said for any hour."""
    now = story.now
    clock = f"{local_time(now):%H:%M}"
    if story.is_reach_in_doubt:
        return _("May not be safe any more: how we reach them has changed. Ask what is safe now before anything else.")
    is_time = any(window.hold(now) for window in given.safety.times)
    if not is_time and story.owes_safety_news and given.urgent_reach in given.channels:
        said = _("Not a safe time now, at %(time)s, but for the news their safety hangs on: %(way)s")
        return said % {"time": clock, "way": CHANNELS.get(given.urgent_reach, given.urgent_reach)}
    if is_time:
        ways = joined(CHANNELS.get(one, one) for one in given.channels)
        return _("Safe now, at %(time)s: %(ways)s") % {"time": clock, "ways": ways}
    return _("Not a safe time now, at %(time)s. Safe times: %(times)s") % {"time": clock, "times": times_words(given)}


def header(story: Story, identity: Identity, reached: Reached, *, sees_all: bool) -> Params:
    """Name, language and how they are reached safely; no address and no number. Who sees a part sees no words of anybody."""
    said_safe = safe_terms(story)
    given = None if said_safe is None else as_shown(said_safe, reached)
    rows = [(_("Name"), name_shown(identity))]
    if given is None:
        rows.append((_("Safe contact"), _("Nobody has asked yet what is safe. Ask before anything else.")))
    else:
        message = _("We may leave a message") if given.may_leave_message else _("Do not leave a message")
        rows += [
            (_("Language"), str(LANGUAGES.get(given.language, given.language)) or _("Not said")),
            (_("Safe contact"), safe_now_words(given, story)),
            (_("Messages"), message),
            (_("Never to be said"), given.never_say or _("Nothing said")),
            (_("At any hour"), str(URGENT.get(given.urgent_reach, "")) or _("Not said")),
            (_("To know for that"), given.urgent_words if sees_all else ""),
        ]
    said = story.entitlement_said
    reason = said.reason if said is not None else _("by default: nobody decided otherwise")
    if sees_all:
        rows.append((_("Rights under the Victims’ Code"), f"{ENTITLEMENTS[story.entitled]}: {reason}"))
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows if value]}


def agreement_card(story: Story) -> Params:
    """How often, what is promised next, and whether something asks for it again."""
    last = story.agreement
    promised = story.next_promise
    due = [one for one in story.revisits if one.status in (Told.RUNNING, Told.MISSED)]
    again = _("Nothing asks for it") if story.versions else _("It has not been offered yet")
    if due:
        what = joined(OCCASIONS[one] for one in due[0].contact.occasions)
        again = _("By %(day)s, because of: %(what)s") % {"day": day_words(due[0].contact.due_day), "what": what}
    rows = [
        (_("Agreement"), standing_words(story.versions)),
        (_("How often"), frequency_words(terms(last).frequency) if last and last.agreed_on else _("Not agreed")),
        (_("Promised next"), instant_words(promised.promise.due_at) if promised else _("Nothing is promised")),
        (_("Ask again"), again),
    ]
    return {"rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]}


def attention(story: Story) -> Params | None:
    """What is due now, the worst first: news their safety hangs on with both clocks, promises, the Code, the agreement."""
    head: list[cells.Heading] = [_("What"), _("Why"), _("By when")]
    rows = [
        *_offer_rows(story),
        *_answer_rows(story),
        *_safety_rows(story),
        *_promise_rows(story),
        *_code_rows(story),
        *_revisit_rows(story),
    ]
    return cells.table(_("Due to them now"), head, rows) if rows else None


def _offer_rows(story: Story) -> list[list[Params]]:
    if story.versions or not story.live_cases:
        return []
    return [
        [
            cells.words(_("Offer a contact agreement")),
            cells.words(_("Nobody has asked yet what is safe. Ask before anything else.")),
            cells.words(_("As soon as it is safe")),
        ]
    ]


def _answer_rows(story: Story) -> list[list[Params]]:
    """What they answered on the safe page, or in another system's survey, that asks for somebody today."""
    return [
        [
            cells.words(FOLLOWS[why]),
            cells.words(_answered_words(one)),
            cells.words(instant_words(contact_by(one.given_at))),
        ]
        for one, why in story.still_follows()
    ]


def _answered_words(one: Answered) -> str:
    if one.is_anothers:
        return _("Somebody else had what was sent to them; recorded on %(when)s") % {
            "when": instant_words(one.given_at)
        }
    if one.in_survey_on is None:
        return _("They answered on %(when)s") % {"when": instant_words(one.given_at)}
    days = {"day": day_words(one.in_survey_on), "when": instant_words(one.given_at)}
    return _("They said so in another survey on %(day)s; it came in on %(when)s") % days


def _safety_rows(story: Story) -> list[list[Params]]:
    rows = []
    for one in story.news:
        if one.safety is None or not one.is_owed:
            continue
        by = one.safety.warn_before or one.safety.tell_by
        outer = _("At the outside by %(day)s (%(source)s)") % {
            "day": day_words(one.safety.outer_due_day), "source": outer_words(one.safety.outer_from),
        }  # fmt: skip
        rows.append(
            [
                cells.words(_("Tell them: %(what)s") % {"what": HAPPENINGS[one.happened.kind]}),
                cells.tag(WARNED[one.safety.status].tag, _("Their safety hangs on it")),
                cells.lines([instant_words(by), outer, *_mark_lines(one.safety.mark)]),
            ]
        )
    return rows


def outer_words(said: str) -> str:
    """Whence an outer limit comes: a version of the Code, or the force's policy."""
    version = said.removeprefix("Code ")
    return _("Victims’ Code %(version)s") % {"version": version} if version != said else _("force policy")


def _mark_lines(mark: str | None) -> list[str]:
    return [str(MARKS[mark].words)] if mark else []


def _promise_rows(story: Story) -> list[list[Params]]:
    found = story.next_promise
    if found is None:
        return []
    late = found.stands.status is Kept.MISSED
    tag = {"text": _("Overdue"), "classes": "govuk-tag--red"} if late else PROMISES[Kept.RUNNING].tag
    return [[cells.words(_("Promised contact")), cells.tag(tag), cells.words(instant_words(found.promise.due_at))]]


def _code_rows(story: Story) -> list[list[Params]]:
    rows = []
    for one in story.news:
        if one.code is None or one.safety is not None or not one.is_owed:
            continue
        status = LIMITS[code_status(one.code, one.happened.told_at, story.now)]
        source = _("Victims’ Code %(version)s") % {"version": CODE_2021.version}
        rows.append(
            [
                cells.words(_("Tell them: %(what)s") % {"what": HAPPENINGS[one.happened.kind]}),
                cells.tag(status.tag, source),
                cells.lines([day_words(one.code.due_day), TELLERS[one.code.who], *_mark_lines(one.code.mark)]),
            ]
        )
    return rows


def _revisit_rows(story: Story) -> list[list[Params]]:
    return [
        [
            cells.words(_("Ask whether the agreement is still right")),
            cells.tag(LIMITS[one.status].tag, joined(OCCASIONS[each] for each in one.contact.occasions)),
            cells.words(day_words(one.contact.due_day)),
        ]
        for one in story.revisits
        if one.status in (Told.RUNNING, Told.MISSED)
    ]


def cases_list(references: Iterable[str]) -> list[Link]:
    return [case_link(one) for one in sorted(references)]


def counts(story: Story) -> list[Params]:
    """Three counts that are never added: promises, news their safety hangs on, the Victims' Code."""
    promised = Counter(one.stands.status for one in story.promises)
    safety = Counter(one.safety.status for one in story.news if one.safety is not None)
    code = Counter(
        code_status(one.code, one.happened.told_at, story.now)
        for one in story.news
        if one.code is not None and one.is_wanted
    )
    return [
        _counted(_("Promises of the agreement"), [(PROMISES[one].words, promised[one]) for one in Kept]),
        _counted(_("News that their safety hangs on"), [(WARNED[one].words, safety[one]) for one in Warned]),
        _counted(_("The Victims’ Code"), [(LIMITS[one].words, code[one]) for one in Told]),
    ]


def _counted(title: str, numbers: Sequence[tuple[object, int]]) -> Params:
    rows = [{"key": {"text": str(words)}, "value": {"text": str(number)}} for words, number in numbers if number]
    if not rows:
        rows = [{"key": {"text": _("Number")}, "value": {"text": _("No cases")}}]
    return {"title": title, "rows": rows}


ALL, REACHED, NOT_REACHED, HERS, UNSAFE_ONES = "all", "reached", "not_reached", "hers", "unsafe"


CHOSEN: Mapping[str, Callable[[Contact], bool]] = {
    REACHED: lambda one: one.was_reached and not one.is_hers,
    NOT_REACHED: lambda one: not one.was_reached,
    HERS: lambda one: one.is_hers,
    UNSAFE_ONES: lambda one: bool(one.why_unsafe),
}


def filtered(contacts: Iterable[Contact], which: str) -> list[Contact]:
    """The contacts that somebody asked for, the newest first."""
    kept = CHOSEN.get(which)
    return [one for one in reversed(list(contacts)) if kept is None or kept(one)]


def contacts_table(contacts: Iterable[Contact]) -> Params | None:
    head: list[cells.Heading] = [_("When"), _("What"), _("How"), _("What was said"), _("By")]
    rows = [
        [
            cells.words(instant_words(one.at)),
            cells.lines([contact_words(one), *_unsafe_words(one)]),
            cells.words(CHANNELS.get(one.channel, one.channel)),
            cells.lines([one.told, one.response]),
            cells.words(one.recorded_by.name if one.recorded_by else one.officer_name),
        ]
        for one in contacts
    ]
    return cells.table(_("Contacts"), head, rows, is_hidden=True) if rows else None


def contact_words(one: Contact) -> str:
    if one.is_hers:
        return _("They contacted us")
    if one.was_reached:
        return _("Reached")
    return _("Left a message") if one.left_message else _("Tried, not reached")


def _unsafe_words(one: Contact) -> list[str]:
    if not one.why_unsafe:
        return []
    why = joined(UNSAFE.get(each, each) for each in one.why_unsafe)
    if one.is_danger:
        return [_("Not safe, made because life was in danger: %(why)s") % {"why": why}]
    return [_("Not safe: %(why)s") % {"why": why}]


def promises_table(promises: Iterable[PromiseStands], victim: str, *, may_excuse: bool) -> Params | None:
    """Every promise, the last due first."""
    head: list[cells.Heading] = [_("Promised by"), _("How it stands"), _("Made"), _("Excuse")]
    rows = []
    for one in sorted(promises, key=lambda each: each.promise.due_at, reverse=True):
        status = one.stands.status
        excuse = str(EXCUSES[one.excuse.reason]) if one.excuse else ""
        is_open = one.made is None and one.excuse is None
        rows.append(
            [
                cells.words(instant_words(one.promise.due_at)),
                cells.tag(
                    PROMISES[status].tag, _("The agreement was breached") if one.stands.agreement_breached else ""
                ),
                cells.words(instant_words(one.made.at) if one.made else ""),
                cells.link(Link(_("Excuse it"), _excuse_href(victim, one.promise.pk)))
                if is_open and may_excuse
                else cells.words(excuse),
            ]
        )
    return cells.table(_("Promises"), head, rows) if rows else None


def _excuse_href(victim: str, promise: int) -> str:
    return reverse("victim_promise_excuse", kwargs={"victim": victim, "promise": promise})


def news_table(news: Iterable[News], now: datetime) -> Params | None:
    """Of what they were or are to be told: both clocks beside one another, never merged."""
    head: list[cells.Heading] = [
        _("What happened"),
        _("When"),
        _("Told"),
        _("Safety: before it, or the hour"),
        _("Code"),
    ]
    rows = []
    for one in sorted(news, key=lambda each: each.happened.at, reverse=True):
        told = one.happened.told_at
        safety, code = one.safety, one.code
        rows.append(
            [
                cells.words(HAPPENINGS[one.happened.kind]),
                cells.words(instant_words(one.happened.at)),
                cells.words(
                    instant_words(told)
                    if told
                    else (_("Not yet") if one.is_wanted else _("They do not want to hear of it"))
                ),
                cells.tag(WARNED[safety.status].tag, instant_words(safety.warn_before or safety.tell_by))
                if safety
                else cells.words(""),
                cells.tag(
                    LIMITS[code_status(code, told, now)].tag,
                    joined([day_words(code.due_day), *_mark_lines(code.mark)]),
                )
                if code
                else cells.words(""),
            ]
        )
    return cells.table(_("What they were told of"), head, rows) if rows else None


def owed_choices(story: Story) -> list[tuple[str, str]]:
    """Of what they can be told in a contact: everything that is owed, the worst first."""
    owed = [one for one in story.news if one.happened.told_at is None and (one.code or one.safety)]
    owed.sort(key=lambda one: one.safety is None)
    return [
        (
            one.happened.key,
            _("%(what)s, %(when)s") % {"what": HAPPENINGS[one.happened.kind], "when": instant_words(one.happened.at)},
        )
        for one in owed
    ]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something recorded here that can be taken back, in words, and where."""

    words: str
    strike: str


def recorded_here(story: Story) -> list[Recorded]:
    """What somebody recorded here as having happened, the newest first."""
    return [
        Recorded(
            _("%(what)s, %(when)s") % {"what": HAPPENINGS[one.kind], "when": instant_words(one.at)},
            reverse(
                "victim_happened_strike",
                kwargs={"victim": story.victim.reference, "happening": int(one.key.partition("-")[2])},
            ),
        )
        for one in reversed(story.happened)
        if one.is_here
    ]
