"""Every table of ours stands behind the database's wall between forces, or says why not (SEC-01, T3; ADR 20)."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from craffu.access.scoping import ForceScoped
from craffu.access.wall import tables
from craffu.access.wall.tables import ALL_FOR_OWNER, BY_ACCOUNT, BY_FORCE, OTHERWISE, OUTSIDE, our_models, policies_of

pytestmark = pytest.mark.rule("SEC-01")


def test_T3_every_table_stands_behind_the_wall_or_says_why_not() -> None:
    assert len(our_models()) > 40
    for model in our_models():
        assert policies_of(model) or len(OUTSIDE[model._meta.label]) > 20


def test_T3_every_row_that_belongs_to_a_force_stands_behind_it() -> None:
    scoped = [model for model in our_models() if issubclass(model, ForceScoped)]
    assert len(scoped) > 20
    assert {policies_of(model) for model in scoped} == {(BY_FORCE, ALL_FOR_OWNER)}


def test_T3_what_is_said_of_a_table_is_said_of_one_there_is_and_once() -> None:
    labels = {model._meta.label for model in our_models()}
    assert set(OUTSIDE) | set(OTHERWISE) <= labels
    assert set(OUTSIDE).isdisjoint(OTHERWISE)


@isolate_apps("craffu.cases")
def test_T3_a_new_table_that_says_nothing_is_found() -> None:
    sample = type(
        "Sample",
        (models.Model,),
        {"__module__": "craffu.cases.models", "Meta": type("Meta", (), {"app_label": "cases"})},
    )
    with pytest.raises(LookupError, match=r"cases\.Sample belongs to no force"):
        policies_of(sample)


@isolate_apps("craffu.cases", "craffu.access")
def test_T3_a_new_table_with_a_key_to_a_force_stands_behind_it_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {
        "__module__": "craffu.cases.models",
        "Meta": type("Meta", (), {"app_label": "cases"}),
        "force": models.ForeignKey(apps.get_model("access", "Force"), on_delete=models.PROTECT, related_name="+"),
    }
    sample = type("Sample", (models.Model,), fields)
    assert policies_of(sample) == (BY_FORCE, ALL_FOR_OWNER)
    monkeypatch.setattr(tables, "OUTSIDE", {"cases.Sample": "search: partition or own table"})
    assert policies_of(sample) == ()


def test_T3_only_the_account_that_is_asked_for_is_seen_before_its_force_is_known() -> None:
    by_account = [label for label, policies in OTHERWISE.items() if BY_ACCOUNT in policies]
    assert by_account == ["access.User"]
    assert BY_ACCOUNT.command == "SELECT"
