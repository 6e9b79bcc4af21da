"""What an order's own page shows: how it stands, what it means, its clocks, words, service, papers, moves and steps (P11)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from craffu.access.roles import BY_KEY
from craffu.clocks.london import day_of
from craffu.orders.catalogue.kinds import Effect, Kind
from craffu.orders.catalogue.reading import kinds
from craffu.orders.clocks.answers import Step as ClockStep
from craffu.orders.clocks.locks import DischargeLock
from craffu.orders.clocks.of_order import Running, State, asks_for_hearing, asks_for_service, is_unmet
from craffu.orders.clocks.terms import Finding, to_query
from craffu.orders.conditions.rules import ConditionType
from craffu.orders.effect.rules import Enforceable
from craffu.orders.life.policies import why_words
from craffu.orders.life.queries import Step
from craffu.orders.life.rules import DISCHARGE_LOCKED, NOT_FROM_THIS_STATE, WRONG_ROLE, lasting
from craffu.orders.life.states import EVERY_MOVE, LIVE, TABLE, OrderStatus
from craffu.orders.models import (
    Condition,
    Order,
    OrderMove,
    OrderPaper,
    OrderTerms,
    PackSaid,
    ServiceAttempt,
    TermsCompared,
)
from craffu.orders.papers.policies import SEALED
from craffu.orders.queries import OrderStory, found_same
from craffu.orders.terms.rules import Checked, Label
from craffu.people.queries import Identity
from craffu.people.rules import age_on
from craffu.web import cells
from craffu.web.considering import words as considering
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders import words
from craffu.web.orders.opening import order_link
from craffu.web.orders.parties import Whose
from craffu.web.people.presenters import also_recorded, born_words, case_link, name_shown, person_link
from craffu.web.presenters import Link, Params, Text
from craffu.web.statuses import Status

NEWEST_MOVES: Final = 50


def orders_table(
    orders: Iterable[Order], *, has_case: bool = True, against: Mapping[int, Identity] | None = None
) -> Params | None:
    """Orders with their kinds and statuses in words, and whom each is `against` where asked; None where there are none."""
    head: list[cells.Heading] = [_("Order"), _("Kind"), _("Status"), _("Until")]
    rows = [
        [
            cells.link(order_link(order.reference)),
            *([_named(against.get(order.pk))] if against is not None else []),
            cells.words(words.kind_words(order.kind, is_interim=order.is_interim)),
            cells.tag(words.ORDER_STATUS[order.status].tag),
            cells.words(until_words(order)),
            *([cells.words(order.case.reference if order.case else _("None"))] if has_case else []),
        ]
        for order in orders
    ]
    if against is not None:
        head.insert(1, _("Respondent"))
    columns = [*head, _("Case")] if has_case else head
    return cells.table(_("Orders"), columns, rows, is_hidden=True) if rows else None


def _named(identity: Identity | None) -> Params:
    return cells.words(_("Not known")) if identity is None else cells.lines([name_shown(identity), identity.reference])


def until_words(order: Order) -> str:
    """When it ends, or ended."""
    if order.ended_at is not None:
        return _("Ended %(day)s") % {"day": day_words(day_of(order.ended_at))}
    if order.last_day is not None:
        return day_words(order.last_day)
    if order.is_indefinite:
        return _("Further order")
    return _("Not recorded") if order.made_at else ""


@dataclass(frozen=True, slots=True)
class NewerWording:
    """The words of the library that a condition began from, and those that the library has now."""

    taken: str
    now: str


@dataclass(frozen=True, slots=True)
class ConditionShown:
    """One condition word for word, and what is said beside it."""

    number: int
    type: Text
    words: str
    # In which the court gave it, whatever the page's is.
    language: str
    words_cy: str
    beside: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    newer: NewerWording | None = None


def identity_bar(
    story: OrderStory,
    whose: Whose,
    checked: Checked | None,
    *,
    is_part: bool,
    has_links: bool,
    has_case: bool,
) -> Params:
    """Kind, reference, respondent and status; whether the words were compared with the sealed order, by whom and when."""
    order = story.order
    status = words.ORDER_STATUS[order.status]
    facts: list[Params] = [
        {"label": _("Reference"), "text": order.reference},
        {"label": _("Status"), "html": cells.tag(status.tag)["html"]},
        {
            "label": words.prevailing(order.kind).label,
            "html": checked_cell(order.kind, story.standing, checked)["html"],
        },
    ]
    if whose.identity is not None:
        facts[1:1] = [
            {"label": _("Respondent"), "text": whose.respondent.name or name_shown(whose.identity)},
            *also_recorded(whose.respondent.other_names),
            {"label": _("Born"), "text": born_words(whose.identity)},
            {"label": _("Person"), **_linked(person_link(whose.identity.reference), has_links)},
        ]
    if order.case is not None and not is_part:
        facts.append({"label": _("Case"), **_linked(case_link(order.case.reference), has_case)})
    return {
        "title": {"text": words.kind_words(order.kind, is_interim=order.is_interim)},
        "headingLevel": 1,
        "facts": facts,
    }


def _linked(to: Link, is_link: bool) -> Params:
    return cells.link(to) if is_link else cells.words(to.text)


def checked_cell(kind: str, terms: OrderTerms | None, checked: Checked | None) -> Params:
    """*Compared*, with by whom and when, or *Not checked*, in the words for the kind (ORD-20)."""
    if terms is None or checked is None:
        return cells.tag(words.NOT_CHECKED.tag, _("No terms have been typed"))
    if checked.label == Label.NOT_CHECKED:
        return cells.tag(words.NOT_CHECKED.tag, words.prevailing(kind).not_compared)
    last = last_compared(terms)
    said = _("%(name)s, %(when)s") % {"name": last.by.name, "when": instant_words(last.at)}
    return cells.tag(words.COMPARED.tag, said)


def last_compared(terms: OrderTerms) -> TermsCompared:
    """Who found compared words the same last: somebody else than typed them. There is one where they read *compared*."""
    entered = terms.entered_by_id
    return next(one for one in reversed(found_same(terms)) if one.by_id != entered)


def term_to_query(order: Order, born_on: str) -> str:
    """What the court is asked about how long its order lasts; empty where there is nothing to ask, or it is over (CLK-09)."""
    if order.made_at is None or order.status not in LIVE:
        return ""
    made_on = day_of(order.made_at)
    found = to_query(
        order.kind, made_on, order.last_day, is_interim=order.is_interim, is_indefinite=bool(order.is_indefinite),
        age=age_on(born_on, made_on),
    )  # fmt: skip
    if found is None:
        return ""
    day = found.minimum_last_day if found.finding is Finding.BELOW_MINIMUM else found.maximum_last_day
    return words.TERMS_QUERIED[found.finding] % {"day": day_words(day) if day else ""}


def effect_list(found: Enforceable, order: Order, effect: Effect) -> Params:
    """The three answers apart: in force, from when a breach can be blamed, and what a breach is (ORD-12)."""
    liable = [words.ENFORCEABLE_BECAUSE[found.enforceable_because]]
    if found.liability_from is not None:
        liable.insert(0, f"{instant_words(found.liability_from)}.")
    liable.append(words.AWARENESS[found.awareness_required_by])
    html = cells.lines([words.BREACH_IS[found.breach_is]])["html"]
    for cited in (effect.breach_statute, effect.arrest):
        html += _english_line(cited) if cited else ""
    rows = [
        (_("In force now?"), cells.lines([words.IN_FORCE_BECAUSE[found.in_force_because], _period_words(order)])),
        (_("Enforceable from"), cells.lines(liable)),
        (_("A breach is"), {"html": html}),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def _english_line(said: str) -> str:
    return format_html('<span class="craffu-line" lang="en">{}</span>', said)


def _period_words(order: Order) -> str:
    if order.ended_at is not None:
        return until_words(order)
    if order.last_day is not None:
        return _("Last day: %(day)s, to midnight") % {"day": day_words(order.last_day)}
    return _("Until further order") if order.is_indefinite else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of an order's life in words."""

    name: Text
    said: str


