"""T22, our own rules: markup that is not escaped, SQL put together from parts, words that are run as code.

Reads by key without saying for whom are test_scoped_reads.py's. Every exception is named here with its reason.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, Source, of_craffu, of_text

UNESCAPED = {"mark_safe", "Markup", "SafeString", "SafeText"}
MAY_MARK = {
    "craffu/web/bars.py": "escapes every part and puts them between tags of its own",
    "craffu/web/dates.py": "the same",
    "craffu/web/kept.py": "our own words of templates, which Jinja's own `_` marks too; values are escaped as they are put in",
    "craffu/web/pieces.py": "escapes every part and puts them between tags of its own",
    "craffu/web/references.py": "escapes the whole text first and adds a span of its own",
    "craffu/web/summaries.py": "the same",
    "craffu/web/tables.py": "the same",
    "craffu/web/timelines.py": "the same",
    "craffu/web/wayfinding.py": "the same",
}
# What follows `| safe` or switches escaping off in a template.
IN_A_TEMPLATE = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false|\|\s*forceescape\s*\|\s*safe")
RUNS_SQL = {"execute", "executemany", "raw", "RawSQL", "extra", "copy"}
NAMES_ALONE = {
    "craffu/access/later.py": "statements that Django wrote, one after another; values are parameters",
    "craffu/access/scoping.py": "a table that Django names, quoted",
    "craffu/access/wall/building.py": "tables, policies and their conditions from the module's own list, quoted",
    "craffu/audit/queries.py": "tables and one of two texts of the module's own, by vendor",
    "craffu/audit/reading.py": "texts of the module's own, by vendor, and as many %s as there are parameters",
    "craffu/audit/roles.py": "a role's name, quoted, and tables of the catalogue",
    "craffu/audit/stretches.py": "texts of the module's own, by vendor",
    "craffu/audit/triggers.py": "tables of the module's own list",
    "craffu/common/copying.py": "columns that Django names, quoted",
    "craffu/common/migrating.py": "names of indexes that migrations give",
    "craffu/common/postgresql/base.py": "whom a statement works for: numbers, and names of a pattern that needs no quoting",
    "craffu/common/rewrapping.py": "tables, columns and keys that Django names, quoted; key ids are parameters",
    "craffu/common/statistics.py": "a function of the module's own, and a role's name, quoted",
    "craffu/config/backups/databases.py": "tables of the database's own catalogue, quoted",
    "craffu/config/commands/check.py": "pragmas and tables of the module's own",
    "craffu/intake/dry_run.py": "names of databases and files made here, quoted",
    "craffu/intake/actions.py": "tables that Django names",
    "craffu/people/search/actions.py": "a table that Django names, and as many %s as there are parameters",
    "craffu/people/search/reading.py": "texts of the module's own, by vendor",
    "craffu/people/search/tables.py": "tables and columns of the module's own, by vendor; words are parameters",
    "craffu/published/queries.py": "columns that Django names",
}
BENCHMARKS = "craffu/config/bench/"
RUNS_WORDS = {
    ("eval",),
    ("exec",),
    ("compile",),
    ("os", "system"),
    ("os", "popen"),
    ("pickle", "loads"),
    ("pickle", "load"),
}


def unescaped(source: Source) -> Iterator[str]:
    if source.path in MAY_MARK:
        return
    for call, names in source.calls:
        if names and names[-1] in UNESCAPED:
            yield source.at(call, f"{names[-1]} shows words without escaping them")
        if names[-1:] == ("format_html",) and call.args and not isinstance(call.args[0], ast.Constant):
            yield source.at(call, "format_html with markup that is not written here")


def _put_together(node: ast.expr | None, made: set[str]) -> bool:
    """Whether an expression is a text with something put into it."""
    if isinstance(node, ast.Name):
        return node.id in made
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _put_together(node.left, made) or _put_together(node.right, made) or isinstance(node.op, ast.Mod)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join"}


def sql_from_parts(source: Source) -> Iterator[str]:
    if source.path in NAMES_ALONE or source.path.startswith(BENCHMARKS):
        return
    made = {
        target.id
        for node in source.nodes
        if isinstance(node, ast.Assign) and _put_together(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call, names in source.calls:
        if names and names[-1] in RUNS_SQL and call.args and _put_together(call.args[0], made):
            yield source.at(call, f"{'.'.join(names)}() runs SQL put together from parts")


def words_run(source: Source) -> Iterator[str]:
    for call, names in source.calls:
        if names in RUNS_WORDS:
            yield source.at(call, f"{'.'.join(names)}() runs words as code")
        if any(word.arg == "shell" and getattr(word.value, "value", None) is True for word in call.keywords):
            yield source.at(call, "a shell reads these words")


def test_T22_no_words_are_shown_unescaped() -> None:
    assert [fault for source in of_craffu() for fault in unescaped(source)] == []
    templates = sorted((ROOT / "craffu").rglob("*.html"))
    assert len(templates) > 20
    assert [path.name for path in templates if IN_A_TEMPLATE.search(path.read_text(encoding="utf-8"))] == []


def test_T22_no_sql_is_put_together_from_what_somebody_sent() -> None:
    assert [fault for source in of_craffu() for fault in sql_from_parts(source)] == []


def test_T22_no_words_are_run_as_code() -> None:
    assert [fault for source in of_craffu() for fault in words_run(source)] == []


def test_T22_every_exception_is_still_needed() -> None:
    bare = {source.path: source.elsewhere() for source in of_craffu()}
    assert [path for path in MAY_MARK if not list(unescaped(bare[path]))] == []
    assert [path for path in NAMES_ALONE if not list(sql_from_parts(bare[path]))] == []


@pytest.mark.parametrize(
    ("check", "bad"),
    [
        (unescaped, "mark_safe(words)"),
        (unescaped, "safestring.mark_safe(f'<b>{name}</b>')"),
        (unescaped, "format_html(f'<b>{name}</b>')"),
        (unescaped, "format_html('<b>' + name)"),
        (sql_from_parts, "cursor.execute(f'SELECT * FROM t WHERE name = {name}')"),
        (sql_from_parts, "cursor.execute('SELECT %s' % name)"),
        (sql_from_parts, "cursor.execute('SELECT {}'.format(name))"),
        (sql_from_parts, "sql = 'SELECT ' + name % 3\ncursor.execute(sql, [])"),
        (sql_from_parts, "Case.objects.raw(f'SELECT {name}')"),
        (sql_from_parts, "queryset.annotate(x=RawSQL(f'{name}', []))"),
        (words_run, "eval(words)"),
        (words_run, "subprocess.run(words, shell=True)"),
        (words_run, "pickle.loads(sent)"),
    ],
)
def test_T22_a_weakness_is_found(check: object, bad: str) -> None:
    assert list(check(of_text(bad)))  # type: ignore[operator]


@pytest.mark.parametrize("bad", ["{{ name | safe }}", "{{name|safe}}", "{% autoescape false %}"])
def test_T22_a_template_that_does_not_escape_is_found(bad: str) -> None:
    assert IN_A_TEMPLATE.search(bad)
    assert not IN_A_TEMPLATE.search("{{ name }} is safe")
