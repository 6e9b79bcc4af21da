"""Reads of a court story of any length: one page of its hearings, and of all the others only what still counts.

A long story is not read through. The newest hearings say nearly everything that counts, so they are read first; what they
leave open is then looked for among the older ones, and what is told is the same as if every message had been read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, StringAgg, Subquery, Value

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.access.later import Later
from craffu.cases.models import CaseRole, ChargeHeard, Hearing, HearingVersion, Offence, Outcome, ResultGiven
from craffu.cases.queries import in_order, no_later_message, with_charges
from craffu.common import lookups  # noqa: F401 (registers `few_of` and `is_empty`)
from craffu.common.written import list_of, written

# So many of the newest hearings are read before older ones are searched.
NEWEST = 20


@dataclass(frozen=True, slots=True)
class Told:
    """Whose story, for whom and when: that of a case or of some source records, as known now or at an instant (X10)."""

    by: Acting
    case: int | None = None
    records: tuple[int, ...] = ()
    known_at: datetime | None = None

    @property
    def whose(self) -> int | tuple[int, ...]:
        """The case, or else the records."""
        return self.records if self.case is None else self.case

    def about(self, path: str) -> Q:
        """The rows of the story, by the path that leads from them to their hearing: `hearing__` for a message."""
        if self.case is not None:
            return Q(**{f"{path}case": self.case})
        return Q(**{f"{path}role__record__in": self.records})

    def known(self, rows: QuerySet[Any], path: str = "") -> QuerySet[Any]:
        """Of some rows those that were known then; `path` leads to what says since when."""
        return rows if self.known_at is None else rows.filter(**{f"{path}known_from__lte": self.known_at})


def _told(by: Acting, whose: int | tuple[int, ...], known_at: datetime | None) -> Told:
    case, records = (whose, ()) if isinstance(whose, int) else (None, whose)
    return Told(by, case, records, known_at)


def hearings_told(told: Told) -> QuerySet[Hearing]:
    """The hearings in the order they were held."""
    hearings: QuerySet[Hearing] = (
        told.known(Hearing.objects.for_user(told.by)).filter(told.about("")).order_by("held_on", "id")
    )
    return hearings


class Newest(NamedTuple):
    """The newest hearings of a story, newest first, and whether there are older ones."""

    hearings: list[int]
    is_longer: bool


def newest_told(told: Told) -> Later[Newest]:
    """One query."""
    asked = _newest_hearings.later(told.by, told.whose, told.known_at, most=NEWEST + 1)
    return Later(lambda found: Newest(found[:NEWEST], len(found) > NEWEST), asked)


@prepared
def _newest_hearings(
    by: Acting, whose: int | tuple[int, ...], known_at: datetime | None, *, most: int
) -> QuerySet[Hearing, int]:
    hearings = hearings_told(_told(by, whose, known_at)).reverse()
    return hearings.values_list("id", flat=True)[:most]


def story_told(
    told: Told, hearings: Collection[int], newest: Newest | None = None
) -> tuple[list[HearingVersion], list[HearingVersion]]:
    """Every message about some hearings, as `court_story` gives them; and of all hearings the latest word that still counts.

    What counts are the last words to name an offence, the last of each defendant, and those that set a hearing which has not
    been held since, on its day or later. What binds, what is expected and how each offence stands follows from them alone.
    `newest` is what `newest_told` gives, where it was asked already.
    """
    first, is_longer = newest or newest_told(told).answer
    read = set(first)
    every = _messages_about(told, read | set(hearings))
    words = _latest(every, read)
    if is_longer:
        older = _older_that_count(told, read, words)
        words += _latest(_messages_about(told, older), older)
    shown = [version for version in every if version.hearing_id in hearings]
    return shown, sorted(words, key=lambda word: (word.hearing.held_on, word.hearing_id))


def _messages_about(told: Told, hearings: Collection[int]) -> list[HearingVersion]:
    if not hearings:
        return []
    return with_charges(told.by, _messages(told.by, tuple(hearings), told.known_at))


@prepared
def _messages(by: Acting, hearings: tuple[int, ...], known_at: datetime | None) -> QuerySet[HearingVersion]:
    every = Told(by, known_at=known_at).known(HearingVersion.objects.for_user(by))
    return in_order(every.filter(hearing__in=hearings))


def _latest(versions: list[HearingVersion], hearings: Collection[int]) -> list[HearingVersion]:
    """The latest word on each of these hearings, of messages in the order received."""
    return list({version.hearing_id: version for version in versions if version.hearing_id in hearings}.values())


def _older_that_count(told: Told, newest: Collection[int], words: list[HearingVersion]) -> set[int]:
    """Which hearings before the newest count as well."""
    named = {charge.offence_id for word in words for charge in word.charges.all()}
    others = told.known(Offence.objects.for_user(told.by)).filter(told.about("")).exclude(pk__in=named)
    unheard = list(others.values_list("pk", flat=True))
    found = set(_last_to_name(told, unheard))
    last = _last_heard(told)
    found.update(_last_of(told, {role: last[role] for role in last.keys() - {word.hearing.role_id for word in words}}))
    found.update(_with_a_hearing_ahead(told, named.union(unheard), min(last.values())))
    return found - set(newest)


def _last_to_name(told: Told, offences: Collection[int]) -> Collection[int]:
    heard = told.known(ChargeHeard.objects.for_user(told.by), "version__").filter(offence__in=offences)
    in_order = heard.filter(_stands(told, "version__")).order_by("version__hearing__held_on", "version__hearing_id")
    return dict(in_order.values_list("offence_id", "version__hearing_id")).values()


def _last_heard(told: Told) -> dict[int, date]:
    """When each defendant of the story was heard of last: of each their last hearing alone is looked up."""
    parts = CaseRole.objects.for_user(told.by)
    parts = parts.filter(record__in=told.records) if told.case is None else parts.filter(case=told.case)
    held = told.known(Hearing.objects.for_user(told.by)).filter(role=OuterRef("pk")).order_by("-held_on")
    heard = parts.annotate(last=Subquery(held.values("held_on")[:1])).exclude(last=None)
    return dict(heard.order_by().values_list("pk", "last"))


def _last_of(told: Told, last: Mapping[int, date]) -> Collection[int]:
    """The last hearing of each of these defendants, by the day it was held; one more than counts may be among them."""
    if not last:
        return ()
    held = told.known(Hearing.objects.for_user(told.by)).filter(role__in=list(last), held_on__in=set(last.values()))
    return list(held.order_by().values_list("id", flat=True))


def _with_a_hearing_ahead(told: Told, offences: Collection[int], last: date) -> Collection[int]:
    """The hearings at which one was set of whose day, or of a later one, nothing has been heard of the same defendant.

    `offences` are all of the story: by them neither message nor hearing is read of what is passed over. `last` is the day on
    which the defendant of whom longest nothing was heard was heard of: by it nearly every result is passed over without asking
    what was held later. One more than counts may be among them, where a later message has taken the place of the one that set it.
    """
    hearings = told.known(Hearing.objects.for_user(told.by))
    later = hearings.filter(role=OuterRef("charge__offence__role"), held_on__gte=OuterRef("next_on"))
    results = told.known(ResultGiven.objects.for_user(told.by), "charge__version__").filter(next_on__gt=last)
    ahead = results.filter(~Exists(later), charge__offence__few_of=frozenset(offences)).order_by()
    return list(ahead.values_list("charge__version__hearing", flat=True))


def _stands(told: Told, path: str) -> Q:
    return no_later_message(told.known(HearingVersion.objects.for_user(told.by)), path)


class Noticed(NamedTuple):
    """What intake noticed in the messages of a source."""

    source: str
    flags: list[dict[str, object]]


def noticed(told: Told) -> Later[list[Noticed]]:
    """What intake noticed in the courts' latest words, in the order of the hearings."""
    whose = frozenset(told.records if told.case is None else (told.case,))
    asked = _noticed.later(told.by, whose, told.known_at, of_case=told.case is not None)
    return Later(
        lambda said: [Noticed(one, [*chain.from_iterable(list_of(f"[{flags}]"))]) for one, flags in said], asked
    )


