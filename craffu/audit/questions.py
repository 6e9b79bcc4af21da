"""What an auditor asks of the log: who saw a record, what a user saw, what was done when and to whom it was told (P40).

DPA 2018 s.62(4) says what for. Nobody audits themselves: acts in the asker's own name are always left out (SEC-04).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from craffu.audit.events import ABOUT_THE_LOG
from craffu.audit.models import Event
from craffu.audit.naming import naming
from craffu.audit.queries import of_verbs
from craffu.audit.rules import Purpose, Verb, instant_text
from craffu.clocks.london import end_of, start_of

# More than this is not paged through: counting and skipping would grow with the log.
MOST_FOUND = 10_000
MOST_READERS = 50
MOST_RECIPIENTS = 100


@dataclass(frozen=True, slots=True)
class Question:
    """One question. An empty part asks for everything; `first` and `last` are London days, both included."""

    purpose: Purpose
    ref: str = ""
    actor: str = ""
    verbs: tuple[Verb, ...] = ()
    first: date | None = None
    last: date | None = None
    recipient: str = ""

    @property
    def parts(self) -> list[str]:
        """The names of the parts that ask for something."""
        named = {
            "record": self.ref,
            "person": self.actor,
            "verb": self.verbs,
            "first": self.first,
            "last": self.last,
            "recipient": self.recipient,
        }
        return [name for name, given in named.items() if given]

    @property
    def refs(self) -> list[str]:
        """The references it names, as the log writes them."""
        return [*([self.ref] if self.ref else []), *([f"user/{self.actor}"] if self.actor else [])]

    @property
    def coded(self) -> str:
        """What is asked, as the log may keep it: references, verbs and days, never words that somebody typed."""
        days = {"from": self.first, "to": self.last}
        said = [f"{name}/{day.isoformat()}" for name, day in days.items() if day]
        return " ".join([*self.refs, *(f"verb/{verb}" for verb in self.verbs), *said])


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who saw a record: how many acts the log holds, and when the last was."""

    actor: str
    role: str
    times: int
    last_at: str


@dataclass(frozen=True, slots=True)
class KeptFrom:
    """Records of which whoever asks may not know, as the log names them, and the kinds of row that name them beside others.

    A row of such a kind stays, and is shown without them; any other row that names one is left out whole.
    """

    refs: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    def narrowed(self, found: QuerySet[Event]) -> QuerySet[Event]:
        if not self.refs:
            return found
        return found.filter(~Q(pk__in=naming(self.refs)) | Q(kind__in=self.beside))

    def without(self, act: "Act") -> "Act":
        """Neither among its records nor in what was asked of the log, which names them too."""
        reason = act.reason
        for ref in self.refs & set(reason.split()):
            reason = " ".join(word for word in reason.split() if word != ref)
        return replace(act, refs=tuple(ref for ref in act.refs if ref not in self.refs), reason=reason)


NOTHING = KeptFrom()


def _asked(question: Question, force: str, kept_from: KeptFrom) -> QuerySet[Event]:
    of_force = {"pk__in": naming([question.ref], force=force)} if question.ref else {"force": force}
    found: QuerySet[Event] = kept_from.narrowed(Event.objects.filter(**of_force))
    if question.ref in kept_from.refs:
        return found.none()
    if question.actor:
        found = found.filter(actor=question.actor)
    if question.verbs:
        found = of_verbs(found, question.verbs)
    if question.first:
        found = found.filter(at__gte=instant_text(start_of(question.first)))
    if question.last:
        found = found.filter(at__lt=instant_text(end_of(question.last)))
    if question.recipient:
        # Only a disclosure must have a recipient, and they are few: the index by verb finds them.
        told = recipients_like(question.recipient, force=force)
        found = of_verbs(found, [Verb.DISCLOSURE]).filter(recipient__in=told)
    return found


def acts_found(question: Question, *, force: str, asker: str, kept_from: KeptFrom = NOTHING) -> QuerySet[Event]:
    """The newest acts that answer a question, newest first, without those of whoever asks."""
    return _asked(question, force, kept_from).exclude(actor=asker).order_by("-at", "-id")[:MOST_FOUND]


def has_own_acts(question: Question, *, force: str, asker: str, kept_from: KeptFrom = NOTHING) -> bool:
    """Whether something was left out because whoever asks did it, beside earlier questions to the log."""
    return _asked(question, force, kept_from).filter(actor=asker).exclude(kind__in=ABOUT_THE_LOG).exists()


def readers_of(question: Question, *, force: str, asker: str, kept_from: KeptFrom = NOTHING) -> list[Reader]:
    """Who did what a question asks for, the last to do so first."""
    rows = (
        _asked(question, force, kept_from)
        .exclude(actor=asker)
        .values("actor", "role")
        .annotate(times=Count("id"), last_at=Max("at"))
        .order_by("-last_at", "actor", "role")
    )
    return [Reader(**row) for row in rows[:MOST_READERS]]


def acts_between(ref: str, actor: str, *, force: str, since: datetime, until: datetime) -> QuerySet[Event]:
    """What somebody did with a record from one instant to another, both included, in order."""
    return Event.objects.filter(
        actor=actor, pk__in=naming([ref], force=force), at__gte=instant_text(since), at__lte=instant_text(until)
    ).order_by("at", "id")


def is_in_log(actor: str, *, force: str) -> bool:
    """Whether the log of a force holds any act of somebody of this name."""
    return Event.objects.filter(force=force, actor=actor).exists()


def recipients_like(words: str, *, force: str) -> list[str]:
    """The first recipients that contain these words, whatever their capitals: the same on both databases, in Welsh too."""
    return _recipients(words, force)[:MOST_RECIPIENTS]


def has_more_recipients(question: Question, *, force: str) -> bool:
    """Whether more recipients answer to the words of a question than are looked for."""
    return bool(question.recipient) and len(_recipients(question.recipient, force)) > MOST_RECIPIENTS


def _recipients(words: str, force: str) -> list[str]:
    told = of_verbs(Event.objects.filter(force=force), [Verb.DISCLOSURE]).values_list("recipient", flat=True)
    wanted = words.casefold()
    return [one for one in told.distinct().order_by("recipient") if wanted in one.casefold()]


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the log, taken apart."""

    event: int
    at: str
    actor: str
    role: str
    verb: str
    kind: str
    refs: tuple[str, ...]
    recipient: str
    purpose: str
    reason: str
    counts: dict[str, int]


def acts(events: Iterable[Event]) -> list[Act]:
    """The rows of the log as their payloads say, which is the text that is hashed."""
    return [_act(event.pk, json.loads(event.payload)) for event in events]


def _act(number: int, said: dict[str, Any]) -> Act:
    return Act(
        number,
        said["at"],
        said["actor"],
        said.get("role", ""),
        said["verb"],
        said["kind"],
        tuple(said.get("refs", ())),
        said.get("recipient", ""),
        said.get("purpose", ""),
        said.get("reason", ""),
        said.get("counts", {}),
    )
