"""What is looked at before a meeting decides about somebody: what happened since, and what victims said (page map, P23)."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.breaches.models import Breach
from craffu.clocks.london import day_of
from craffu.orders.models import Order
from craffu.prevention.meetings.facts import NewDecision
from craffu.prevention.meetings.gathering import Gathered, Stood, Voice
from craffu.prevention.meetings.queries import Item, MeetingStory
from craffu.prevention.planning.queries import Action
from craffu.prevention.scoring.one import Counted
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.edits import both_versions
from craffu.web.meetings.presenters import agencies_words, rows_of, why_words
from craffu.web.meetings.words import DECIDED, SINCE
from craffu.web.orders.words import kind_words
from craffu.web.people.reached import without_reach
from craffu.web.presenters import Params, Text
from craffu.web.priority.presenters import number_words, range_words
from craffu.web.priority.why_presenters import newest_first, when_words
from craffu.web.priority.words import OFFENCES, TIERS
from craffu.web.reviews.presenters import person_words


def summary(one: Item, found: Gathered, reached: Sequence[tuple[str, str]]) -> Params:
    """Why they are on the agenda, and what happened since: facts alone. `reached` is by what its victims can be reached."""
    since = SINCE[found.because] % {"day": day_words(day_of(found.since))}
    rows: list[tuple[Text, Params]] = [
        (_("Why on the agenda"), cells.lines(why_words(one))),
        (_("What is looked at"), cells.words(since)),
        (_("Score and priority then"), cells.lines(_then(found.then))),
        (_("Score and priority now"), cells.lines(_now(found))),
        (_("Recorded since, and counted"), cells.lines(_acts(found.acts, found.shut))),
        (_("Possible breaches raised since"), cells.lines(_breaches(found.breaches))),
        (_("Orders in force"), cells.lines(_orders(found.orders))),
        (_("Open actions of the plan"), cells.lines(_actions(found.actions, has_plan=found.has_plan))),
        (_("What victims think"), cells.lines(_voices(found.voices, found.unseen, reached))),
    ]
    return rows_of(rows)


def _then(stood: Stood) -> list[Text]:
    return [TIERS[stood.tier].words, number_words(stood.value)] if stood.tier else [_("None was kept then.")]


def _now(found: Gathered) -> list[Text]:
    stands = found.stands
    if stands is None:
        return [_("Outside the scored population")]
    return [TIERS[stands.tier].words, number_words(stands.value), range_words(stands.low, stands.high)]


def _acts(acts: Iterable[Counted], shut: int) -> list[Text]:
    said: list[Text] = [
        _("%(when)s: %(what)s") % {"when": when_words(one), "what": OFFENCES[one.event.offence]}
        for one in newest_first(acts)
    ]
    if shut:
        words = ngettext(
            "%(num)d event is in a case that is not open to you.",
            "%(num)d events are in cases that are not open to you.",
            shut,
        )
        said.append(words % {"num": shut})
    return said or [_("Nothing was recorded.")]


def _breaches(breaches: Iterable[Breach]) -> list[Text]:
    return [
        _("%(reference)s, %(day)s") % {"reference": one.reference, "day": day_words(day_of(one.happened_from))}
        for one in breaches
    ] or [_("None was raised.")]


def _orders(orders: Iterable[Order]) -> list[Text]:
    return [f"{one.reference}, {kind_words(one.kind, is_interim=one.is_interim)}" for one in orders] or [_("None")]


def _actions(actions: Iterable[Action], *, has_plan: bool) -> list[Text]:
    if not has_plan:
        return [_("No plan is being made, and none stands.")]
    return [
        _("%(words)s (%(name)s, by %(day)s)")
        % {"words": one.row.words, "name": one.row.owner.name, "day": day_words(one.row.due_on)}
        for one in actions
    ] or [_("None is open.")]


def _voices(voices: Iterable[Voice], unseen: int, reached: Sequence[tuple[str, str]]) -> list[Text]:
    said = [voice_words(one, reached) for one in voices]
    if unseen:
        words = ngettext(
            "%(number)s victim’s page is not open to you.", "%(number)s victims’ pages are not open to you.", unseen
        )
        said.append(words % {"number": unseen})
    return [*said] or [_("No victim is known to you.")]


def voice_words(one: Voice, reached: Sequence[tuple[str, str]]) -> str:
    """Whether there is a view and since when; the words for whoever may read them alone (VIC-08).

    Where they can be reached is no part of them (SEC-06).
    """
    said = {"who": person_words(one.identity)}
    if one.view is None:
        return _("%(who)s: no view is recorded.") % said
    said["day"] = day_words(day_of(one.view.given_at))
    if one.is_withheld:
        return _("%(who)s: a view of %(day)s. The words are not for you.") % said
    return _("%(who)s: a view of %(day)s: %(words)s") % {**said, "words": without_reach(one.view.words, reached)}


def refs_of(story: MeetingStory, one: Item, found: Gathered | None) -> set[str]:
    """Every record that an item's page names."""
    named = {f"meeting/{story.meeting.reference}", *(f"person/{each}" for each in one.references)}
    if found is None:
        return named
    return named | {
        *(f"breach/{each.reference}" for each in found.breaches),
        *(f"order/{each.reference}" for each in found.orders),
        *(f"person/{each.identity.reference}" for each in found.voices),
    }


def both(story: MeetingStory, one: Item, given: NewDecision) -> Params | None:
    """The decision that somebody else recorded meanwhile, and the one that was given (T30)."""
    last = one.standing
    if last is None:
        return None
    named = {each.number: each.name for each in story.agencies}
    theirs = ", ".join(str(each) for each in agencies_words(story, one))
    yours = ", ".join(named[each] for each in sorted(given.agencies) if each in named) or _("None")
    return both_versions([
        (_("Decision"), DECIDED[last.decision].words, DECIDED[given.decision].words),
        (_("Why"), last.reason, given.reason),
        (_("Agencies that are to have it"), theirs, yours),
    ])  # fmt: skip