_STAGES: Final[tuple[tuple[Text, tuple[str, ...]], ...]] = (
    (words.DONE["open_consideration"], ("open_consideration",)),
    (words.DONE["authorise"], ("authorise",)),
    (words.ORDER_STATUS[OrderStatus.APPLIED].words, ("lodge", "lodge_interim", "ask_prosecutor")),
    (words.STAGE_MADE, ("grant", "grant_on_appeal", "receive", "issue", "impose")),
    (words.DONE["serve"], ("serve",)),
    (words.ORDER_STATUS[OrderStatus.IN_FORCE].words, ("serve", "record_awareness", "impose")),
    (words.STAGE_ENDED, ("expire", "discharge", "revoke", "end_on_determination", "quash", "refuse", "withdraw")),
)


def progress(moves: Sequence[OrderMove]) -> list[Stage]:
    """Each stage: done and when, or not yet; of one that is over nothing may be recorded, where it was not ours."""
    last = {one.move: one for one in lasting(moves)}
    when = [max((last[one].happened_at for one in names if one in last), default=None) for _name, names in _STAGES]
    reached = max((number for number, one in enumerate(when) if one is not None), default=-1)
    return [
        Stage(name, _stage_words(one, is_over=number < reached))
        for number, ((name, _names), one) in enumerate(zip(_STAGES, when, strict=True))
    ]


