"""The same file names in every package, and none that can hold anything (house, section 2)."""

from collections.abc import Iterable, Iterator

import pytest

from tests.architecture.layers import ranks
from tests.architecture.source import Source, of_craffu, of_text

HOLDS_ANYTHING = {
    "util", "utils", "utilities", "misc", "helper", "helpers", "manager", "managers", "service", "services", "common_utils",
    "base", "core", "lib", "tools", "stuff", "management",
}  # fmt: skip
# Django asks for a database of ours by this name.
NAMED_BY_DJANGO = {"craffu/common/postgresql/base.py"}
# A package that has tables has all of these.
WITH_TABLES = {"apps.py", "actions.py", "models.py"}
# What reads and tells belongs to the packages of the domain; the ground below access knows no domain words.
OF_THE_DOMAIN = {"queries.py", "events.py"}
MAY_STAND_ALONE = {"config", "web", "api", "outbox", "messages", "clocks", "common"}


def faults_in_names(paths: Iterable[str]) -> Iterator[str]:
    by_package: dict[str, set[str]] = {}
    for path in paths:
        parts = path.removesuffix(".py").split("/")
        if path not in NAMED_BY_DJANGO:
            yield from (f"{path}: {part} can hold anything" for part in parts[1:] if part in HOLDS_ANYTHING)
        if len(parts) > 2:
            by_package.setdefault(parts[1], set()).add("/".join(path.split("/")[2:]))
    for package, files in by_package.items():
        if package not in ranks():
            yield f"craffu/{package} is in no layer"
        if "models.py" in files:
            needed = WITH_TABLES | (OF_THE_DOMAIN if package not in MAY_STAND_ALONE else set())
            yield from (f"craffu/{package} has models and no {name}" for name in sorted(needed - files))
        elif package not in MAY_STAND_ALONE and "actions.py" in files:
            yield f"craffu/{package} has actions and no models"


def without_docstring(source: Source) -> bool:
    """Whether a module with code in it does not say what it decides. Routes and an app's configuration decide nothing."""
    body = source.tree.body
    says = bool(body) and source.tree.body[0].__class__.__name__ == "Expr"
    return bool(body) and not says and not source.path.endswith(("/__init__.py", "/apps.py", "/urls.py"))


def test_every_file_has_a_name_that_says_what_is_in_it() -> None:
    assert list(faults_in_names(source.path for source in of_craffu())) == []


def test_every_module_opens_by_saying_what_it_decides() -> None:
    assert [source.path for source in of_craffu() if without_docstring(source)] == []


@pytest.mark.parametrize(
    ("paths", "fault"),
    [
        (["craffu/cases/utils.py"], "anything"),
        (["craffu/web/helpers/forms.py"], "anything"),
        (["craffu/people/manager.py"], "anything"),
        (["craffu/people/management/commands/x.py"], "anything"),
        (["craffu/strange/rules.py"], "in no layer"),
        (
            ["craffu/orders/models.py", "craffu/orders/apps.py", "craffu/orders/queries.py", "craffu/orders/events.py"],
            "no actions.py",
        ),
        (["craffu/orders/actions.py"], "no models"),
    ],
)
def test_a_name_that_does_not_fit_is_found(paths: list[str], fault: str) -> None:
    assert [found for found in faults_in_names(paths) if fault in found]


@pytest.mark.parametrize("text", ["import json", "def f(): ..."])
def test_a_module_that_does_not_say_what_it_decides_is_found(text: str) -> None:
    assert without_docstring(of_text(text))
    assert not without_docstring(of_text(f'"""Decides."""\n{text}'))
