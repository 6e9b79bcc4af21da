"""Every model of ours says what becomes of each field (SEC-08, SEC-09), and every register row belongs to a force (SEC-01)."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import models
from django.test.utils import isolate_apps

from craffu.access.boundaries.rules import OF_TABLES, kind_of
from craffu.access.scoping import ForceScoped
from craffu.common.fates import Kept, internal, plain
from tests.architecture.layers import ranks
from tests.architecture.test_relations import our_models, package_of

FATED = {"id": internal(Kept.REFERENCE), "name": plain(Kept.REFERENCE)}
# Official lists are the same for every force.
FORCELESS = {"published"}


def faults_in_fates(found: Iterable[type[models.Model]]) -> Iterator[str]:
    for model in found:
        fates = getattr(vars(model).get("Handling"), "fields", None)
        if not isinstance(fates, dict):
            yield f"{model._meta.label} has no Handling.fields of its own"
            continue
        # A key of several columns has no column of its own.
        names = {field.name for field in model._meta.concrete_fields}
        yield from (f"{model._meta.label}.{name} has no fate" for name in sorted(names - fates.keys()))
        yield from (f"{model._meta.label} names {name}, which it has not" for name in sorted(fates.keys() - names))
        for name, fate in fates.items():
            if type(fate).__name__ != "Fate":
                yield f"{model._meta.label}.{name} has {fate!r} for a fate"


def faults_in_scope(found: Iterable[type[models.Model]]) -> Iterator[str]:
    for model in found:
        package = package_of(model)
        above = ranks()[package] > ranks()["access"] and package not in FORCELESS
        if above and not issubclass(model, ForceScoped):
            yield f"{model._meta.label} belongs to no force"


def test_every_field_has_a_fate() -> None:
    assert our_models()
    assert list(faults_in_fates(our_models())) == []


def test_every_row_above_access_belongs_to_a_force() -> None:
    assert list(faults_in_scope(our_models())) == []


@pytest.mark.rule("SEC-10")
def test_every_table_is_of_a_kind_of_record_that_names_its_law_and_with_whom_it_is_shared() -> None:
    """But those that only count and number, and are the same for every force."""
    unnamed = {model._meta.label for model in our_models() if kind_of(model._meta.label) is None}
    assert unnamed == {"common.Counter"}
    assert set(OF_TABLES) <= {model._meta.label for model in our_models()}


def _model(package: str = "cases", fates: Any = None) -> type[models.Model]:
    attributes: dict[str, Any] = {
        "__module__": f"craffu.{package}.models",
        "Meta": type("Meta", (), {"app_label": package}),
        "name": models.CharField(max_length=10),
    }
    if fates is not None:
        attributes["Handling"] = type("Handling", (), {"fields": fates})
    return type("Sample", (models.Model,), attributes)


@isolate_apps("craffu.cases")
@pytest.mark.parametrize(
    ("fates", "fault"),
    [
        (None, "no Handling"),
        ({"id": FATED["id"]}, "has no fate"),
        ({**FATED, "gone": FATED["id"]}, "which it has not"),
        ({**FATED, "name": "kept"}, "for a fate"),
    ],
)
def test_a_field_without_its_fate_is_found(fates: Any, fault: str) -> None:
    faults = list(faults_in_fates([_model(fates=fates)]))
    assert len(faults) == 1
    assert fault in faults[0]


@isolate_apps("craffu.cases")
def test_a_model_with_every_fate_is_fine() -> None:
    assert list(faults_in_fates([_model(fates=FATED)])) == []


@isolate_apps("craffu.cases", "craffu.published", "craffu.audit")
@pytest.mark.parametrize(
    ("package", "faults"), [("cases", 1), ("people", 1), ("published", 0), ("audit", 0), ("common", 0)]
)
def test_a_row_of_no_force_is_found(package: str, faults: int) -> None:
    assert len(list(faults_in_scope([_model(package)]))) == faults