def _stage_words(done_at: datetime | None, *, is_over: bool) -> str:
    if done_at is not None:
        return _("done, %(day)s") % {"day": day_words(day_of(done_at))}
    return _("nothing recorded") if is_over else _("not yet")


def clocks_table(clocks: Iterable[Running], order: Order) -> Params | None:
    """Each clock: what started it, what counts, its last day, how it stands, and whether law or policy says so."""
    head: list[cells.Heading] = [_("Clock"), _("Started by"), _("Counts"), _("Last day"), _("State"), _("Source")]
    rows = [
        [
            cells.words(words.CLOCKS[one.name]),
            cells.lines([words.BEGAN[one.began], _start_words(one.start)]),
            cells.lines(_counts(one)),
            cells.words(day_words(one.step.last_day)),
            _state_cell(one, order),
            _source_cell(one),
        ]
        for one in clocks
    ]
    return cells.table(_("Clocks"), head, rows, is_hidden=True) if rows else None


def _start_words(start: datetime | date) -> str:
    return instant_words(start) if isinstance(start, datetime) else day_words(start)


def _counts(one: Running) -> list[str]:
    found = []
    clock = one.answer.clock
    if clock.counts == "days" and one.step.counted:
        found.append(_("The first day counts.") if clock.first_day else _("The first day does not count."))
    if one.step.excluded:
        days = ", ".join(_run_words(run) for run in _runs([out.day for out in one.step.excluded]))
        found.append(_("Days left out: %(days)s") % {"days": days})
    elif clock.counts != "watches":
        found.append(_("No day is left out."))
    return found


def _runs(days: Sequence[date]) -> Iterator[Sequence[date]]:
    """Days in their order, those together that follow on one another without a break."""
    starts = [place for place, day in enumerate(days) if not place or day - days[place - 1] > timedelta(days=1)]
    yield from (days[first:end] for first, end in pairwise([*starts, len(days)]))


def _run_words(run: Sequence[date]) -> str:
    """A day or two by themselves, a longer time by its first and last."""
    if len(run) <= 2:
        return ", ".join(map(day_words, run))
    return _("%(first)s to %(last)s") % {"first": day_words(run[0]), "last": day_words(run[-1])}


