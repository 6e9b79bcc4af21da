"""Only actions write (house, section 5; SEC-04): read from the syntax tree, because a convention decays.

The models refuse other writers while the product runs; this finds them before it runs.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Source, of_craffu, of_text

# On anything: only a model or a manager of models has these.
ALWAYS = {
    f"{prefix}{name}"
    for name in ("save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create")
    for prefix in ("", "a")
} | {"append_rows", "_append", "add_rows"}
# A dictionary, a set and a hash have these too, so they count when they are called on a query or take keywords alone.
SOMETIMES = {"update", "aupdate", "add", "aadd", "set", "remove", "clear"}
A_QUERY = {
    "objects", "rows", "_base_manager", "_default_manager", "all", "filter", "exclude", "for_user", "for_system", "order_by",
    "select_for_update",
}  # fmt: skip
SQL_WRITE = re.compile(
    r"\s*(INSERT\s+INTO|UPDATE\s+(\S+\s+SET\b|$)|DELETE\s+FROM|TRUNCATE\s|REPLACE\s+INTO|MERGE\s+INTO)", re.IGNORECASE
)

# What two people decided to destroy: the only change that history takes (SEC-09, ADR 63).
ERASES = {
    "craffu/scrutiny/destroying/actions.py": "an interview of practice that was taken back, once an auditor decided it",
    "craffu/daily/retaining/actions.py": "words about somebody who is erased, once another auditor decided it",
    "craffu/victims/answering/actions.py": "answers to a survey that were taken back, once the same did",
}

# Where rows are removed, history too: an erasure, and the words of the search that no name holds after it (SEC-09, ADR 90).
REMOVES = {"craffu/daily/retaining/removing.py", "craffu/people/search/actions.py"}

THE_DOOR = {
    "craffu/common/door.py": "the door itself",
    "craffu/common/copying.py": "how the door appends many rows at once",
    "craffu/common/rewrapping.py": "how a value is kept may change, and never the value (ADR 21)",
    "craffu/people/search/tables.py": "the index of the search, filled by craffu/people/search/actions.py alone",
    "craffu/audit/models.py": "the log's own door: it can only add",
    "craffu/audit/triggers.py": "the database's own refusal to change the log, as text",
    "craffu/config/bench/records.py": "peers that write the bare rows, in a database of their own that is thrown away",
    "craffu/config/bench/audit.py": "peers that write without a log, in a database of their own that is thrown away",
    "craffu/config/bench/search_peers.py": "peers with indexes of their own, in a database that is thrown away",
    "craffu/config/bench/peers.py": "the same: packages that write their own way",
}
NOT_A_WRITE = {
    ("craffu/intake/uploads.py", "storage.save"): "the files of a run in their folder, not a row",
    ("craffu/engines/workspace.py", "self._connection.sql.create"): "a table in the memory of an engine",
    ("craffu/documents/press.py", "bare.save"): "a picture into memory",
    ("craffu/documents/press.py", "target.save"): "a paper into memory",
    ("craffu/documents/word.py", "document.save"): "a file for Word into memory",
    ("craffu/documents/word.py", "picture.save"): "a picture into memory",
    ("craffu/web/jinja.py", "env.globals.update"): "names that templates may use: a dictionary",
    ("craffu/web/jinja.py", "env.filters.update"): "filters that templates may use: a dictionary",
}


def may_write(source: Source) -> bool:
    return source.path.rpartition("/")[2] == "actions.py" or source.path in THE_DOOR


def names_of_modules(source: Source) -> set[str]:
    """Lower-case names that an import binds: modules and functions, never a model."""
    bound = (
        alias.asname or alias.name
        for node in source.nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )
    return {name for name in bound if name.islower()}


def writes(source: Source) -> Iterator[str]:
    if may_write(source):
        return
    modules = names_of_modules(source)
    for call, names in source.calls:
        if not isinstance(call.func, ast.Attribute):
            continue
        of_a_module = isinstance(call.func.value, ast.Name) and call.func.value.id in modules
        if of_a_module or (source.path, ".".join(names)) in NOT_A_WRITE:
            continue
        on_a_query = bool(A_QUERY & set(names[:-1]))
        keywords_alone = names[-1] in {"update", "aupdate"} and bool(call.keywords) and not call.args
        if names[-1] in ALWAYS or (names[-1] in SOMETIMES and (on_a_query or keywords_alone)):
            yield source.at(call, f"{'.'.join(names)}() writes outside actions.py")
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_WRITE.match(node.value):
            yield source.at(node, "SQL that writes outside actions.py")


def test_nothing_but_actions_writes() -> None:
    assert [fault for source in of_craffu() for fault in writes(source)] == []


def test_every_exception_is_still_needed() -> None:
    sources = {source.path: source for source in of_craffu()}
    assert set(THE_DOOR) <= set(sources)
    called = {(source.path, ".".join(names)) for source in sources.values() for _call, names in source.calls}
    assert set(NOT_A_WRITE) <= called


@pytest.mark.parametrize(
    "bad",
    [
        "case.save()",
        "case.delete()",
        "Case.objects.create(force=force)",
        "Case.objects.for_user(by).filter(pk=1).update(stage='charged')",
        "found = Case.objects.for_user(by)\nfound.update(stage='charged')",
        "found.update(**values)",
        "Case.objects.bulk_create(rows)",
        "Case.objects.bulk_update(rows, ['stage'])",
        "Case.objects.get_or_create(pk=1)",
        "Case.objects.update_or_create(pk=1)",
        "async def f():\n    await Case.objects.acreate()",
        "Event.objects.add(rows)",
        "Event.objects.add_rows(names, rows)",
        "Person.objects.append_rows(names, rows)",
        "Person.objects._append(names, rows)",
        "person.cases.all()[0].delete()",
        "form.save()",
        "cursor.execute('UPDATE cases_case SET stage = 1')",
        "cursor.execute(f'delete from {table}')",
        "cursor.execute(f'UPDATE {table} SET x = 1')",
    ],
)
def test_a_write_elsewhere_is_found(bad: str) -> None:
    assert list(writes(of_text(bad)))
    assert list(writes(of_text(bad, "craffu/cases/actions.py"))) == []


@pytest.mark.parametrize(
    "good",
    [
        "seen.add(1)",
        "totals.update({'a': 1})",
        "sha.update(block)",
        "bar.update(3)",
        "from craffu.common import keyring\nkeyring.create(path)",
        "Case.objects.for_user(by).filter(pk=1).first()",
        "text = 'Update what the court said'",
    ],
)
def test_what_only_looks_like_a_write_is_not(good: str) -> None:
    assert list(writes(of_text(good))) == []


@pytest.mark.rule("SEC-09")
def test_history_is_erased_nowhere_but_where_two_people_decided_it() -> None:
    found = {source.path for source in of_craffu() for _call, names in source.calls if names[-1:] == ("erase",)}
    assert found == set(ERASES)


def test_rows_are_removed_for_ever_only_where_two_people_decided_it() -> None:
    found = {source.path for source in of_craffu() for _call, names in source.calls if names[-1:] == ("remove_rows",)}
    assert found == REMOVES
