"""What the page of a breach shows: its limit, what runs, what was told, the orders then, every standpoint, what is open (P09)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.breaches import due as breaches
from craffu.breaches.detecting.clocks import decide_by
from craffu.breaches.detecting.rules import condition_of
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.queries import BreachStory
from craffu.breaches.ledger.states import Status
from craffu.breaches.ledger.then import Then
from craffu.breaches.models import Breach, BreachAnswer, BreachMove, BreachOfOrder, BreachSource, StandpointTaken
from craffu.breaches.standpoints.questions import Question
from craffu.breaches.standpoints.reading import risk_of
from craffu.breaches.standpoints.rules import Mismatch
from craffu.clocks.london import day_of
from craffu.orders.models import OrderTerms
from craffu.people.queries import Identity
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.edits import both_versions
from craffu.web.orders.opening import order_link
from craffu.web.orders.presenters import checked_cell
from craffu.web.orders.words import (
    BREACH_IS,
    CONDITION_TYPES,
    ENFORCEABLE_BECAUSE,
    IN_FORCE_BECAUSE,
    kind_words,
    prevailing,
)
from craffu.web.people.presenters import born_words, case_link, name_shown, person_link
from craffu.web.people.reached import without_reach
from craffu.web.presenters import Link, Params, Text
from craffu.web.references import address_of, unbroken
from craffu.web.statuses import SOURCE_WORDS
from craffu.web.street.words import KNOWN_HOW
from craffu.web.triage import words
from craffu.web.triage.forms import DecideForm
from craffu.web.triage.mismatches import MISMATCHES
from craffu.web.triage.opening import breach_link
from craffu.work.models import WorkItem
from craffu.work.rules import after
from craffu.work.states import ItemState


@dataclass(frozen=True, slots=True)
class Limit:
    """By when somebody decides, in a sentence; `is_late` where it is with the duty inspector."""

    said: str
    is_late: bool = False


def limit_of(story: BreachStory, asked_at: datetime, now: datetime) -> Limit:
    """What stands on top: the limit while nobody has decided, and what was decided otherwise (BRC-06)."""
    breach = story.breach
    if breach.status != Status.POSSIBLE:
        return Limit(_decided_words(story))
    if breach.is_past:
        return Limit(_("It happened so long before we learnt of it that nobody’s hours run. It can still be decided."))
    last = decide_by(asked_at, risk_of(story))
    said = {"when": instant_words(last), "risk": words.RISKS[breach.risk]}
    if now > last:
        since = {"since": instant_words(after(last)), "risk": words.RISKS[breach.risk]}
        return Limit(_("With the duty inspector since %(since)s (%(risk)s).") % since, is_late=True)
    return Limit(_("To be decided by %(when)s (%(risk)s).") % said)


def _decided_words(story: BreachStory) -> str:
    last = next((one for one in reversed(story.moves) if one.move), None)
    if last is None:
        return ""
    return _("%(what)s: %(name)s, %(when)s.") % {
        "what": words.MOVES[last.move], "name": who_moved(last), "when": instant_words(last.known_from),
    }  # fmt: skip


def who_moved(move: BreachMove) -> Text:
    return move.by.name if move.by else _("as recorded in the force’s own system")


def happened_words(breach: Breach) -> str:
    """When it happened: a day, an instant, or from when to when."""
    if breach.is_day_only:
        first, last = (day_words(day_of(one)) for one in (breach.happened_from, breach.happened_to))
    else:
        first, last = instant_words(breach.happened_from), instant_words(breach.happened_to)
    return first if first == last else between_words(first, last)


def between_words(first: str, last: str) -> str:
    """Of an incident of which nobody can say when in this time it was, or that went on in it: nobody is told that it lasted."""
    return _("Between %(first)s and %(last)s") % {"first": first, "last": last}


def identity_bar(story: BreachStory, identity: Identity | None, *, has_case: bool) -> Params:
    """When it happened, how it stands, against whom, of which case."""
    breach = story.breach
    facts: list[Params] = [
        {"label": _("Happened"), "text": happened_words(breach)},
        {"label": _("Status"), "html": cells.tag(words.STATUS[breach.status].tag)["html"]},
    ]
    if identity is not None:
        facts.append({"label": _("Respondent"), "text": name_shown(identity)})
        facts.append({"label": _("Born"), "text": born_words(identity)})
        facts.append({"label": _("Person"), **cells.link(person_link(identity.reference))})
    if breach.case is not None:
        to = case_link(breach.case.reference)
        facts.append({"label": _("Case"), **(cells.link(to) if has_case else cells.words(to.text))})
    title = _("Breach %(reference)s") if breach.status != Status.POSSIBLE else _("Possible breach %(reference)s")
    return {"title": {"text": title % {"reference": breach.reference}}, "headingLevel": 1, "facts": facts}


@dataclass(frozen=True, slots=True)
class Followed:
    """An order that is watched more closely for this breach, and until when: `interim` is the order that it took the place of."""

    order: str
    until: date
    interim: str = ""


def running(items: Iterable[WorkItem], orders: Iterable[Followed], now: datetime) -> list[Params]:
    """What runs already: the first contact, and heightened follow-up of each order (BRC-05, MON-03)."""
    contacts = [one for one in items if one.kind == breaches.CONTACT and one.state != ItemState.WITHDRAWN]
    # Of several each is reached by herself, and named by the reference of her pages.
    title = _("First contact with the victim") if len(contacts) == 1 else _("First contact with victim %(reference)s")
    rows = [(title % {"reference": one.about}, _contact_cell(one, now)) for one in contacts]
    for one in orders:
        said = _("Heightened follow-up to %(day)s") % {"day": day_words(one.until)}
        instead = _("It took the place of interim order %(reference)s") % {"reference": one.interim}
        rows.append((
            _("Order %(reference)s") % {"reference": one.order},
            cells.lines([said, instead]) if one.interim else cells.words(said),
        ))  # fmt: skip
    return [{"key": {"html": unbroken(key)}, "value": value} for key, value in rows]


def _contact_cell(item: WorkItem, now: datetime) -> Params:
    if item.state == ItemState.DONE and item.over_at is not None:
        return cells.words(_("Made, %(when)s") % {"when": instant_words(item.over_at)})
    by_when = _("By %(when)s") % {"when": instant_words(item.due_at)}
    return cells.tag({"text": _("Overdue"), "classes": "govuk-tag--red"}, by_when) if item.overdue_from <= now else (
        cells.words(by_when)
    )  # fmt: skip


def facts_of(story: BreachStory, victim: Identity | None, at_risk: Identity | None) -> Params:
    """What is said of the incident itself."""
    breach = story.breach
    yes_or_no: Mapping[bool | None, Text] = {True: _("Yes"), False: _("No"), None: _("Not said")}
    said = [
        (_("When"), happened_words(breach)),
        (_("Done to"), named_words(victim) if victim else _("Nobody is named")),
        (_("How"), words.CHANNELS.get(breach.channel, _("Not said"))),
        (_("Through others"), yes_or_no[breach.through_others]),
        (_("Inside a forbidden place"), yes_or_no[breach.in_zone]),
        (_("Somebody at risk now, as reported"), named_words(at_risk) if at_risk else yes_or_no[breach.at_risk_now]),
        (_("How it is known"), KNOWN_HOW.get(breach.known_how, _("Not said"))),
        (_("Raised"), _raised_words(breach)),
    ]
    return {"rows": [{"key": {"text": key}, "value": cells.words(value)} for key, value in said]}


def named_words(identity: Identity) -> str:
    return f"{name_shown(identity)} ({identity.reference})"


def _raised_words(breach: Breach) -> str:
    if breach.raised_by is None:
        return _("%(when)s, from what had arrived") % {"when": instant_words(breach.raised_at)}
    return _("%(when)s by %(name)s") % {"when": instant_words(breach.raised_at), "name": breach.raised_by.name}


@dataclass(frozen=True, slots=True)
class SourceShown:
    """One source: what it is, its own number, and its own words."""

    title: str
    said: str
    words: str


def source_words(source: str) -> Text:
    return SOURCE_WORDS.get(source, source)


def sources_of(story: BreachStory, reached: Sequence[tuple[str, str]]) -> list[SourceShown]:
    """Each in its own words, without where anybody can be reached."""
    return [
        SourceShown(str(words.FOUND_BY[one.kind]), _source_line(one), without_reach(one.words, reached))
        for one in sorted(story.sources, key=lambda one: (one.said_at, one.pk))
    ]


def _source_line(one: BreachSource) -> str:
    when = instant_words(one.said_at)
    if one.by is not None:
        return _("%(name)s, %(when)s") % {"name": one.by.name, "when": when}
    number = one.key if one.kind in words.NUMBERED and len(one.key) <= _SHORT_KEY and "/" not in one.key else ""
    said = _("%(source)s, %(when)s") % {"source": source_words(one.source), "when": when}
    return _("%(source)s. Its own number: %(number)s") % {"source": said, "number": number} if number else said


_SHORT_KEY = 40


@dataclass(frozen=True, slots=True)
class ThenShown:
    """One order as it stood then: words, and whether it bound them."""

    link: Link
    title: str
    facts: Params
    # Word for word, as the order has them, with whether each may have been broken.
    conditions: tuple[tuple[str, bool], ...]
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    # The language of its words.
    spoken: str = "en"
    # What is said of a condition that may have been broken.
    broken: Params | None = None


def then_shown(
    one: Then, ties: Iterable[BreachOfOrder], protected: Sequence[Identity], status: str = Status.POSSIBLE
) -> ThenShown:
    """The conditions in force then and not now, whether compared, and the facts of service and awareness then. What is said of
    those that are named is by how the breach stands: of one that police hold for none, nothing.
    """
    mine = [tie for tie in ties if tie.order_id == one.order.pk]
    broken = {tie.condition_id for tie in mine}
    conditions = tuple((f"{each.number}. {each.words}", each.pk in broken) for each in one.conditions)
    reasons = dict.fromkeys(reason_words(reason) for tie in mine for reason in tie.reasons)
    flags = dict.fromkeys(str(words.FLAGS[flag]) for tie in mine for flag in tie.flags)
    links = [tie.link for tie in mine if tie.link is not None and tie.link < 1]
    if links:
        sure = _("Probability that the records are of one person: %(percent)s%%")
        flags[sure % {"percent": int(max(links) * 100)}] = None
    return ThenShown(
        order_link(one.order.reference), str(kind_words(one.order.kind, is_interim=one.order.is_interim)),
        _then_facts(one, protected), conditions, tuple(reasons), tuple(flags), spoken_in(one.terms),
        words.BROKEN[status].tag if status in words.BROKEN else None,
    )  # fmt: skip


def _then_facts(one: Then, protected: Sequence[Identity]) -> Params:
    order, stood = one.order, one.stood
    liable = [ENFORCEABLE_BECAUSE[stood.enforceable_because]]
    if stood.liability_from is not None:
        liable.insert(0, _("From %(when)s.") % {"when": instant_words(stood.liability_from)})
    rows: list[tuple[Text, Params]] = [
        (_("In force then?"), cells.words(IN_FORCE_BECAUSE[stood.in_force_because])),
        (_("Enforceable then?"), cells.lines(liable)),
        (_("Served"), cells.words(_instant_or_no(order.served_at))),
        (_("Known to the respondent"), cells.words(_instant_or_no(order.aware_at))),
        (prevailing(order.kind).label, checked_cell(order.kind, one.terms, one.checked)),
        (_("A breach is"), cells.words(BREACH_IS[stood.breach_is])),
        (_("Protects"), cells.words(", ".join(map(named_words, protected)) or _("Nobody is named"))),
    ]
    if one.terms is not None and one.terms.applies_from is not None:
        said = {"number": one.terms.number, "since": instant_words(one.terms.applies_from)}
        rows.insert(0, (_("Its words then"), cells.words(_("Version %(number)s, since %(since)s") % said)))
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def spoken_in(terms: OrderTerms | None) -> str:
    return "cy" if terms is not None and terms.language == "cy" else "en"


def _instant_or_no(at: datetime | None) -> str:
    return instant_words(at) if at else _("Not recorded")


def reason_words(reason: str) -> str:
    """Why it is thought that an order was broken."""
    if reason in words.REASONS:
        return str(words.REASONS[reason])
    condition = condition_of(reason)
    named = CONDITION_TYPES.get(condition, condition) if condition else ""
    template = words.BY_PLACE if reason.startswith("place:") else words.BY_CHANNEL
    return str(template) % {"condition": named}


def earlier_table(rows: Iterable[Breach]) -> Params | None:
    return breaches_table(rows, _("Earlier breaches"))


def breaches_table(rows: Iterable[Breach], caption: str) -> Params | None:
    """Each breach on a line: when, how it stands, and what the court said."""
    head: list[cells.Heading] = [_("Breach"), _("When"), _("How it stands"), _("Court")]
    found = [
        [
            cells.link(breach_link(one.reference)),
            cells.words(happened_words(one)),
            cells.tag(words.STATUS[one.status].tag),
            cells.words(words.DECIDED[Standpoint.COURT].get(one.court, _("Nothing received"))),
        ]
        for one in rows
    ]
    return cells.table(caption, head, found, is_hidden=True) if found else None


def standpoints_table(story: BreachStory, open_orders: Collection[str], reached: Sequence[tuple[str, str]]) -> Params:
    """Every standpoint beside the others: its last word, and every earlier one (BRC-03), without where anybody can be reached."""
    head: list[cells.Heading] = [
        _("Standpoint"),
        _("Last word"),
        _("Of the incident"),
        _("Said by"),
        _("Earlier words"),
    ]
    rows = []
    for standpoint, name in words.STANDPOINTS.items():
        last = story.standing(Standpoint(standpoint))
        if last is None:
            said = _("Nothing received") if standpoint != Standpoint.VICTIM_TOLD else _("Nothing recorded")
            rows.append([cells.words(name), cells.words(said), *(cells.words("") for _column in range(3))])
            continue
        earlier = [one for one in story.words if one.standpoint == standpoint and one.pk != last.pk]
        rows.append(
            [
                cells.words(name),
                cells.lines([_decided(last), instant_or_day(last), without_reach(last.reason, reached)]),
                cells.lines(_of_the_incident(last, open_orders)),
                cells.words(_said_by(last)),
                cells.lines([_earlier(one, reached) for one in earlier] or [_("None")]),
            ]
        )
    return cells.table(_("Every standpoint"), head, rows, is_hidden=True)


def _decided(word: StandpointTaken) -> Text:
    return words.DECIDED[word.standpoint].get(word.decision, word.decision)


def instant_or_day(word: StandpointTaken) -> str:
    """When it was decided. What stands at midnight was given as a day."""
    day = day_words(day_of(word.at))
    whole = instant_words(word.at)
    return day if whole == f"{day}, 00:00" else whole


def _of_the_incident(word: StandpointTaken, open_orders: Collection[str]) -> list[Text]:
    found: list[Text] = [day_words(word.incident_on)] if word.incident_on else []
    found += [one for one in word.conditions if one.partition("/")[0] in open_orders]
    return found or [_("Says nothing of it")]


def _said_by(word: StandpointTaken) -> str:
    who = word.by.name if word.by else str(source_words(word.source))
    return _("%(name)s, known from %(when)s") % {"name": who, "when": instant_words(word.known_from)}


def _earlier(word: StandpointTaken, reached: Sequence[tuple[str, str]]) -> str:
    said = {"what": _decided(word), "when": instant_or_day(word), "name": _said_by(word)}
    line = _("%(what)s, %(when)s (%(name)s)") % said
    return f"{line}: {without_reach(word.reason, reached)}" if word.reason else line


@dataclass(frozen=True, slots=True)
class Open:
    """Something that does not agree: since when, and who has it in their work."""

    code: Mismatch
    since: datetime
    owner: Text


def mismatches_table(reference: str, found: Iterable[Open], now: datetime, *, may_explain: bool) -> Params | None:
    """By code, with what it means, who has it, how old it is (BRC-03)."""
    head: list[cells.Heading] = [_("Code"), _("What does not agree"), _("Owner"), _("Age")]
    head += [_("Action")] if may_explain else []
    rows = []
    for one in found:
        row = [
            cells.words(one.code.value),
            cells.words(MISMATCHES[one.code]),
            cells.words(one.owner),
            cells.words(age_words(one.since, now)),
        ]
        if may_explain:
            to = reverse("breach_explain", kwargs={"breach": reference, "code": one.code.value})
            row.append(cells.link(Link(_("Explain %(code)s") % {"code": one.code.value}, to)))
        rows.append(row)
    return cells.table(_("What does not agree"), head, rows, is_hidden=True) if rows else None


def age_words(since: datetime, now: datetime) -> str:
    days = (day_of(now) - day_of(since)).days
    if days < 1:
        return _("since today")
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": f"{days:,}"}


def explained_lines(story: BreachStory, reached: Sequence[tuple[str, str]]) -> list[str]:
    """What was explained, by whom and why."""
    return [
        _("%(code)s, %(name)s, %(when)s: %(words)s")
        % {
            "code": one.code,
            "name": one.by.name,
            "when": instant_words(one.known_from),
            "words": without_reach(one.words, reached),
        }
        for one in story.explained
    ]


def answers_list(last: Mapping[Question, BreachAnswer], reached: Sequence[tuple[str, str]]) -> Params:
    """Each question with its answer, by whom and when."""
    rows = [
        {"key": {"text": name}, "value": _answer_cell(question, last.get(question), reached)}
        for question, name in words.QUESTIONS.items()
    ]
    return {"rows": rows}


def _answer_cell(question: Question, said: BreachAnswer | None, reached: Sequence[tuple[str, str]]) -> Params:
    if said is None:
        return cells.tag({"text": _("Not answered"), "classes": "govuk-tag--yellow"})
    who = _("%(name)s, %(when)s") % {"name": said.by.name, "when": instant_words(said.known_from)}
    return cells.lines([words.ANSWERS[question][said.answer], without_reach(said.words, reached), who])


def moves_table(moves: Sequence[BreachMove], reached: Sequence[tuple[str, str]]) -> Params | None:
    """Every decision, and every note of enquiries, the newest first, without where anybody can be reached."""
    head: list[cells.Heading] = [_("What"), _("When"), _("By"), _("Why")]
    rows = [
        [
            cells.words(words.MOVES[one.move]),
            cells.words(instant_words(one.known_from)),
            cells.words(who_moved(one)),
            cells.lines([without_reach(one.words, reached), _other(one)]),
        ]
        for one in reversed(moves)
    ]
    return cells.table(_("Decisions"), head, rows, is_hidden=True) if rows else None


def _other(move: BreachMove) -> str:
    return _("The other: %(reference)s") % {"reference": move.other.reference} if move.other else ""


def conditions_offered(orders: Iterable[Then]) -> list[tuple[str, str]]:
    """The conditions in force then, to choose from."""
    return [
        (
            str(one.pk),
            format_html(
                '{}, {}: <span lang="{}">{}</span>', then.order.reference, one.number, spoken_in(then.terms), one.words
            ),
        )
        for then in orders
        for one in then.conditions
    ]


def both(move: BreachMove, form: DecideForm, reached: Sequence[tuple[str, str]]) -> Params:
    """What the first person did, and what the second typed (T30)."""
    mine = words.DECISIONS.get(form.cleaned_data["decision"], "")
    return both_versions(
        [
            (_("What it is"), words.MOVES[move.move], mine),
            (_("Why"), without_reach(move.words, reached), form.cleaned_data["reason"]),
            (_("By"), who_moved(move), _("You")),
        ]
    )


def both_answers(
    last: Mapping[Question, BreachAnswer],
    given: Mapping[Question, tuple[str, str]],
    asked: Iterable[Question],
    reached: Sequence[tuple[str, str]],
) -> Params:
    """Question by question what stands now and what the second person gave, where they differ (T30)."""
    rows: list[tuple[Text, Text, Text]] = []
    for one in asked:
        theirs = last.get(one)
        stands = (theirs.answer, without_reach(theirs.words, reached)) if theirs else ("", "")
        answered, said = given.get(one, ("", ""))
        mine = answered, without_reach(said, reached)
        if stands != mine:
            rows.append((words.QUESTIONS[one], _answer_words(one, *stands), _answer_words(one, *mine)))
    return both_versions(rows)


def _answer_words(question: Question, answered: str, said: str) -> str:
    named = str(words.ANSWERS[question].get(answered, ""))
    return f"{named}. {said}" if said else named


def joined_link(breach: Breach) -> Link | None:
    return breach_link(breach.joined_to.reference) if breach.joined_to else None


def history_href(identity: Identity | None) -> str:
    """Where the respondent's breaches all stand; nowhere where the record is nobody's."""
    return address_of("person_breaches", "person", identity.reference) if identity else ""


def victim_contact_href(reference: str) -> str:
    return address_of("victim_contact_new", "victim", reference)