def _state_cell(one: Running, order: Order) -> Params:
    tag = cells.tag(_state_words(one).tag)
    return {"html": format_html("{}{}", tag["html"], cells.lines(_beside_state(one, order))["html"])}


def _state_words(one: Running) -> Status:
    if not is_unmet(one):
        return words.CLOCK_STATE[one.state]
    if asks_for_service(one):
        return words.UNSERVED
    return words.UNHEARD if asks_for_hearing(one) else words.UNDONE


def _beside_state(one: Running, order: Order) -> Iterator[Text]:
    """When what was late was done, what is recorded of a hearing, and where no breach is presumed."""
    if one.state == State.LATE and one.done_at is not None:
        yield _("Done %(day)s") % {"day": day_words(day_of(one.done_at))}
    if one.heard is not None:
        yield words.HEARD[one.heard.came] % {"day": day_words(one.heard.on)}
    if one.state == State.HEARD:
        yield _("That is the day on which the hours end. No hour within them is recorded.")
    if one.presumes_nothing:
        yield _bound_late_words(order)


def _bound_late_words(order: Order) -> str:
    """CLK-06: both dates stand beside each other, the last day of the clock and that of service, and nothing is presumed."""
    if order.served_at is not None:
        return _("Served only on %(day)s: no breach is presumed.") % {"day": day_words(day_of(order.served_at))}
    if order.aware_at is not None:
        said = _("The respondent is proven to have known of it only from %(day)s: no breach is presumed.")
        return said % {"day": day_words(day_of(order.aware_at))}
    return _("Not served by the last day: no breach is presumed.")


def _source_cell(one: Running) -> Params:
    clock = one.answer.clock
    said = cells.lines([words.SOURCES[clock.kind]])["html"]
    if clock.kind != "policy":
        said += _english_line(clock.source)
    if is_unconfirmed(one.step):
        said += cells.tag(words.NOT_CONFIRMED.tag, _("Get legal advice"))["html"]
    return {"html": said}


def is_unconfirmed(step: ClockStep) -> bool:
    """Whether no source confirms the limit (CLK-14)."""
    return step.mark is not None


def conditions(
    terms: OrderTerms | None,
    pointed: Mapping[int, tuple[str, ...]] | None = None,
    newer: Mapping[str, NewerWording] | None = None,
) -> list[ConditionShown]:
    """The conditions of a version word for word; `newer` by the wording of the library that one began from."""
    if terms is None:
        return []
    spoken = "cy" if terms.language == "cy" else "en"
    return [
        _condition(one, spoken, (pointed or {}).get(one.number, ()), (newer or {}).get(one.library))
        for one in terms.conditions.all()
    ]


def _condition(one: Condition, spoken: str, pointed: tuple[str, ...], newer: NewerWording | None) -> ConditionShown:
    beside = []
    if one.first_day:
        beside.append(_("From %(day)s") % {"day": day_words(one.first_day)})
    if one.last_day:
        beside.append(_("Until %(day)s") % {"day": day_words(one.last_day)})
    if one.supervisor:
        beside.append(_("Supervised by %(name)s") % {"name": one.supervisor})
    return ConditionShown(
        one.number,
        words.CONDITION_TYPES.get(one.type, one.type),
        one.words,
        spoken,
        one.words_cy,
        tuple(beside),
        pointed,
        newer,
    )


def terms_line(terms: OrderTerms) -> str:
    """Which version stands, and since when."""
    if terms.applies_from is None:
        return _("Version %(number)s, drafted %(day)s") % {
            "number": terms.number, "day": day_words(day_of(terms.known_from))
        }  # fmt: skip
    return _("Version %(number)s, in force from %(when)s") % {
        "number": terms.number, "when": instant_words(terms.applies_from)
    }  # fmt: skip


