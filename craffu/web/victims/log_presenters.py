"""A victim's own log as it is read: by those who look after them, and without a word of anybody else by their advocate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from craffu.breaches.ledger.states import Status
from craffu.clocks.london import day_of
from craffu.victims.models import LogEntry
from craffu.web.court.words import day_words, instant_words
from craffu.web.people.reached import without_reach
from craffu.web.presenters import Link, Params
from craffu.web.references import address_of
from craffu.web.statuses import Status as Shown
from craffu.web.victims.asking_words import PROOFS, WAYS
from craffu.web.victims.voice_words import ROUTES

# What became of it, as she may be told. What an incident is to a court is not said here.
BECAME: Mapping[Status, Shown] = {
    Status.POSSIBLE: Shown(gettext_lazy("It is being looked into"), "yellow"),
    Status.ACCEPTED: Shown(gettext_lazy("It was taken as a breach"), "red"),
    Status.FINALISED: Shown(gettext_lazy("It was taken as a breach"), "red"),
    Status.REJECTED: Shown(gettext_lazy("It was not taken as a breach; new evidence opens it again"), "grey"),
    Status.JOINED: Shown(gettext_lazy("It is looked into together with something else"), "blue"),
}
NOT_ASKED = Shown(gettext_lazy("Kept. They did not want it looked into"), "grey")
NO_ORDER = Shown(pgettext_lazy("log", "Kept. No order that we know of protected them from it then"), "grey")


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry. `breaches` lead to what came of it, for those who may open that; an advocate has none."""

    title: str
    came: str
    language: str
    tags: tuple[Params, ...]
    breaches: tuple[Link, ...] = ()
    proof: str = ""
    words: str = field(default="", repr=False)
    proof_words: str = field(default="", repr=False)


def when_words(one: LogEntry) -> str:
    if not one.is_day_only:
        return instant_words(one.happened_from)
    first, last = day_of(one.happened_from), day_of(one.happened_to)
    if first == last:
        return day_words(first)
    return _("Between %(first)s and %(last)s") % {"first": day_words(first), "last": day_words(last)}


def entries_shown(
    entries: Sequence[LogEntry],
    became: Mapping[int, Sequence[tuple[str, Status]]],
    reached: Sequence[tuple[str, str]],
    *,
    with_links: bool,
) -> list[EntryShown]:
    """Each in its own words, but for where she can be reached: `reached`, which stands on a page of its own alone (SEC-06)."""
    return [_shown(one, became.get(one.pk, ()), reached, with_links=with_links) for one in entries]


def _shown(
    one: LogEntry, became: Sequence[tuple[str, Status]], reached: Sequence[tuple[str, str]], *, with_links: bool
) -> EntryShown:
    states = [BECAME[status] for _reference, status in became]
    if not states:
        states = [NO_ORDER if one.for_ledger else NOT_ASKED]
    links = [
        Link(_("Possible breach %(reference)s") % {"reference": reference}, address_of("breach_triage", "breach", reference))
        for reference, _status in became
    ]  # fmt: skip
    return EntryShown(
        title=f"{when_words(one)}: {WAYS.get(one.way, '')}",
        came=_("%(how)s, %(when)s") % {"how": str(ROUTES[one.route]), "when": instant_words(one.given_at)},
        language=one.language, tags=tuple({str(state.words): state.tag for state in states}.values()),
        breaches=tuple(links) if with_links else (), proof=str(PROOFS.get(one.proof, "")),
        words=without_reach(one.words, reached), proof_words=without_reach(one.proof_words, reached),
    )  # fmt: skip
