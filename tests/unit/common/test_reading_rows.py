"""A row of the register is made as Django would make it, and none has what would be left out (door.py)."""

from datetime import UTC, datetime

from django.apps import apps
from django.db import models
from django.db.models.signals import post_init, pre_init

from craffu.breaches.models import BreachSource
from craffu.common.door import Guarded


def test_a_row_that_was_read_is_as_django_makes_it_whole_and_in_part() -> None:
    whole = [one.attname for one in BreachSource._meta.concrete_fields]
    for names in (whole, ["id", "breach_id", "known_from"]):
        values = [datetime(2026, 11, 24, tzinfo=UTC) if name == "known_from" else 7 for name in names]
        ours = BreachSource.from_db("default", names, values)
        theirs = models.Model.from_db.__func__(BreachSource, "default", names, values)  # type: ignore[attr-defined]
        assert ours.get_deferred_fields() == theirs.get_deferred_fields() == set(whole) - set(names)
        assert vars(ours) | {"_state": None} == vars(theirs) | {"_state": None}
        assert vars(ours._state) | {"fields_cache": {}} == vars(theirs._state)


def test_no_register_row_does_anything_more_when_it_is_made() -> None:
    rows = [one for one in apps.get_models() if issubclass(one, Guarded)]
    assert len(rows) > 100
    assert [one for one in rows if one.__init__ is not models.Model.__init__] == []  # type: ignore[misc]
    assert [one for one in rows if pre_init.has_listeners(one) or post_init.has_listeners(one)] == []
