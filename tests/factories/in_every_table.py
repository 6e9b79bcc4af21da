"""Somebody of whom there is a row in every table that can be about anybody, one for each way in which a row is theirs (SEC-09).

Which way a row is theirs is read from the models: a key that leads to them, over however many rows. What names them by words
alone is said here. Rows that decide who goes are made as the product makes them, the others by chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import models

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.reach.models import Placement
from craffu.access.retention.kinds import Authority
from craffu.access.retention.models import RetentionStep
from craffu.access.rights_requests.actions import end_effect
from craffu.access.rights_requests.kinds import Ending, Kind
from craffu.access.rights_requests.models import RightsEnding, RightsRequest, RightsStep
from craffu.breaches.models import Breach, BreachTelling
from craffu.cases.models import Case, CaseRole, DetentionVersion, InvolvementVersion, ReleaseVersion
from craffu.common.door import bookkeeping
from craffu.daily.retaining.actions import Said, lift_hold, place_hold
from craffu.intake.models import HeldRow, KeptRow, RowWaiting
from craffu.messages.models import Message
from craffu.orders.models import DocumentLeft, Order, OrderDocument, OrderProtects, PaperPrinted
from craffu.outbox.models import News
from craffu.people.models import Membership, Person, SourceRecord
from craffu.people.queries import members
from craffu.prevention.models import MeetingCorrected, MinutesPrinted
from craffu.scrutiny.models import FrameCase, SampleCase
from craffu.victims.models import View
from tests.architecture.test_relations import our_models
from tests.factories.any_row import Maker
from tests.factories.breaches import reported
from tests.factories.erasing import hold_back, marked, send_of_victim, tell_of_contact
from tests.factories.orders import order_of
from tests.factories.rights_answered import answered

type Row = models.Model
type Model = type[Row]
type Rows = dict[Model, dict[int, Row]]

OF_NOBODY = "of nobody"
# The words of these are erased and the rows stay, by what they are kept by: the reference of whom they are of.
BLANKED: tuple[Model, ...] = (RetentionStep, RightsRequest, RightsStep, RightsEnding)
# Made as the product makes them, for what goes and what stays hangs on them; and what is of nobody.
BY_THE_PRODUCT: set[Model] = {
    *(one for one in our_models() if one._meta.app_label == "audit"),
    *BLANKED, Force, User, Person, Membership, SourceRecord, Case, CaseRole, Order, OrderProtects, Breach, HeldRow, RowWaiting,
    News,
}  # fmt: skip
# What the product made of them that no key makes theirs.
NAMED_ALONE: tuple[Model, ...] = (InvolvementVersion, BreachTelling, HeldRow, KeptRow, RowWaiting)
# What is found to be theirs by a row that points at it, or that points at the same as it does.
WITH_WHAT_POINTS: tuple[Model, ...] = (OrderDocument, MinutesPrinted)
# A key that is nothing by itself, and has to be there for what it points from to be theirs.
SAYS_WHOSE: Mapping[Model, str] = {DocumentLeft: "order"}
# Fields by which rows name what is somebody's, and what they name.
NAMES: Mapping[str, str] = {
    "crime": "crime", "record_key": "record", "about_order": "order", "order_ref": "order", "for_breach_of": "order",
}  # fmt: skip
# Tables that name a case beside their own reference; and words that may tell of somebody where nothing else says whose they are.
NAME_A_CASE: tuple[Model, ...] = (SampleCase, FrameCase)
TELLS: Mapping[Model, dict[str, list[Any]]] = {
    DetentionVersion: {"bail_conditions": ["email"], "crime": [""]},
    ReleaseVersion: {"licence_conditions": ["email"]},
    MeetingCorrected: {"words": ["email"]},
}


@dataclass(slots=True)
class Theirs:
    """What is somebody's: how words name it, the suspect and his record, and the rows of each table."""

    mark: str
    named: Mapping[str, str]
    his: Mapping[Model, list[Row]]
    rows: dict[Model, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def references(self) -> list[str]:
        return [self.named[kind] for kind in ("case", "person", "order", "breach")]


def is_personal(model: Model) -> bool:
    """Whether a table says of any of its fields that it is erased with whom it is about."""
    return any(fate.identifying for fate in model.Handling.fields.values())  # type: ignore[attr-defined]


def everything() -> Rows:
    return {one: {row.pk: row for row in models.QuerySet(one).order_by()} for one in our_models()}


def somebody(
    system: Acting, team: Acting, auditors: tuple[Acting, Acting], folder: Path, number: int, mark: str
) -> Theirs:
    """A suspect and his victim as the product knows them, by the crime of this number: every word holds the mark."""
    before, now = everything(), auditors[0].factor_at
    assert now is not None
    case, suspect, _victim = marked(system, folder, number, mark)
    order = order_of(team, case, now - timedelta(hours=1))
    breach = reported(team, suspect, now - timedelta(minutes=5), order=order.reference, words=f"{mark} waited")
    hold_back(system, folder, number, mark)
    tell_of_contact(system, folder / str(number), number, mark)
    send_of_victim(system, folder, number, mark)
    first, second = auditors
    held = place_hold(by=first, person=suspect, said=Said(f"{mark} is asked for", Authority.INQUIRY))
    lift_hold(by=second, person=suspect, said=Said(f"{mark} is not any more", Authority.INQUIRY, held.number))
    asked = answered(first, second, Kind.RESTRICTION, suspect)
    end_effect(by=first, number=asked, how=Ending.LIFTED, words=f"{mark} said so")
    _put_in(mark, asked)
    new = {
        model: {pk: row for pk, row in rows.items() if pk not in before[model]} for model, rows in everything().items()
    }
    his = members(system).select_related("record", "person").get(person__reference=suspect)
    named = {
        "case": case, "person": suspect, "order": order.reference, "breach": breach.reference, "crime": f"CRIME{number}",
        "record": his.record.source_key, "email": f"{mark}ab@example.org", "request": asked,
    }  # fmt: skip
    theirs = Theirs(mark, named, {Person: [his.person], SourceRecord: [his.record]})
    theirs.rows.update(_tied_to(new, {one: new[one] for one in (Person, SourceRecord, Case, *NAMED_ALONE, *BLANKED)}))
    return theirs


@bookkeeping
def _put_in(mark: str, request: str) -> None:
    """The mark into words of a request that the factory wrote."""
    RightsRequest.objects.filter(number=request).erase(words=f"{mark} wrote to us")
    RightsStep.objects.filter(request__number=request).erase(words=f"{mark} was answered", text_digest=f"{mark} digest")


def keys_of(model: Model) -> list[models.ForeignKey[Any, Any]]:
    return [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]


def in_order(found: Iterable[Model]) -> list[Model]:
    """Each after all to whose rows its own may point, but itself."""
    done: list[Model] = []
    waiting = sorted(found, key=lambda one: one._meta.label)
    while waiting:
        behind = {one: {key.related_model for key in keys_of(one)} - {one} for one in waiting}
        ready = [one for one in waiting if not behind[one] & set(waiting)]
        assert ready, f"in a circle: {waiting}"
        done += ready
        waiting = [one for one in waiting if one not in ready]
    return done


def _tied_to(rows: Rows, begin: Mapping[Model, Iterable[int]]) -> dict[Model, list[Row]]:
    """The first, and those of the rows from which a key leads to any of them, over however many others."""
    tied: dict[Model, set[int]] = defaultdict(set, {model: set(some) for model, some in begin.items()})
    for model in in_order(rows):
        keys = keys_of(model)
        for pk, row in rows[model].items():
            if any(getattr(row, key.attname) in tied[key.related_model] for key in keys):
                tied[model].add(pk)
    return {model: [rows[model][pk] for pk in sorted(some)] for model, some in tied.items() if some}


@dataclass(slots=True)
class Planting:
    """Puts rows of somebody beside those that the product made, and what they cannot be without beside nobody's."""

    maker: Maker
    theirs: Theirs
    force: Force
    there: dict[Model, list[Row]]

    def plant(self) -> None:
        """A row of every table that is about anybody, for each way in which it is theirs."""
        for model in in_order(set(our_models()) - BY_THE_PRODUCT):
            for way in self._ways(model):
                # What stays has no words of theirs.
                mark = OF_NOBODY if model in NAME_A_CASE else self.theirs.mark
                self.theirs.rows[model].append(self.maker.make(model, mark, way))
            if is_personal(model) and not self.theirs.rows[model]:
                self.there[model].append(self.maker.make(model, OF_NOBODY, self._links(model)))

    def also(self, model: Model, **said: Any) -> None:
        """A row more, that is theirs by what is said and by no key."""
        links = {**self._links(model, alone=True), **{name: [value] for name, value in said.items()}}
        self.theirs.rows[model].append(self.maker.make(model, self.theirs.mark, links))

    def _ways(self, model: Model) -> Iterator[dict[str, list[Any]]]:
        ties = [key for key in keys_of(model) if self.theirs.rows[key.related_model]]
        says = SAYS_WHOSE.get(model)
        if says or model in WITH_WHAT_POINTS or any(not key.null for key in ties):
            yield self._links(model, says)
            return
        for key in ties:
            yield self._links(model, key.name, alone=True)
        for words in self._by_words(model):
            yield {**self._links(model, alone=True), **words}

    def _links(self, model: Model, tie: str | None = None, *, alone: bool = False) -> dict[str, list[Any]]:
        """What each key of a row may be; `tie` is no choice. With `alone` no other key ties it that may be none."""
        found: dict[str, list[Any]] = {}
        for key in keys_of(model):
            is_tie = bool(self.theirs.rows[key.related_model])
            if key.name != tie and key.null and (alone if is_tie else not self.there[key.related_model]):
                continue
            if key.related_model is not model:
                some = self._some(key.related_model)
                # What a victim says is of her record, all else is of the suspect and of his.
                if key.related_model in self.theirs.his and model._meta.app_label != View._meta.app_label:
                    his = self.theirs.his[key.related_model]
                    some = [*his, *(one for one in some if one not in his)]
                found[key.name] = [*some, *([None] if key.null and key.name != tie else [])]
        # A force is named by its code where no key can be.
        if any(one.name == "force" and not one.is_relation for one in model._meta.concrete_fields):
            found["force"] = [self.force.code]
        return found

    def _some(self, model: Model) -> list[Row]:
        """What a key may point at: theirs, the newest first, or anything."""
        if not self.theirs.rows[model] and not self.there[model]:
            self.there[model].append(self.maker.make(model, OF_NOBODY, self._links(model)))
        return self.theirs.rows[model][::-1] or self.there[model]

    def _by_words(self, model: Model) -> Iterator[dict[str, list[Any]]]:
        """The ways in which a row is theirs by words, and by no key."""
        fields, named = {one.name for one in model._meta.concrete_fields}, self.theirs.named
        if model is Message:
            yield {"key": [f"letter:{self.theirs.rows[PaperPrinted][0].pk}"]}
        if model in NAME_A_CASE:
            yield {"reference": [named["case"]]}
        if {"kind", "reference"} <= fields and model._meta.app_label == Placement._meta.app_label:
            for kind in ("case", "person", "order", "breach"):
                yield {"kind": [kind], "reference": [named[kind]]}
        if model in TELLS:
            yield {name: [named.get(one, one) for one in some] for name, some in TELLS[model].items()}
        # A list that a court sent says of no order whose it is, and nothing of anybody.
        if is_personal(model) or not {"order_ref"} & fields:
            for name, of in NAMES.items():
                if name in fields:
                    yield {name: [named[of]]}


def plant(maker: Maker, theirs: Theirs, force: Force, users: Sequence[User]) -> Planting:
    planting = Planting(maker, theirs, force, defaultdict(list, {Force: [force], User: list(users)}))
    planting.plant()
    return planting