@prepared
def _noticed(
    by: Acting, whose: frozenset[int], known_at: datetime | None, *, of_case: bool
) -> QuerySet[HearingVersion, tuple[str, str]]:
    """One row of each source, with all that was noticed in its messages."""
    told = Told(by, known_at=known_at)
    about = Q(hearing__case__few_of=whose) if of_case else Q(hearing__role__record__few_of=whose)
    versions = told.known(HearingVersion.objects.for_user(by)).filter(about).exclude(flags__is_empty=True)
    standing = versions.filter(_stands(told, "")).order_by("source").values_list("source")
    said: QuerySet[HearingVersion, tuple[str, str]] = standing.annotate(
        noticed=StringAgg(written("flags"), Value(","), order_by="hearing_id")
    )
    return said


def outcomes_given(by: Acting, words: Collection[HearingVersion]) -> dict[int, Outcome]:
    """How each offence ended by the last of these words that names it; of a whole story, or of what counts in it."""
    last = {charge.offence_id: word.pk for word in words for charge in word.charges.all()}
    ended = _outcomes_of(by, tuple(set(last.values()))) if last else []
    return {one.offence_id: one for one in ended if one.version_id == last.get(one.offence_id)}


@prepared
def _outcomes_of(by: Acting, versions: tuple[int, ...]) -> QuerySet[Outcome]:
    ended: QuerySet[Outcome] = Outcome.objects.for_user(by).filter(version__in=versions).order_by("id")
    return ended
