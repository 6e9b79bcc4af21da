"""The pack of a case under review: what the register knew of it when the frame froze, and apart what was entered since (SCR-11).

It holds no words and no names: kinds, days, grades and moves, of which each case and order is known by a number. Whoever
reviews or judges it is let in by the review or the panel itself, however far their role reaches; what is shut to them stays shut.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from craffu.access.acting import Acting
from craffu.breaches.models import Breach, BreachOfOrder
from craffu.cases.models import Case, CaseStage, CaseVersion, RiskAssessment, RiskEvent
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.models import Order, OrderMove, OrderTrigger
from craffu.orders.models.considering import OptionDecided
from craffu.scrutiny.asking.kinds import Level
from craffu.scrutiny.models import SampleCase
from craffu.scrutiny.reviewing.rules import Edit, Pack, pack
from craffu.scrutiny.sampling.kinds import Inclusion, Unit
from craffu.scrutiny.sampling.left_out import left_out

# Of a crime what names nobody.
_OF_CRIME: Final = (
    "recorded_as", "home_office_class", "offence_title", "reported_at", "recorded_at", "occurred_from", "risk_grade",
    "risk_graded_at", "stage", "flags",
)  # fmt: skip
NOBODY: Final = ""


@dataclass(frozen=True, slots=True)
class CasePack:
    """`repeats` is of each level what the case had of it when the frame froze, so that two reviewers are asked the same.

    `is_shut`: the record is restricted, and not open to this reader; or the use of somebody's data in it is (SEC-11).
    """

    pack: Pack
    repeats: Mapping[str, tuple[str, ...]]
    is_shut: bool


def pack_of(by: Acting, case: SampleCase) -> CasePack:
    """Eleven queries at most, whatever the case holds, and four more where anybody's use of data is restricted."""
    sample = case.sample
    frozen_at = sample.frozen.known_from
    reader = replace(by, within=None)
    unit = Inclusion.read(sample.inclusion).unit
    found, orders = _records(reader, unit, case.reference)
    if (found is None and not orders) or case.reference in left_out(reader, unit):
        return CasePack(pack([], frozen_at), {}, is_shut=True)
    edits: list[Edit] = []
    repeats: dict[str, tuple[str, ...]] = {}
    for level, entered in _parts(reader, found, orders):
        edits += entered
        known = [one for one in entered if one.at <= frozen_at]
        if level is not None:
            repeats[level] = tuple(dict.fromkeys(_which(one) for one in known))
    return CasePack(pack(edits, frozen_at), repeats, is_shut=False)


def _which(edit: Edit) -> str:
    return edit.field.split(".")[1]


def _records(by: Acting, unit: Unit, reference: str) -> tuple[Case | None, list[Order]]:
    """The case and its orders; an order that has no case stands alone."""
    if unit is Unit.CASE:
        case = Case.objects.for_user(by).filter(reference=reference).first()
    else:
        order = Order.objects.for_user(by).filter(reference=reference).select_related("case").first()
        if order is None or order.case is None:
            return None, [] if order is None else [order]
        case = order.case
    if case is None:
        return None, []
    return case, list(Order.objects.for_user(by).filter(case=case).order_by("id"))


def _parts(by: Acting, case: Case | None, orders: list[Order]) -> Iterator[tuple[Level | None, list[Edit]]]:
    """Of each part of the register what was entered, with the level that its entries repeat at."""
    if case is not None:
        yield None, list(_crimes(by, case))
        yield Level.STAGE, [_edit(f"stage.{one.stage}.true_from", one.true_from, one.known_from, one.source)
                            for one in CaseStage.objects.for_user(by).filter(case=case).order_by("id")]  # fmt: skip
        yield None, list(_assessments(by, case))
        yield Level.EVENT, list(_events(by, case))
        yield Level.OPTION, list(_options(by, case))
    numbers = {one.pk: number for number, one in enumerate(orders, 1)}
    yield Level.ORDER, list(_orders(by, orders, numbers))
    yield Level.TRIGGER, list(_triggers(by, numbers))
    yield Level.BREACH, list(_breaches(by, case, numbers))


def _edit(field: str, value: object, at: datetime, by: str) -> Edit:
    return Edit(field, value.isoformat() if hasattr(value, "isoformat") else str(value), at, by)