def service_table(attempts: Iterable[ServiceAttempt]) -> Params | None:
    """Every attempt to serve: never where, only at what kind of place (ORD-11)."""
    head: list[cells.Heading] = [_("When"), _("Result"), _("Kind of place"), _("Method"), _("By"), _("Proof")]
    rows = [
        [
            cells.words(instant_words(one.attempted_at)),
            cells.words(words.ATTEMPTS.get(one.result, one.result)),
            cells.words(words.PLACES.get(one.place, _("Not given"))),
            cells.words(words.METHODS.get(one.method, _("Not given"))),
            cells.words(one.server or (one.by.name if one.by else "")),
            cells.words(one.proof or _("None")),
        ]
        for one in attempts
    ]
    return cells.table(_("Service"), head, rows, is_hidden=True) if rows else None


def papers_table(order: str, papers: Iterable[OrderPaper]) -> Params | None:
    """The papers kept, each opened by one tap."""
    head: list[cells.Heading] = [_("Paper"), _("Kept"), _("By")]
    rows = [
        [
            cells.link(Link(words.PAPERS[one.kind], paper_address(order, one.pk))),
            cells.words(instant_words(one.known_from)),
            cells.words(one.by.name if one.by else ""),
        ]
        for one in papers
    ]
    return cells.table(_("Papers"), head, rows, is_hidden=True) if rows else None


def paper_address(order: str, number: int) -> str:
    return reverse("order_paper", kwargs={"order": order, "number": number})


def sealed_paper(story: OrderStory) -> OrderPaper | None:
    """The image of the sealed order that was kept last."""
    return next((one for one in reversed(story.papers) if one.kind == SEALED), None)


def sealed_order(story: OrderStory) -> str:
    """Where the image of the sealed order opens; empty where none is kept."""
    last = sealed_paper(story)
    return paper_address(story.order.reference, last.pk) if last else ""


def chain_table(story: OrderStory, interims: Iterable[Order]) -> Params | None:
    """What belongs to one episode: the main application, its interim orders, and every version of the words (ORD-08, ORD-15)."""
    order = story.order
    rows = []
    for one, part in [
        *([(order.main, _("Main application"))] if order.main else []),
        *((interim, _("Interim order")) for interim in interims),
    ]:
        rows.append([
            cells.link(order_link(one.reference)), cells.words(part), cells.tag(words.ORDER_STATUS[one.status].tag)
        ])  # fmt: skip
    rows += [
        [
            cells.words(_("Version %(number)s") % {"number": one.number}),
            cells.words(words.WHY_TERMS.get(one.why, one.why)),
            cells.words(day_words(day_of(one.applies_from or one.known_from))),
        ]
        for one in story.terms
    ]
    head: list[cells.Heading] = [_("Part"), _("What it is"), _("Status or day")]
    return cells.table(_("Chain"), head, rows, is_hidden=True) if rows else None


def moves_table(moves: Sequence[OrderMove]) -> Params | None:
    """Every move, the newest first: what, when it happened, when we knew, who, and why (ORD-09)."""
    head: list[cells.Heading] = [_("Move"), _("Happened"), _("Known to us since"), _("By"), _("Reason")]
    rows = [
        [
            cells.words(words.DONE.get(one.move, one.move)),
            cells.words(instant_words(one.happened_at)),
            cells.words(instant_words(one.known_from)),
            cells.words(_by_words(one)),
            cells.lines([_reason_words(one), one.words] if one.words or one.reason_code else [_("None")]),
        ]
        for one in list(reversed(moves))[:NEWEST_MOVES]
    ]
    return cells.table(_("Moves"), head, rows, is_hidden=True) if rows else None


def _by_words(one: OrderMove) -> str:
    if one.by is None:
        return _("Craffu")
    right = BY_KEY.get(one.by_right)
    return f"{one.by.name} ({right.title})" if right else one.by.name


