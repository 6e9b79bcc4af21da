"""Rules, states, clocks and languages are pure: no Django, no running clock, not even through what they import (CLK-01).

Project imports stand at the top of a module, so that what a module needs can be read there.
"""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.architecture.source import Source, imported, of_craffu, of_text

PURE = re.compile(r"craffu\.((access\.)?\w+\.(rules|states)|(orders\.)?clocks(\.\w+)*|common\.languages)")
FORBIDDEN = ("django", "craffu.common.clock", "craffu.config")
RUNNING = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
# A command's module is imported once it was chosen, so that `craffu --help` loads nothing; what answers programs with the first
# question, what weighs records that arrive with the first of them, and what builds snapshots in the background, so that a worker
# that does none of it carries nothing of it.
MAY_IMPORT_LATE = {
    "craffu/config/cli.py", "craffu/api/urls.py", "craffu/daily/retaining/tasks.py", "craffu/web/deep_dives/reading.py",
    "craffu/web/deep_dives/tables.py",
    "craffu/intake/linking/weighing.py",
}  # fmt: skip


def graph(sources: Iterable[Source]) -> dict[str, set[str]]:
    return {source.module: set(source.imports) for source in sources}


def reached(module: str, imports: dict[str, set[str]]) -> set[str]:
    """Everything a module imports, through our own modules as deep as it goes."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        for name in imports.get(waiting.pop(), set()) - seen:
            seen.add(name)
            # Importing a module runs the packages it lies in.
            waiting += [name, *(name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1))]
    return seen


def impure_imports(sources: Iterable[Source]) -> Iterator[str]:
    imports = graph(sources)
    for module in imports:
        if PURE.fullmatch(module):
            for name in sorted(reached(module, imports)):
                if any(name == banned or name.startswith(f"{banned}.") for banned in FORBIDDEN):
                    yield f"{module} reaches {name}"


def running_clocks(source: Source) -> Iterator[str]:
    if PURE.fullmatch(source.module):
        for call, names in source.calls:
            if names[-2:] in RUNNING:
                yield source.at(call, "a pure module reads the running clock")


def others(call: ast.Call) -> bool:
    """Whether a call names, in so many words, a module that is not ours."""
    name = call.args[0] if call.args else None
    return isinstance(name, ast.Constant) and str(name.value).split(".")[0] != "craffu"


def late_imports(source: Source) -> Iterator[str]:
    if source.path in MAY_IMPORT_LATE:
        return
    for function in source.nodes:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            imports = (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))
            for node in imports:
                if any(name.split(".")[0] == "craffu" for name in imported(node)):
                    yield source.at(node, "project code is imported inside a function")
    for call, names in source.calls:
        if names[-1:] in {("import_module",), ("__import__",), ("import_string",)} and not others(call):
            yield source.at(call, "a module is imported by its name")


def test_pure_modules_reach_nothing_impure() -> None:
    assert list(impure_imports(of_craffu())) == []


def test_pure_modules_do_not_read_the_clock() -> None:
    assert [fault for source in of_craffu() for fault in running_clocks(source)] == []


def test_no_project_import_is_late() -> None:
    assert [fault for source in of_craffu() for fault in late_imports(source)] == []


@pytest.mark.parametrize(
    "modules",
    [
        {"craffu.cases.rules": "import django"},
        {"craffu.cases.rules": "from django.db import models"},
        {"craffu.clocks.days": "from craffu.common import clock"},
        {"craffu.common.languages": "from craffu.common.clock import now"},
        {"craffu.cases.rules": "from craffu.cases import facts", "craffu.cases.facts": "import django.db"},
        {"craffu.cases.rules": "import craffu.cases.facts", "craffu.cases.facts": "from craffu.common import clock"},
        {"craffu.cases.states": "import craffu.people.rules", "craffu.people": "import django"},
        {"craffu.cases.rules": "def f():\n    import django"},
    ],
)
def test_a_rule_that_reaches_django_or_the_clock_is_found(modules: dict[str, str]) -> None:
    sources = [of_text(text, f"{name.replace('.', '/')}.py") for name, text in modules.items()]
    assert list(impure_imports(sources))


@pytest.mark.parametrize("bad", ["datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "time.time()"])
def test_a_rule_that_reads_the_clock_is_found(bad: str) -> None:
    assert list(running_clocks(of_text(bad, "craffu/cases/rules.py")))
    assert list(running_clocks(of_text(bad, "craffu/common/clock.py"))) == []


@pytest.mark.parametrize(
    "bad",
    [
        "def f():\n    from craffu.people import queries",
        "async def f():\n    import craffu.people",
        "class A:\n    def f(self):\n        from craffu.people.models import Person",
        "importlib.import_module('craffu.people')",
        "import_string('craffu.people.models.Person')",
        "importlib.import_module(f'craffu.{name}')",
    ],
)
def test_a_late_import_is_found(bad: str) -> None:
    assert list(late_imports(of_text(bad)))


def test_an_early_import_is_fine() -> None:
    assert list(late_imports(of_text("from craffu.people import queries\n\ndef f():\n    import json\n"))) == []
    assert list(late_imports(of_text("importlib.import_module('auditchain')"))) == []
