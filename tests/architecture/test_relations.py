"""Keys and migrations point down, a lower package cannot walk up, and nothing points at just anything (house, section 6)."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.test.utils import isolate_apps

from craffu.cases.models import Case
from craffu.people.models import Person
from tests.architecture.layers import points_up, ranks


def package_of(model: type[models.Model]) -> str:
    """The package of ours that a model belongs to; nothing for Django's and other people's."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "craffu" else ""


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if package_of(model)]


def faults_in_relations(found: Iterable[type[models.Model]]) -> Iterator[str]:
    for model in found:
        for field in model._meta.private_fields:
            if isinstance(field, GenericForeignKey):
                yield f"{model._meta.label}.{field.name} points at just anything"
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if not isinstance(target, type) or not (package := package_of(target)):
                continue
            if points_up(package_of(model), package):
                yield f"{model._meta.label}.{field.name} points up to {package}"
            elif package_of(model) != package and not field.remote_field.hidden:
                yield f"{model._meta.label}.{field.name} needs related_name='+': it lets {package} walk up"


def faults_in_migrations(found: Iterable[Migration]) -> Iterator[str]:
    for migration in found:
        for label, name in migration.dependencies:
            package = apps.get_model(*_user_model()).__module__.split(".")[1] if label == "__setting__" else label
            if package in ranks() and points_up(migration.app_label, package):
                yield f"{migration.app_label}.{migration.name} depends on {package}.{name}, which stands above it"


def _user_model() -> tuple[str, str]:
    from django.contrib.auth import get_user_model

    return get_user_model()._meta.app_label, get_user_model()._meta.model_name


def our_migrations() -> list[Migration]:
    loader = MigrationLoader(None)
    return [migration for (label, _), migration in loader.disk_migrations.items() if label in ranks()]


def test_every_relation_points_down_and_none_leads_up() -> None:
    assert list(faults_in_relations(our_models())) == []


def test_every_migration_depends_only_on_what_stands_below() -> None:
    assert our_migrations()
    assert list(faults_in_migrations(our_migrations())) == []


def _model(module: str, **attributes: Any) -> type[models.Model]:
    package = module.split(".")[1]
    meta = type("Meta", (), {"app_label": package})
    return type("Bad", (models.Model,), {"__module__": module, "Meta": meta, **attributes})


def _key(target: type[models.Model] | str, related_name: str | None = "+") -> Any:
    return models.ForeignKey(target, on_delete=models.PROTECT, related_name=related_name)


@isolate_apps("craffu.people", "craffu.intake")
@pytest.mark.parametrize(
    ("module", "attributes", "fault"),
    [
        ("craffu.people.models", {"case": _key(Case)}, "points up"),
        ("craffu.intake.models", {"person": _key(Person, "bad_runs")}, "walk up"),
        ("craffu.intake.models", {"person": _key(Person, None)}, "walk up"),
        ("craffu.people.models", {"cases": models.ManyToManyField(Case, related_name="+")}, "points up"),
        (
            "craffu.intake.models",
            {"kind": _key(ContentType), "row": models.IntegerField(), "any": GenericForeignKey("kind", "row")},
            "anything",
        ),
    ],
)
def test_a_relation_the_wrong_way_is_found(module: str, attributes: dict[str, Any], fault: str) -> None:
    faults = list(faults_in_relations([_model(module, **attributes)]))
    assert len(faults) == 1
    assert fault in faults[0]


@isolate_apps("craffu.intake")
def test_a_hidden_relation_down_is_fine() -> None:
    assert list(faults_in_relations([_model("craffu.intake.models", person=_key(Person))])) == []


@pytest.mark.parametrize(
    ("label", "dependency"), [("people", ("cases", "0001_initial")), ("audit", ("__setting__", "AUTH_USER_MODEL"))]
)
def test_a_migration_the_wrong_way_is_found(label: str, dependency: tuple[str, str]) -> None:
    bad = Migration("0002_bad", label)
    bad.dependencies = [dependency]
    assert len(list(faults_in_migrations([bad]))) == 1
