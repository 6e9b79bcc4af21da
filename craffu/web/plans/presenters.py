"""What the pages of a plan show: where it stands, the menu with what the register knows, actions, and before and after (P24)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.clocks.london import day_of
from craffu.orders.models import Condition, Order
from craffu.people.queries import Identity
from craffu.prevention.planning.before_after import Compared
from craffu.prevention.planning.facts import Answers
from craffu.prevention.planning.gathering import Done, Followed, Known, Scored
from craffu.prevention.planning.kinds import Consulted, Stage, Tied
from craffu.prevention.planning.policies import lack_words, obstacles
from craffu.prevention.planning.queries import Action, PlanStory, Version
from craffu.prevention.planning.rules import Choice, Lacks, Option, Rate, lacks
from craffu.prevention.planning.timing import NextReview, review_day
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.edits import both_versions
from craffu.web.orders.opening import order_link
from craffu.web.orders.presenters import until_words
from craffu.web.orders.words import ORDER_STATUS, kind_words
from craffu.web.plans.words import (
    BECAUSE,
    CHOICES,
    CONSULTED,
    FORUMS,
    INTERVENTIONS,
    OPTIONS,
    OUTCOMES,
    STAGES,
    WHY_NOT_SCORED,
)
from craffu.web.presenters import Link, Params, Text
from craffu.web.priority.words import TIERS
from craffu.web.reviews.presenters import person_words
from craffu.web.statuses import Status

_A_YEAR: Final = timedelta(days=365)
# An option whose facts are found in orders alone names so many of the latest.
_MOST: Final = 5


def _rows(rows: Iterable[tuple[Text, Params]]) -> Params:
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def scored_words(found: Scored) -> str:
    """Their priority with its scheme and day, which is no grade of risk; or that they are not scored, and why."""
    if found.stands is None:
        return _("Not scored. %(why)s") % {"why": WHY_NOT_SCORED[found.why_not]}
    run = found.stands.run
    return _("%(tier)s: scheme %(scheme)s, version %(version)s, run of %(day)s.") % {
        "tier": TIERS[found.stands.tier].words, "scheme": run.scheme, "version": run.scheme_version,
        "day": day_words(day_of(run.at)),
    }  # fmt: skip


def stands(story: PlanStory, coming: NextReview | None) -> Params:
    """Where a plan stands: begun by whom, whose it is, and by when it is reviewed."""
    begun = _("%(day)s, by %(name)s") % {"day": day_words(day_of(story.plan.known_from)), "name": story.plan.by.name}
    rows: list[tuple[Text, Params]] = [
        (_("Where it stands"), cells.tag(STAGES[story.stage].tag, _beside(story))),
        (_("Begun"), cells.words(begun)),
    ]
    if story.standing is not None:
        rows.append((_("Whose plan it is"), cells.words(story.standing.row.owner.name)))
    if coming is not None:
        rows.append((_("Next review"), cells.lines([due_words(coming), str(BECAUSE[coming.because])])))
    if story.ended is not None:
        ended = {"day": day_words(day_of(story.ended.known_from)), "name": story.ended.by.name}
        rows.append((_("Ended"), cells.lines([_("%(day)s, by %(name)s") % ended, story.ended.reason])))
    return _rows(rows)


def _beside(story: PlanStory) -> str:
    if story.stage is Stage.LIVE and story.waiting is not None:
        return _("Version %(number)s waits for a supervisor.") % {"number": story.waiting.row.number}
    if story.to_change is not None:
        return _("The last review found that it is to change.")
    return ""


def due_words(coming: NextReview) -> str:
    return _("By the end of %(day)s") % {"day": day_words(coming.due_day)}


def version_summary(one: Version) -> Params:
    """What one version is to reach, whose it was, who put it forward, and what another person said of it."""
    put = {"day": instant_words(one.row.known_from), "name": one.row.by.name}
    rows: list[tuple[Text, Params]] = [
        (_("What it is to reach"), cells.words(one.row.objectives)),
        (_("Safety of whoever they harm"), cells.words(one.row.safety)),
        (_("Whose plan it is"), cells.words(one.row.owner.name)),
        (_("To be reviewed by"), cells.words(day_words(one.row.review_on))),
        (_("Put forward"), cells.words(_("%(day)s, by %(name)s") % put)),
    ]
    if one.row.none_reason:
        rows.append((_("Why nothing of the menu is used"), cells.words(one.row.none_reason)))
    rows.append((_("Approval"), approval(one)))
    return _rows(rows)


def approval(one: Version) -> Params:
    if one.approved is None:
        return cells.tag(STAGES[Stage.WAITS].tag)
    said = {"day": instant_words(one.approved.known_from), "name": one.approved.by.name}
    status = STAGES[Stage.LIVE] if one.approved.agrees else STAGES[Stage.SENT_BACK]
    words = _("%(day)s, by %(name)s") % said
    return cells.tag(status.tag, f"{words}: {one.approved.words}" if one.approved.words else words)


def menu_table(one: Version) -> Params:
    """Every option of the menu, used or not, and how or why not."""
    by_option = {each.option: each for each in one.options}
    return _menu(
        (option, by_option[option].choice, by_option[option].words, by_option[option].forums) for option in Option
    )


def _menu(said: Iterable[tuple[str, str, str, Iterable[str]]]) -> Params:
    head: list[cells.Heading] = [_("Option"), _("Decided"), _("How, or why not")]
    rows = [
        [
            cells.words(OPTIONS[option]),
            cells.words(CHOICES[choice] if choice else _("Not decided yet")),
            cells.lines([words, *(str(FORUMS[each]) for each in forums)]),
        ]
        for option, choice, words, forums in said
    ]
    return cells.table(_("The menu"), head, rows, is_hidden=True)


def consulted_table(one: Version, people: Mapping[int, Identity]) -> Params | None:
    head: list[cells.Heading] = [_("Who"), _("How they were asked"), _("Day"), _("What they said, or why not")]
    rows = [
        [
            cells.words(person_words(people[each.record_id]) if each.record_id in people else _("Not known any more")),
            cells.words(CONSULTED[each.how]),
            cells.words(day_words(each.on) if each.on else ""),
            cells.words(each.words),
        ]
        for each in one.consulted
    ]
    return cells.table(_("Whoever is protected, and how they were asked"), head, rows, is_hidden=True) if rows else None


def actions_table(
    person: str, actions: Sequence[Action], conditions: Mapping[int, Condition], today: date, *, may_close: bool
) -> Params | None:
    """What is to be done, by whom and by when; what was done is told below it."""
    head: list[cells.Heading] = [_("Action"), _("Tied to"), _("Who does it"), _("By which day"), _("What became of it")]
    rows = [
        [
            cells.link(Link(one.row.words, reverse("plan_action", kwargs={"person": person, "number": one.row.number})))
            if may_close and one.closed is None
            else cells.words(one.row.words),
            cells.words(tied_words(one, conditions)),
            cells.words(one.row.owner.name),
            cells.words(day_words(one.row.due_on)),
            _became(one, today),
        ]
        for one in actions
    ]
    return cells.table(_("Actions"), head, rows, is_hidden=True) if rows else None


def tied_words(one: Action, conditions: Mapping[int, Condition]) -> str:
    if one.row.tied_to == Tied.BEHAVIOUR:
        return str(one.row.behaviour)
    found = conditions.get(one.row.condition_id or 0)
    return condition_words(found) if found else _("A condition of an order that is not open to you")


def condition_words(one: Condition, order: Order | None = None) -> str:
    return _("Condition %(number)s of order %(order)s: %(words)s") % {
        "number": one.number, "order": (order or one.terms.order).reference, "words": one.words,
    }  # fmt: skip


def _became(one: Action, today: date) -> Params:
    if one.closed is None:
        late = one.row.due_on < today
        status = Status(_("Late"), "red") if late else Status(_("To be done"), "yellow")
        return cells.tag(status.tag)
    status = Status(_("Done"), "green") if one.closed.is_done else Status(_("Not to be done"), "grey")
    said = {"day": day_words(day_of(one.closed.known_from)), "name": one.closed.by.name}
    return cells.tag(status.tag, f"{one.closed.words} ({_('%(day)s, by %(name)s') % said})")


def reviews_table(story: PlanStory) -> Params | None:
    head: list[cells.Heading] = [_("Reviewed"), _("Due"), _("Found"), _("Why"), _("By")]
    rows = [
        [
            cells.words(instant_words(one.known_from)),
            cells.lines([day_words(one.due_on), str(BECAUSE[one.because])]),
            cells.words(OUTCOMES[one.outcome]),
            cells.words(one.words),
            cells.words(one.by.name),
        ]
        for one in reversed(story.reviews)
    ]
    return cells.table(_("Reviews"), head, rows, is_hidden=True) if rows else None


def versions_table(person: str, stories: Iterable[PlanStory]) -> Params | None:
    """Every version of every plan there was, the newest first; none is ever overwritten."""
    head: list[cells.Heading] = [_("Version"), _("Put forward"), _("By"), _("Approval")]
    rows = [
        [
            cells.link(version_link(person, story, one)),
            cells.words(instant_words(one.row.known_from)),
            cells.words(one.row.by.name),
            approval(one),
        ]
        for story in reversed(list(stories))
        for one in reversed(story.versions)
    ]
    return cells.table(_("Versions"), head, rows, is_hidden=True) if rows else None


def version_link(person: str, story: PlanStory, one: Version) -> Link:
    to = reverse("plan_version", kwargs={"person": person, "plan": story.plan.pk, "number": one.row.number})
    said = {"number": one.row.number, "day": day_words(day_of(story.plan.known_from))}
    return Link(_("Version %(number)s of the plan begun on %(day)s") % said, to)


def past_plans(stories: Iterable[PlanStory]) -> Params | None:
    """Plans that ended: when, what they used, what was done of it, and why they ended."""
    head: list[cells.Heading] = [_("Plan"), _("What it used"), _("Actions"), _("Why it ended")]
    rows = []
    for story in stories:
        if story.ended is None:
            continue
        last = story.standing or (story.versions[-1] if story.versions else None)
        used = [str(OPTIONS[each.option]) for each in last.options if each.choice == Choice.USE] if last else []
        done = sum(each.closed is not None and each.closed.is_done for each in story.actions)
        rows.append([
            cells.words(_("%(first)s to %(last)s") % {
                "first": day_words(day_of(story.plan.known_from)), "last": day_words(day_of(story.ended.known_from)),
            }),
            cells.lines(used or [_("Nothing of the menu")]),
            cells.words(_("%(done)s of %(number)s done") % {"done": done, "number": len(story.actions)}),
            cells.words(story.ended.reason),
        ])  # fmt: skip
    return cells.table(_("Plans that ended"), head, rows, is_hidden=True) if rows else None


# --- what the register knows beside the menu ---


def menu_known(known: Known, stories: Sequence[PlanStory], now: datetime) -> Params:
    """Each option with what the register knows of it. Facts, and no advice."""
    return _rows((OPTIONS[option], cells.lines(option_known(option, known, stories, now))) for option in Option)


def option_known(option: str, known: Known, stories: Sequence[PlanStory], now: datetime) -> list[str]:
    """What the register knows of one option, the newest first; that it knows nothing, where it does not."""
    told = [*_TOLD[option](known, now), *_tried(option, stories)] if option in _TOLD else list(_tried(option, stories))
    return told or [_("Nothing is recorded.")]


def named(option: str, known: Known) -> list[str]:
    """The orders and cases that stand beside one option, as the log names them."""
    orders = [f"order/{one.reference}" for one in _orders_beside(option, known)]
    if option != Option.ORDER:
        return orders
    return [*orders, *(f"case/{one.case}" for one in known.to_consider if one.to_decide or one.offered)]


def _orders_beside(option: str, known: Known) -> list[Order]:
    if option == Option.ORDER:
        return [*known.standing, *known.not_made, *known.past[:_MOST]]
    if option == Option.BAIL_CONDITION:
        return known.conditions
    return [order for order, _condition in _required(known)] if option == Option.BEHAVIOUR_PROGRAMME else []


def _required(known: Known) -> list[tuple[Order, Condition]]:
    """What orders that stand require of somebody, beside what they forbid."""
    standing = {one.pk for one in known.standing}
    return [
        (story.order, one)
        for story in known.stories
        if story.order.pk in standing and story.made
        for one in story.made[-1].conditions.all()
        if one.is_requirement
    ]


def _of_orders(known: Known, _now: datetime) -> Iterator[str]:
    for order in _orders_beside(Option.ORDER, known):
        yield _order_words(order)
    for one in known.to_consider:
        if one.to_decide:
            kinds = "; ".join(kind_words(kind) for kind in one.to_decide)
            yield _("To be decided in case %(case)s: %(kinds)s") % {"case": one.case, "kinds": kinds}
        elif one.offered:
            kinds = "; ".join(kind_words(kind) for kind in one.offered)
            yield _("There to be considered in case %(case)s: %(kinds)s") % {"case": one.case, "kinds": kinds}


def _order_words(order: Order) -> str:
    kind, status = kind_words(order.kind, is_interim=order.is_interim), ORDER_STATUS[order.status].words
    if order.ended_at is not None:
        until = until_words(order)
    elif order.last_day is not None:
        until = _("until %(day)s") % {"day": day_words(order.last_day)}
    else:
        until = _("until further order") if order.is_indefinite else ""
    return f"{order.reference}, {kind}: {status}" + (f" ({until})" if until else "")


def _of_bail(known: Known, now: datetime) -> Iterator[str]:
    for order in known.conditions:
        yield _order_words(order)
    for one in known.arrests:
        if one.bail_ends_on is not None and one.bail_ends_on >= day_of(now):
            yield _("Police bail until %(day)s") % {"day": day_words(one.bail_ends_on)}


def _of_arrests(known: Known, now: datetime) -> Iterator[str]:
    recent = [one for one in known.arrests if now - one.at <= _A_YEAR]
    for one in recent[:_MOST]:
        words = _("Arrested on %(day)s for the breach of an order") if one.is_for_breach else _("Arrested on %(day)s")
        yield words % {"day": day_words(day_of(one.at))}
    if len(recent) > _MOST:
        more = len(recent) - _MOST
        yield ngettext("And %(number)s arrest more in a year", "And %(number)s arrests more in a year", more) % {
            "number": more
        }
    if not recent:
        yield _("No arrest of the last year is recorded.")
    yield _("The register holds no warrants: ask the court.")


def _of_programmes(known: Known, _now: datetime) -> Iterator[str]:
    for order, condition in _required(known):
        yield condition_words(condition, order)


_TOLD: Final[Mapping[str, Callable[[Known, datetime], Iterator[str]]]] = {
    Option.ORDER: _of_orders,
    Option.BAIL_CONDITION: _of_bail,
    Option.ARREST: _of_arrests,
    Option.BEHAVIOUR_PROGRAMME: _of_programmes,
}


def _tried(option: str, stories: Sequence[PlanStory]) -> Iterator[str]:
    """In which plans it was used, and what became of them: what followed is told by the rates."""
    for story in reversed(stories):
        one = story.standing
        used = next((each for each in one.options if each.option == option), None) if one else None
        if one is None or used is None or used.choice != Choice.USE:
            continue
        said = {
            "day": day_words(day_of(one.row.known_from)), "words": used.words,
            "forums": ", ".join(each.upper() for each in used.forums),
        }  # fmt: skip
        if used.forums:
            yield _("Referred to %(forums)s by the plan of %(day)s: %(words)s") % said
        elif story.ended is None:
            yield _("Used by the plan of %(day)s: %(words)s") % said
        else:
            yield _("Used by the plan of %(day)s, which has ended: %(words)s") % said


# --- before and after (PLN-03) ---


def followed_table(found: Followed) -> Params | None:
    head: list[cells.Heading] = [_("What was done"), _("The year before"), _("Meanwhile"), _("Up to a year after")]
    rows = [
        [
            _done_cell(one),
            cells.words(rate_words(one.compared.before)),
            cells.words(rate_words(one.compared.during)),
            cells.words(_after_words(one.compared)),
        ]
        for one in found.done
    ]
    return cells.table(_("Before, during and after"), head, rows, is_hidden=True) if rows else None


def _done_cell(one: Done) -> Params:
    first = {"first": day_words(one.stretch.first)}
    if one.stretch.until is None:
        since = _("since %(first)s") % first
    else:
        last = one.stretch.until - timedelta(days=1)
        since = _("%(first)s to %(last)s") % {**first, "last": day_words(max(last, one.stretch.first))}
    if one.order is not None:
        named = kind_words(one.order.kind, is_interim=one.order.is_interim)
        return cells.link(order_link(one.order.reference), f" {named}, {since}")
    return cells.lines([str(INTERVENTIONS[one.what]), since])


def rate_words(rate: Rate | None) -> str:
    """Incidents for each year at risk with the exact interval, and of how many in how many days; never nought for no time."""
    if rate is None:
        return _("No time at risk yet")
    said = {
        "rate": f"{rate.a_year:.1f}", "low": f"{rate.low:.1f}", "high": f"{rate.high:.1f}", "events": rate.events,
        "days": f"{rate.days:,}",
    }  # fmt: skip
    return _("%(rate)s a year (%(low)s to %(high)s): %(events)s in %(days)s days at risk") % said


def _after_words(compared: Compared) -> str:
    return rate_words(compared.after) if compared.has_ended else _("Has not ended")


def on_and_off(found: Followed) -> Params:
    return _rows([
        (_("While an order stood"), cells.words(rate_words(found.on_and_off.on))),
        (_("While none did"), cells.words(rate_words(found.on_and_off.off))),
    ])  # fmt: skip


def unknown_words(found: Followed) -> str:
    """The releases of which nobody says since when they were locked up."""
    if not found.unknown:
        return ""
    days = ", ".join(day_words(one) for one in found.unknown)
    return _(
        "Released on %(days)s, and it is not known since when they were locked up: that time is not taken out."
    ) % {"days": days}


# --- the pages on which a version is written ---


def tasks(person: str, answers: Answers, asked: Sequence[tuple[int, Identity]]) -> Params:
    """Each page of a version and whether it is answered."""
    here = {"person": person}
    items: list[tuple[Text, str, bool]] = [
        (_("What it is to reach, and safety"), reverse("plan_new", kwargs=here), bool(answers.objectives)),
        *(
            (OPTIONS[one], reverse("plan_option", kwargs=here | {"option": one.value}), bool(answers.of(one).choice))
            for one in Option
        ),
        *(
            (
                _("How %(name)s was asked") % {"name": person_words(identity)},
                reverse("plan_asked", kwargs=here | {"record": record}),
                bool(answers.about(record).how),
            )
            for record, identity in asked
        ),
        (_("Whose plan it is"), reverse("plan_owner", kwargs=here), bool(answers.owner)),
    ]
    return {
        "items": [
            {
                "title": {"text": title},
                "href": href,
                "status": {"text": _("Answered") if done else _("Not answered yet")},
            }
            for title, href, done in items
        ]
    }


def next_page(person: str, answers: Answers, asked: Sequence[tuple[int, Identity]]) -> str:
    """The first page that is not answered; the last one once all are."""
    for item in tasks(person, answers, asked)["items"]:
        if item["status"]["text"] != _("Answered"):
            return str(item["href"])
    return reverse("plan_check", kwargs={"person": person})


def summary(answers: Answers, owner: str) -> Params:
    nothing = _("Not answered yet")
    rows: list[tuple[Text, Params]] = [
        (_("What it is to reach"), cells.words(answers.objectives or nothing)),
        (_("Safety of whoever they harm"), cells.words(answers.safety or nothing)),
        (_("Whose plan it is"), cells.words(owner or nothing)),
    ]
    if answers.none_reason and not answers.uses_any:
        rows.append((_("Why nothing of the menu is used"), cells.words(answers.none_reason)))
    return _rows(rows)


def menu_drafted(answers: Answers) -> Params:
    said = [answers.of(option) for option in Option]
    return _menu((one.option, one.choice, one.words, one.forums) for one in said)


def asked_drafted(answers: Answers, asked: Sequence[tuple[int, Identity]]) -> Params | None:
    rows: list[tuple[Text, Params]] = []
    for record, identity in asked:
        said = answers.about(record)
        how = str(CONSULTED[said.how]) if said.how in set(Consulted) else _("Not answered yet")
        rows.append((person_words(identity), cells.lines([how, day_words(said.day) if said.day else "", said.words])))
    return _rows(rows) if rows else None


def in_the_way(answers: Answers, asked: Sequence[tuple[int, Identity]], actions: int, today: date) -> list[str]:
    """What stands in the way of putting a version forward, each with what it is about."""
    lacking = lacks(answers.as_plan(review_day(today)))
    found = [
        f"{OPTIONS[option]}: {lack_words(lack)}" if option is not None else lack_words(lack) for lack, option in lacking
    ]
    others = obstacles(answers, [record for record, _identity in asked], actions, today)
    return [*found, *(one.message for one in others if one.code not in set(Lacks))]


def both(last: Version, answers: Answers) -> Params:
    """What somebody else put forward meanwhile, beside what was answered here (T30)."""
    return both_versions([
        (_("What it is to reach"), last.row.objectives, answers.objectives),
        (_("Safety of whoever they harm"), last.row.safety, answers.safety),
        *(
            (OPTIONS[one.option], CHOICES[one.choice], CHOICES[choice] if (choice := answers.of(one.option).choice) else "")
            for one in last.options
        ),
    ])  # fmt: skip
