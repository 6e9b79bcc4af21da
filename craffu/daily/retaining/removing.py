"""Removes what goes, wherever the register keeps it: rows, whatever hangs on them, the index of the search, and files (SEC-09).

What points at a row that goes goes with it, by the database's own keys, so that no table is forgotten. What says only the
reference or the sender's key of something is found by that.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from itertools import batched
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import models

from craffu.access.acting import Acting
from craffu.access.emergency.models import EmergencyAccess
from craffu.access.notices.models import Notice
from craffu.access.reach.models import Placement
from craffu.access.restricted.models import Admission, Restriction
from craffu.breaches.models import Breach, BreachTelling, HistoryPrinted
from craffu.cases.models import (
    AdviceAsked,
    Case,
    CaseOutcome,
    CaseVersion,
    DetentionVersion,
    InvolvementVersion,
    ReleaseVersion,
    RoleWaiting,
)
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.door import destroying, remove_rows
from craffu.common.own_folders import remove_left
from craffu.daily.retaining.going import Going
from craffu.daily.retaining.kept import kept_rows
from craffu.daily.retaining.rules import Said, teller_of
from craffu.daily.retaining.unclaimed import telling, unclaimed_rows
from craffu.intake.models import HeldRow, KeptRow, Run
from craffu.measures.places import folder_of
from craffu.messages.models import Message
from craffu.messages.queries import reference_of
from craffu.orders.models import DocumentRead, Order, OrderDocument, PaperPrinted
from craffu.people.models import Person, RecordedContact, RecordedIdentifier, RecordVersion, SourceRecord
from craffu.people.search.actions import forget_names
from craffu.prevention.models import (
    CohortEntered,
    MeetingItem,
    MinutesPrinted,
    Plan,
    PriorityDecided,
    ScoreChallenged,
    ScoreKept,
    ScoreStands,
)
from craffu.scrutiny.models import Adjudicated, CaseReview, PanelMatter
from craffu.victims.models import Invitation, VictimLetter
from craffu.victims.received import RECEIVED

type Rows = Mapping[type[models.Model], Collection[int]]
type Tells = Callable[[str], bool]

_AT_ONCE: Final = 500
MESSAGES: Final = "messages"
_FILES: Final = (MESSAGES, "rejects")
# By what a message that goes out is known: what it is of, and that row's number.
_MESSAGES: Final = {Invitation: "invitation:", PaperPrinted: "letter:", VictimLetter: "victim-letter:"}


def rows_of(by: Acting, going: Going) -> dict[type[models.Model], set[int]]:
    """Every row that goes, by table. Raises RuntimeError where somebody or a case would be among them that stays."""
    found: dict[type[models.Model], set[int]] = defaultdict(set)
    found[Person] |= going.people.keys()
    found[Case] |= going.cases.keys()
    found[SourceRecord] |= going.records
    for model, rows in _done_by(by, going).items():
        found[model] |= rows
    _close(found, {model: set(rows) for model, rows in found.items()})
    # What says no more than a reference of what is among them by now, and what hangs on that.
    loose = {model: rows for model, rows in _named(by, going, found).items() if rows}
    for model, rows in loose.items():
        found[model] |= rows
    _close(found, loose)
    for model, rows in _stood_before(by.joining(), found).items():
        found[model] |= rows
    if found[Case] - going.cases.keys() or found[Person] - going.people.keys() or found[SourceRecord] - going.records:
        raise RuntimeError("an erasure would take somebody or a case with it that stays: nothing was erased")
    return {model: rows for model, rows in found.items() if rows}


def remove(by: Acting, found: Rows) -> dict[str, int]:
    """Remove these rows in the open act, and the names among them from the index of the search. Returns how many by table."""
    with destroying():
        forget_names(force=by.force, versions=found.get(RecordVersion, ()))
        return {model._meta.label: remove_rows(model, found[model]) for model in _pointing_first(found)}


def _pointing_first(found: Rows) -> list[type[models.Model]]:
    """These tables, each before any to whose rows its own point.

    On PostgreSQL a row may be seen by what it points at alone, and is not removed once that is gone.
    """
    points: dict[type[models.Model], set[type[models.Model]]] = {
        model: {
            one
            for one in found
            if one is not model and any(key.related_model is one for key in model._meta.concrete_fields)
        }
        for model in found
    }
    return [*TopologicalSorter(points).static_order()][::-1]


def _done_by(by: Acting, going: Going) -> dict[type[models.Model], set[int]]:
    """What somebody did or was decided of them as a suspect, where they themselves stay; with anybody who goes it goes anyhow."""
    if going.stays_as is None:
        return {}
    by = by.joining()
    found: dict[type[models.Model], set[int]] = {}
    of_respondent: tuple[Any, ...] = (Order, Breach)
    for model in of_respondent:
        found[model] = _numbers(model.objects.for_user(by).filter(respondent__in=going.own))
    of_record: tuple[Any, ...] = (Plan, DetentionVersion, ReleaseVersion)
    for model in of_record:
        found[model] = _numbers(model.objects.for_user(by).filter(record__in=going.own))
    of_person: tuple[Any, ...] = (
        HistoryPrinted, CohortEntered, MeetingItem, PriorityDecided, ScoreChallenged, ScoreKept, ScoreStands,
    )  # fmt: skip
    theirs = sorted({going.stays_as, *going.found_to_be})
    for model in of_person:
        found[model] = _numbers(model.objects.for_user(by).filter(person__in=theirs))
    return found


def _close(found: dict[type[models.Model], set[int]], begin: Rows) -> None:
    """Add whatever points at a row that goes, until nothing more does."""
    waiting = [(model, set(rows)) for model, rows in begin.items() if rows]
    while waiting:
        model, rows = waiting.pop()
        for pointing, field in _pointing_at(model):
            new: set[int] = set()
            for some in batched(sorted(rows), _AT_ONCE):
                asked: models.QuerySet[Any] = models.QuerySet(pointing).filter(**{f"{field}__in": some}).order_by()
                new |= set(asked.values_list("pk", flat=True))
            new -= found[pointing]
            if new:
                found[pointing] |= new
                waiting.append((pointing, new))


def _pointing_at(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field.name  # type: ignore[misc, union-attr]


def _named(by: Acting, going: Going, found: Rows) -> dict[type[models.Model], set[int]]:
    """What names something that goes by its reference or its sender's key, and by no key of the database."""
    by = by.joining()
    orders = dict(_of(by, Order, found).values_list("pk", "reference"))
    breaches = list(_of(by, Breach, found).values_list("reference", flat=True))
    keys = set(_of(by, SourceRecord, found).values_list("source_key", flat=True))
    crimes = set(_of(by, CaseVersion, found).values_list("crime", flat=True))
    refs = {
        "case": list(going.cases.values()), "person": list(going.people.values()), "order": list(orders.values()),
        "breach": breaches,
    }  # fmt: skip
    tells = teller_of(said_of(by, found))
    messages = [f"{key}{row}" for model, key in _MESSAGES.items() for row in found.get(model, ())]
    of_crime = models.Q(crime__in=sorted(crimes))
    of_either = of_crime | models.Q(record_key__in=sorted(keys))
    named: dict[type[models.Model], set[int]] = {
        InvolvementVersion: _numbers(InvolvementVersion.objects.for_user(by).filter(of_either)),
        RoleWaiting: _numbers(RoleWaiting.objects.for_user(by).filter(of_either)),
        CaseOutcome: _numbers(CaseOutcome.objects.for_user(by).filter(of_either)),
        BreachTelling: _numbers(BreachTelling.objects.for_user(by).filter(of_either)),
        DetentionVersion: _numbers(DetentionVersion.objects.for_user(by).filter(of_crime)),
        OrderDocument: {
            *_numbers(OrderDocument.objects.for_user(by).filter(left__order__in=sorted(orders))),
            *_read(by, tells),
        },
        MinutesPrinted: _numbers(
            MinutesPrinted.objects.for_user(by).filter(meeting__items__in=sorted(found.get(MeetingItem, ())))
        ),
        AdviceAsked: _numbers(AdviceAsked.objects.for_user(by).filter(about_order__in=refs["order"])),
        PanelMatter: _numbers(PanelMatter.objects.for_user(by).filter(case__reference__in=refs["case"])),
        CaseReview: _numbers(CaseReview.objects.for_user(by).filter(case__reference__in=refs["case"])),
        Adjudicated: _numbers(Adjudicated.objects.for_user(by).filter(case__reference__in=refs["case"])),
        HeldRow: telling(HeldRow.objects.for_user(by), "raw", tells),
        **kept_rows(by, found, tells),
        Message: _numbers(Message.objects.filter(force=by.force.code, key__in=messages)),
    }
    for model in (Placement, Restriction, Admission, EmergencyAccess, Notice):
        of_any = models.Q(pk__in=[])
        for kind, some in refs.items():
            of_any |= models.Q(kind=kind, reference__in=some)
        named[model] = _numbers(model.objects.filter(of_any, force=by.force))
    for unclaimed, rows in unclaimed_rows(by, found, tells).items():
        named[unclaimed] = named.get(unclaimed, set()) | rows
    return named


