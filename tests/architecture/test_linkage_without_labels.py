"""What links records never sees who is who: neither in learning nor in its thresholds (IDN-02, T42)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "craffu"
LINKAGE = PRODUCT / "linkage"
# Where known truth is read, once persons stand.
MEASURING = LINKAGE / "evaluating"
# What invents a force writes down who is who beside it; what measures is told; the command line names both.
INVENTING = PRODUCT / "config" / "generate"
TOLD = {
    "config/bench/linking_accuracy.py", "config/bench/linking_peers.py", "config/bench/linking_time.py", "config/cli.py",
    "config/commands/generate.py", "config/commands/link_evaluate.py", "config/demo/force.py",
}  # fmt: skip
EVALUATING = "craffu.linkage.evaluating"
WORDS = ("truth", "label_column", "pairwise_labels", "clerical_match_score", "estimate_m_from")


def mentions(text: str) -> Iterator[str]:
    """Names in a module's code, its imports and its plain strings that speak of truth or labels; not what its docstrings say."""
    tree = ast.parse(text)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    whole = {
        f"{one.module}.{each.name}" for one in ast.walk(tree) if isinstance(one, ast.ImportFrom) for each in one.names
    }
    yield from (name for name in whole if name == EVALUATING)
    for node in ast.walk(tree):
        said = {
            ast.Name: lambda one: one.id,
            ast.Attribute: lambda one: one.attr,
            ast.arg: lambda one: one.arg,
            ast.keyword: lambda one: one.arg or "",
            ast.alias: lambda one: one.name,
            ast.ImportFrom: lambda one: one.module or "",
            ast.Constant: lambda one: one.value if isinstance(one.value, str) and id(one) not in told else "",
        }.get(type(node), lambda one: "")(node)
        if any(word in said.lower() for word in WORDS) or said.startswith(EVALUATING):
            yield said


def test_no_module_that_links_sees_who_is_who() -> None:
    modules = [path for path in LINKAGE.rglob("*.py") if MEASURING not in path.parents]
    assert {LINKAGE / "rules.py", LINKAGE / "model" / "training.py", LINKAGE / "standard" / "rows.py"} <= set(modules)
    found = {path.name: list(mentions(path.read_text(encoding="utf-8"))) for path in modules}
    assert {name: said for name, said in found.items() if said} == {}


def test_of_the_whole_product_only_what_invents_measures_or_is_asked_to_does() -> None:
    others = [path for path in PRODUCT.rglob("*.py") if not {INVENTING, MEASURING} & set(path.parents)]
    assert PRODUCT / "intake" / "linking" / "running.py" in others
    found = {path for path in others if any(mentions(path.read_text(encoding="utf-8")))}
    assert {path.relative_to(PRODUCT).as_posix() for path in found} == TOLD


def test_the_tables_as_read_leave_it_to_one_module() -> None:
    readers = {
        path.name
        for path in MEASURING.glob("*.py")
        if any(word in said for said in mentions(path.read_text(encoding="utf-8")) for word in WORDS)
    }
    assert readers == {"truth.py", "measuring.py", "fairness.py"}


@pytest.mark.parametrize(
    "bad",
    [
        "from craffu.linkage.evaluating.truth import truth_of",
        "def learnt(rows, truth): ...",
        "linker.training.estimate_m_from_label_column('cluster')",
        "row['truth']",
        "model.truth = 1",
        "from craffu.linkage import evaluating",
        "learnt(rows, truth=people)",
        "open('truth/people.csv')",
    ],
)
def test_one_that_did_is_found(bad: str) -> None:
    assert list(mentions(f'"""Never truth."""\n{bad}\n'))
    assert not list(mentions('"""Never truth."""\n\ndef f():\n    """Nor truth."""\n'))
