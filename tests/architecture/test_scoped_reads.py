"""No page can read a row without saying for whom (SEC-01): no way round the scoped manager, no unscoped `get(pk=`."""

import ast
import functools
from collections.abc import Iterator

import pytest
from django.apps import apps

from craffu.access.scoping import ForceScoped
from tests.architecture.source import Source, of_craffu, of_text

ROUND_THE_SCOPE = {"_base_manager", "_default_manager", "_base_queryset"}
QUERY = {
    "all", "filter", "exclude", "get", "first", "last", "count", "exists", "values", "values_list", "iterator", "order_by",
    "none", "create", "in_bulk", "aggregate", "annotate", "select_related", "earliest", "latest",
    "aget", "afirst", "acount", "aexists",
}  # fmt: skip
MAY = {
    "craffu/access/scoping.py": "where the scope is made",
    "craffu/config/commands/digest.py": "hashes every table whole, shows no row to anybody",
}
KEYS = ("pk", "id")


@functools.cache
def unscoped_models() -> set[str]:
    """Names of models that belong to no force, and so have nothing to be scoped by."""
    scoped = {model.__name__ for model in apps.get_models() if issubclass(model, ForceScoped)}
    return {model.__name__ for model in apps.get_models()} - scoped


def ways_round(source: Source) -> Iterator[str]:
    if source.path in MAY:
        return
    for node in source.nodes:
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in ROUND_THE_SCOPE:
            yield source.at(node, f"{node.attr} reads round the scope")
        of_a_class = isinstance(node.value, ast.Name) and node.value.id[:1].isupper()
        if node.attr == "rows" and of_a_class:
            yield source.at(node, "rows reads round the scope")
        if (
            node.attr in QUERY
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "rows"
            and not of_a_class
        ):
            whose = node.value.value
            if not (isinstance(whose, ast.Name) and whose.id[:1].isupper()):
                yield source.at(node, "rows reads round the scope")


def unscoped_gets(source: Source) -> Iterator[str]:
    without_force = unscoped_models()
    for call, names in source.calls:
        by_key = any((word.arg or "").split("__")[0] in KEYS for word in call.keywords)
        if names[-1:] in {("get_object_or_404",), ("aget_object_or_404",), ("get_list_or_404",)}:
            whose = call.args[0] if call.args else None
            if isinstance(whose, ast.Name) and whose.id not in without_force:
                yield source.at(call, f"{names[-1]} reads {whose.id} without saying for whom")
        elif by_key and names[-1] in {"get", "aget"} and names[-2:-1] == ("objects",) and names[0] not in without_force:
            yield source.at(call, f"{'.'.join(names)}(pk=...) says not for whom")


def test_nobody_reads_round_the_scope() -> None:
    assert [fault for source in of_craffu() for fault in (*ways_round(source), *unscoped_gets(source))] == []


def test_every_exception_is_still_needed() -> None:
    bare = {source.path: source.elsewhere() for source in of_craffu()}
    assert list(ways_round(bare["craffu/config/commands/digest.py"]))
    assert "craffu/access/scoping.py" in bare


@pytest.mark.parametrize(
    "bad",
    [
        "Case.rows.filter(pk=1)",
        "Case.rows",
        "self.model.rows.get(pk=1)",
        "type(case).rows.first()",
        "Case._base_manager.all()",
        "case._meta.model._default_manager.first()",
        "Case.objects.get(pk=1)",
        "Case.objects.get(id=key)",
        "Person.objects.get(pk__in=keys)",
        "self.model.objects.get(pk=1)",
        "async def f():\n    return await Case.objects.aget(pk=1)",
        "get_object_or_404(Case, pk=1)",
        "get_object_or_404(Case, reference='C-1')",
    ],
)
def test_an_unscoped_read_is_found(bad: str) -> None:
    source = of_text(bad)
    assert [*ways_round(source), *unscoped_gets(source)]


@pytest.mark.parametrize(
    "good",
    [
        "Case.objects.for_user(by).get(pk=1)",
        "get_object_or_404(Case.objects.for_user(by), reference='C-1')",
        "Counter.objects.get(pk=kind)",
        "verification.rows + 1",
        "self.rows",
        "[row for row in table.rows]",
    ],
)
def test_a_scoped_read_is_fine(good: str) -> None:
    source = of_text(good)
    assert [*ways_round(source), *unscoped_gets(source)] == []
