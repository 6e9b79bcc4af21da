"""What the pages of a plan show: where it stands, each version, its actions and its reviews (P24)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.clocks.london import day_of
from craffu.orders.models import Condition, Order
from craffu.people.queries import Identity
from craffu.prevention.planning.gathering import Scored
from craffu.prevention.planning.kinds import Stage, Tied
from craffu.prevention.planning.queries import Action, PlanStory, Version
from craffu.prevention.planning.rules import Choice, Option
from craffu.prevention.planning.timing import NextReview
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.plans.words import (
    BECAUSE,
    CHOICES,
    CONSULTED,
    FORUMS,
    OPTIONS,
    OUTCOMES,
    STAGES,
    WHY_NOT_SCORED,
)
from craffu.web.presenters import Link, Params, Text
from craffu.web.priority.words import TIERS
from craffu.web.reviews.presenters import person_words
from craffu.web.statuses import Status


def rows_of(rows: Iterable[tuple[Text, Params]]) -> Params:
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
    return rows_of(rows)


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
    return rows_of(rows)


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
    return menu_of(
        (option, by_option[option].choice, by_option[option].words, by_option[option].forums) for option in Option
    )


def menu_of(said: Iterable[tuple[str, str, str, Iterable[str]]]) -> Params:
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
