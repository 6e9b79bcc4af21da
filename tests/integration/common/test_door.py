"""The one door for writes: nothing passes outside an action, and no action passes without an audit row."""

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Area, Force, RightChange
from craffu.audit import actions as audit
from craffu.audit.events import Verb, kind
from craffu.audit.models import Event
from craffu.common.door import (
    ActionWithoutAudit,
    NeverChanged,
    WriteOutsideAction,
    action,
    bookkeeping,
)

TRIED = kind("door_tried", Verb.ALTERATION, "Door tried")

pytestmark = pytest.mark.django_db


def new_area(force: Force, code: str = "x") -> Area:
    return Area(force=force, code=code, name_en="X", name_cy="X")


@pytest.mark.parametrize(
    "write",
    [
        lambda force: new_area(force).save(),
        lambda force: Area.objects.create(force=force, code="x", name_en="X", name_cy="X"),
        lambda force: Area.objects.bulk_create([new_area(force)]),
        lambda force: Area.objects.get_or_create(force=force, code="x"),
        lambda force: Area.objects.filter(force=force).update(name_en="Y"),
        lambda force: Area.objects.filter(force=force).delete(),
        lambda force: force.delete(),
        lambda force: Area.objects.bulk_update([new_area(force)], ["name_en"]),
    ],
)
def test_a_write_outside_an_action_is_refused(write, force: Force) -> None:
    before = Area.objects.count()
    with pytest.raises(WriteOutsideAction):
        write(force)
    assert Area.objects.count() == before


@pytest.mark.rule("SEC-04")
def test_an_action_that_leaves_no_audit_row_is_undone(force: Force) -> None:
    @action
    def silent() -> None:
        new_area(force).save()

    with pytest.raises(ActionWithoutAudit):
        silent()
    assert not Area.objects.filter(code="x").exists()


def test_an_action_within_an_action_joins_it_and_both_are_undone_together(force: Force, system: Acting) -> None:
    @action
    def inner() -> None:
        new_area(force, "inner").save()
        audit.record(kind=TRIED, actor=system.actor)

    @action
    def outer() -> None:
        inner()
        new_area(force, "outer").save()
        raise ValueError("something went wrong")

    events = Event.objects.count()
    with pytest.raises(ValueError):
        outer()
    assert not Area.objects.filter(code__in=["inner", "outer"]).exists()
    assert Event.objects.count() == events


def test_bookkeeping_may_pass_without_an_audit_row(force: Force) -> None:
    @bookkeeping
    def note() -> None:
        new_area(force).save()

    note()
    assert Area.objects.filter(code="x").exists()


def test_history_is_never_changed_even_by_an_action(force: Force, system: Acting, make_user) -> None:
    user = make_user("analyst")

    @action
    def rewrite() -> None:
        change = RightChange.objects.filter(user=user).first()
        assert change is not None
        change.right = "supervisor"
        change.save()

    @action
    def erase() -> None:
        RightChange.objects.filter(user=user).delete()

    @action
    def update() -> None:
        RightChange.objects.filter(user=user).update(right="supervisor")

    for attempt in (rewrite, erase, update):
        with pytest.raises(NeverChanged):
            attempt()