def _reason_words(one: OrderMove) -> Text:
    of_move = {"decline": words.DECLINED, "withdraw": words.WITHDRAWN}.get(one.move, considering.REASONS)
    return of_move.get(one.reason_code, one.reason_code)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that may be taken now, as links, and the others with the reason."""

    open: tuple[Link, ...]
    shut: tuple[str, ...]


def steps(order: Order, found: Iterable[Step], lock: DischargeLock) -> Steps:
    """Only what is allowed is a button; what is not is text with its reason (ORD-09)."""
    may, may_not, elsewhere = [], [], []
    for step in found:
        name = words.STEPS[step.move]
        if step.why is None:
            address = reverse("order_step", kwargs={"order": order.reference, "move": step.move})
            may.append(Link(name, address))
            if step.move == "discharge" and lock.in_lock:
                may_not.append(_said(name, lock_words(lock)))
        elif step.why == NOT_FROM_THIS_STATE:
            elsewhere.append(str(name))
        else:
            may_not.append(_said(name, _why(step)))
    if elsewhere:
        may_not.append(_said(_("Not from how the order stands"), "; ".join(elsewhere)))
    return Steps(tuple(may), tuple(may_not))


def _said(name: Text, why: str) -> str:
    return _("%(step)s: %(why)s") % {"step": name, "why": why}


def lock_words(lock: DischargeLock) -> str:
    """Until when a discharge needs everybody's consent (ORD-16)."""
    if not lock.in_lock:
        return ""
    said = {"day": day_words(lock.lock_last_day)}
    return (
        _("Up to and including %(day)s the respondent and every chief officer concerned have to consent (Act).") % said
    )


def _why(step: Step) -> str:
    if step.why == WRONG_ROLE:
        roles = ", ".join(sorted(str(BY_KEY[role].title) for role in EVERY_MOVE[step.move].who if role in BY_KEY))
        return _("Others make this step: %(roles)s.") % {"roles": roles}
    return str(why_words(step.why or DISCHARGE_LOCKED))


def card_words(lacks: Sequence[str]) -> str:
    """`Card incomplete (3)`; empty for a whole one."""
    return _("Card incomplete (%(number)s)") % {"number": len(lacks)} if lacks else ""


def card_list(lacks: Iterable[str]) -> list[Text]:
    return [words.CARD[name] for name in lacks]


def kind_or_first(code: str, move: str) -> Kind:
    """The kind that was chosen; before one is chosen, the first that the step is for: what it asks for is the same."""
    known = kinds()
    if code in known:
        return known[code]
    return next(kind for one, kind in known.items() if TABLE[move].kinds.hold(one, kind.family))


def pack_lacks_list(lacks: Iterable[str]) -> list[Text]:
    """What a pack lacks, in words, in its own order (ORD-06)."""
    return [_lack_words(one) for one in lacks]


def _lack_words(lack: str) -> Text:
    about, _colon, what = lack.partition(":")
    if about == "limb":
        return _("Evidence: %(limb)s") % {"limb": words.PARTS.get(what, what)}
    if about == "asked":
        return _("An answer: %(question)s") % {"question": words.PARTS[what]}
    if about.startswith("term") and what:
        return words.TERM_LACKS[what] % {"number": about.removeprefix("term")}
    return words.PACK_LACKS[lack]


def pack_table(said: Iterable[PackSaid]) -> Params | None:
    """What was said of each part, the last of each."""
    last = {one.about: one for one in said}
    head: list[cells.Heading] = [_("Part"), _("What was said"), _("By"), _("When")]
    rows = [
        [
            cells.words(words.PARTS.get(about, about)),
            cells.words(one.words),
            cells.words(one.by.name),
            cells.words(instant_words(one.known_from)),
        ]
        for about, one in last.items()
    ]
    return cells.table(_("What the pack holds"), head, rows) if rows else None


def bespoke_waiting(terms: OrderTerms | None) -> list[Condition]:
    """The conditions worded for this order alone that nobody has approved."""
    rows = terms.conditions.all() if terms is not None else ()
    return [one for one in rows if one.type == ConditionType.BESPOKE and one.approved_by_id is None]