def _stood_before(by: Acting, found: Rows) -> dict[type[models.Model], set[int]]:
    """What was recorded of rows that go whole: put right to be whoever goes, it would stand again without what put it right.

    Where anything that stays hangs on one, that one stays.
    """
    before: dict[type[models.Model], set[int]] = defaultdict(set)
    gone = found.get(KeptRow, frozenset())
    for table, into in RECEIVED.items():
        rows = KeptRow.objects.for_user(by).filter(kind=into.source, table=table)
        keys = frozenset(_of(by, KeptRow, found).filter(kind=into.source, table=table).values_list("key", flat=True))
        left = {
            key for key, row in rows.filter(key__one_of=keys).order_by().values_list("key", "pk") if row not in gone
        }
        recorded = into.model.objects.for_user(by).filter(source=into.source, source_key__one_of=keys - left)
        before[into.model] |= _numbers(recorded.exclude(source_key="")) - set(found.get(into.model, ()))
    while any(_keep_what_holds(model, before, found) for model in before):
        pass
    return before


def _keep_what_holds(model: type[models.Model], before: dict[type[models.Model], set[int]], found: Rows) -> bool:
    """Take the rows of a table out of these on which anything hangs that stays. Returns whether there was one."""
    held: set[int] = set()
    for pointing, field in _pointing_at(model):
        rows: models.QuerySet[Any] = models.QuerySet(pointing).filter(**{f"{field}__in": sorted(before[model])})
        going = {*found.get(pointing, ()), *before.get(pointing, ())}
        held |= {on for row, on in rows.order_by().values_list("pk", field) if row not in going}
    before[model] -= held
    return bool(held)


