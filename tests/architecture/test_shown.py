"""The table of what the issues must show (docs/shown.toml) names what there is, and its page says the same."""

import ast
import functools
import re
import shlex

import pytest

from craffu.config.cli import parser
from tests import shown
from tests.architecture.source import ROOT

TABLE = shown.read()
MARKED = re.compile(r"mark\.rule\(([^)]*)\)")


def is_of_deep(case: ast.expr) -> bool:
    """Whether a decorator or a case of one always bears the mark; one that bears it on a condition does not."""
    return "mark.deep" in ast.unparse(case) and not any(isinstance(one, ast.IfExp) for one in ast.walk(case))


def leaves_all(mark: ast.expr) -> bool:
    """Whether a decorator leaves all of a test to the deep run: the mark itself, or cases that all bear it."""
    if not (isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.parametrize"):
        return ast.unparse(mark) == "pytest.mark.deep"
    cases = mark.args[1]
    if isinstance(cases, ast.ListComp):
        return is_of_deep(cases.elt)
    return isinstance(cases, ast.List) and all(is_of_deep(case) for case in cases.elts)


def leaves_some(mark: ast.expr, tree: ast.Module) -> bool:
    """Whether a decorator leaves cases to the deep run, said in it or under a name that it uses."""
    used = {one.id for one in ast.walk(mark) if isinstance(one, ast.Name)}
    told = [one for one in tree.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) in used]
    return any("mark.deep" in ast.unparse(one) for one in (mark, *told))


@functools.cache
def listed_in(path: str) -> dict[str, str]:
    """The tests of a file, each with the list of the table that it belongs to."""
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    marks = [ast.unparse(one) for one in tree.body if isinstance(one, ast.Assign) and "pytestmark" in ast.unparse(one)]
    whole = any("pytest.mark.deep" in one for one in marks)
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            some = any(leaves_some(one, tree) for one in node.decorator_list)
            all_of_it = whole or any(leaves_all(one) for one in node.decorator_list)
            found[node.name] = "deep" if all_of_it else "more_in_deep" if some else "tests"
    return found


def misnamed(claim: shown.Claim) -> list[str]:
    faults = []
    for kind in ("tests", "deep", "more_in_deep"):
        for test in getattr(claim, kind):
            path, _, name = test.partition("::")
            is_there = (ROOT / "tests" / path).is_file()
            found = listed_in(path).get(name) if is_there else None
            if found != kind:
                faults.append(f"{claim.id}: {test} is {f'of {found}' if found else 'not there'}, and stands in {kind}")
    return faults


def test_every_test_named_exists_and_is_deep_where_the_table_says_so() -> None:
    assert [fault for claim in TABLE.claims for fault in misnamed(claim)] == []
    here = "architecture/test_shown.py::test_every_test_named_exists_and_is_deep_where_the_table_says_so"
    assert misnamed(shown.Claim("A1", "", tests=(here,))) == []
    assert len(misnamed(shown.Claim("A1", "", tests=(f"{here}_not", "no/such.py::test_it"), deep=(here,)))) == 3


@pytest.mark.parametrize("command", sorted({command for claim in TABLE.claims for command in claim.commands}))
def test_every_command_named_is_taken(command: str) -> None:
    program, *words = shlex.split(command)
    if program == "craffu":
        parser(words[0]).parse_args(words)
        return
    files = [program] if program != "python" else [word for word in words if word.endswith(".py")]
    assert files
    assert all((ROOT / file).is_file() for file in files), files


def test_every_benchmark_and_rule_named_is_there() -> None:
    module = ast.parse((ROOT / "craffu" / "config" / "commands" / "bench.py").read_text(encoding="utf-8"))
    named = (one for one in module.body if isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "BENCHMARKS")
    (listed,) = (one.value for one in named)
    assert isinstance(listed, ast.Dict)
    there = {key.value for key in listed.keys if isinstance(key, ast.Constant)}
    assert {name for claim in TABLE.claims for name in claim.benchmarks} == there, (
        "each is there, and each shows something"
    )
    cited = {
        rule
        for path in (ROOT / "tests").rglob("test_*.py")
        for several in MARKED.findall(path.read_text(encoding="utf-8"))
        for rule in re.findall(r"[A-Z]{3}-\d\d", several)
    }
    for claim in TABLE.claims:
        for span in claim.rules:
            first, _, last = span.partition(" to ")
            group, number = first.split("-")
            wanted = {f"{group}-{each:02}" for each in range(int(number), int((last or first)[-2:]) + 1)}
            assert wanted <= cited, (claim.id, wanted - cited)


def test_each_issue_has_claims_and_each_claim_something_or_says_what_is_missing() -> None:
    assert list(TABLE.issues) == list("ABCDEFGHIJKLMN")
    assert {claim.issue for claim in TABLE.claims} == set(TABLE.issues)
    names = [claim.id for claim in TABLE.claims]
    assert len(set(names)) == len(names)
    assert [claim.id for claim in TABLE.claims if not (claim.claim and (claim.has_evidence or claim.open))] == []


def test_the_page_is_the_one_that_is_made_of_it() -> None:
    """On purpose it is written anew: `python tests/shown.py > docs/shown.md`."""
    assert (ROOT / "docs" / "shown.md").read_text(encoding="utf-8") == shown.page(TABLE)


def test_a_run_asks_for_exactly_what_its_issues_name() -> None:
    claims = [shown.Claim("A1", "", ("u.py::test_a",), ("u.py::test_b",), ("u.py::test_c",)), shown.Claim("A2", "")]
    assert shown.runs(claims, deep=False) == [["tests/u.py::test_a", "tests/u.py::test_c"]]
    assert shown.runs(claims, deep=True) == [
        ["tests/u.py::test_a"],
        ["--deep", "tests/u.py::test_b", "tests/u.py::test_c"],
    ]
    assert shown.runs(claims[1:], deep=True) == []