def _name(user: Any) -> str:
    return user.username if user is not None else NOBODY


def _crimes(by: Acting, case: Case) -> Iterable[Edit]:
    """Each field of a crime as its system said it, and again where it said something else."""
    numbers: dict[str, int] = {}
    before: dict[tuple[str, str], object] = {}
    for row in (
        CaseVersion.objects.for_user(by).filter(case=case).defer("location", "summary").order_by("known_from", "id")
    ):
        number = numbers.setdefault(row.crime, len(numbers) + 1)
        for field in _OF_CRIME:
            value = getattr(row, field)
            if value in {None, ""} if not isinstance(value, list) else not value:
                value = ""
            if before.get((row.crime, field), "") != value:
                before[row.crime, field] = value
                shown = ", ".join(value) if isinstance(value, list) else value
                yield _edit(f"crime.{number}.{field}", shown, row.known_from, row.source)


def _assessments(by: Acting, case: Case) -> Iterable[Edit]:
    rows = RiskAssessment.objects.for_user(by).filter(case=case).select_related("assessor").defer("words")
    for row in rows.order_by("number"):
        for field in ("tool", "version", "grade", "assessed_at"):
            yield _edit(f"assessment.{row.number}.{field}", getattr(row, field), row.known_from, _name(row.assessor))


def _events(by: Acting, case: Case) -> Iterable[Edit]:
    rows = RiskEvent.objects.for_user(by).filter(case=case).select_related("recorded_by").defer("words").order_by("id")
    for number, row in enumerate(rows, 1):
        for field in ("kind", "happened_at"):
            yield _edit(f"event.{number}.{field}", getattr(row, field), row.known_from, _name(row.recorded_by))


def _options(by: Acting, case: Case) -> Iterable[Edit]:
    rows = OptionDecided.objects.for_user(by).filter(case=case).select_related("by").defer("words").order_by("id")
    for row in rows:
        for field in ("outcome", "reason_code", "review_on"):
            if (value := getattr(row, field)) not in {None, ""}:
                yield _edit(f"option.{row.kind}.{field}", value, row.at, _name(row.by))


def _orders(by: Acting, orders: list[Order], numbers: Mapping[int, int]) -> Iterable[Edit]:
    for one in orders:
        yield _edit(f"order.{numbers[one.pk]}.kind", one.kind, one.known_from, NOBODY)
    moves = OrderMove.objects.for_user(by).filter(order__one_of=frozenset(numbers)).select_related("by").defer("words")
    for row in moves.order_by("order", "number"):
        number, who = numbers[row.order_id], _name(row.by) or row.source
        yield _edit(f"order.{number}.{row.move}.happened_at", row.happened_at, row.known_from, who)
        yield _edit(f"order.{number}.status", row.to_status, row.known_from, who)


def _triggers(by: Acting, numbers: Mapping[int, int]) -> Iterable[Edit]:
    rows = (
        OrderTrigger.objects.for_user(by).filter(order__one_of=frozenset(numbers)).select_related("by").defer("words")
    )
    for number, row in enumerate(rows.order_by("id"), 1):
        for field, value in (("trigger", row.trigger), ("at", row.at), ("order", numbers[row.order_id])):
            yield _edit(f"trigger.{number}.{field}", value, row.known_from, _name(row.by))


def _breaches(by: Acting, case: Case | None, numbers: Mapping[int, int]) -> Iterable[Edit]:
    """Of the case, and those held against its orders, whichever case told of them. How one stands is not told: that is what is
    asked. What was joined to another is of that one.
    """
    held = BreachOfOrder.objects.for_user(by).filter(breach=OuterRef("pk"), order__one_of=frozenset(numbers))
    rows = Breach.objects.for_user(by).filter(joined_to=None)
    rows = rows.filter(Exists(held) | Q(case=case)) if case is not None else rows.filter(Exists(held))
    for number, row in enumerate(rows.select_related("raised_by").order_by("id"), 1):
        for field in ("found_by", "happened_from", "happened_to"):
            yield _edit(f"breach.{number}.{field}", getattr(row, field), row.raised_at, _name(row.raised_by))