def _of(by: Acting, model: Any, found: Rows) -> Any:
    return model.objects.for_user(by).filter(pk__in=sorted(found.get(model, ()))).order_by()


def _numbers(rows: Any) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))


def _read(by: Acting, tells: Tells) -> set[int]:
    """Documents of orders, matched or not, in which somebody read who it is against: any of these."""
    rows = DocumentRead.objects.for_user(by).order_by("pk")
    who = rows.values_list("document_id", "given_names", "family_name", "born_on").iterator(_AT_ONCE)
    return {document for document, *names in who if tells(" ".join(names))}


def said_of(by: Acting, found: Rows) -> Said:
    """A name alone is not theirs alone: it is theirs with a date of birth or an address beside it."""
    by = by.joining()
    contacts = list(_of(by, RecordedContact, found).values_list("version_id", "kind", "value"))
    # A filler is nobody's number, and stands in the rows of many.
    identifiers = _of(by, RecordedIdentifier, found).exclude(standing="dummy").values_list("as_given", flat=True)
    numbers = {*_of(by, CaseVersion, found).values_list("crime", flat=True), *identifiers}
    reached: dict[str, set[str]] = defaultdict(set)
    beside: dict[int, set[str]] = defaultdict(set)
    for version, kind, value in contacts:
        reached[kind].add(value)
        if kind == RecordedContact.Kind.ADDRESS:
            beside[version].add(value)
    who: set[tuple[str, str, str]] = set()
    versions = _of(by, RecordVersion, found).exclude(given_names="").exclude(family_name="")
    for version, given, family, born in versions.values_list("pk", "given_names", "family_name", "born_on"):
        who |= {(given, family, one) for one in {born, *beside[version]} if one}
    emails, phones = reached[RecordedContact.Kind.EMAIL], reached[RecordedContact.Kind.PHONE]
    return Said(frozenset(numbers), frozenset(emails), frozenset(phones), frozenset(who))


def unlink(said: Said, messages: Iterable[int]) -> int:
    """Remove files that tell of whoever goes: messages nobody took away yet, lists of rejected rows. Returns how many.

    `messages` are those that go, by row number: where one was to go may stand nowhere but in its file.
    """
    home = Path(settings.CRAFFU_HOME)
    found = [one for name in _FILES for one in sorted((home / name).glob("*")) if one.is_file()]
    tells, going = teller_of(said), {(MESSAGES, reference_of(one)) for one in messages}
    theirs = [
        one
        for one in found
        if (one.parent.name, one.name.partition(".")[0]) in going
        or tells(one.read_text(encoding="utf-8", errors="replace"))
    ]
    for one in theirs:
        one.unlink(missing_ok=True)
    return len(theirs)


def files_waiting(by: Acting) -> list[str]:
    """The runs whose files wait to be taken in, in the clear and with rows of many people: what they tell of is not known yet."""
    folder = Path(settings.CRAFFU_HOME) / "uploads"
    names = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    return sorted(Run.objects.for_user(by.joining()).filter(reference__in=names).values_list("reference", flat=True))


def drop_copies(by: Acting) -> None:
    """Remove what was worked out from the register as it stood: the snapshots, their figures, and pictures of them; and whole
    copies of it that something that was killed left (SEC-09).
    """
    home = Path(settings.CRAFFU_HOME)
    for folder in (folder_of(by), home / "charts-measures", home / "charts-gap"):
        shutil.rmtree(folder, ignore_errors=True)
    remove_left(home)
