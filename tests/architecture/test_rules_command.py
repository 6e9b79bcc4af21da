"""The map of `craffu rules run` decides nothing: it calls the product and names the answers, and can do no more.

It is read as a syntax tree against the short list of what may stand in it: no answer of a case file can be made there.
"""

import ast
from pathlib import Path

import pytest

from craffu.config import rule_ops

MAPS = sorted((Path(__file__).resolve().parents[2] / "craffu" / "config" / "rule_ops").glob("*.py"))

# Without an operator, a comparison, a branch, a loop or a literal answer, nothing can be decided.
ALLOWED = (
    ast.Module,
    ast.Import,
    ast.ImportFrom,
    ast.alias,
    ast.TypeAlias,
    ast.FunctionDef,
    ast.arguments,
    ast.arg,
    ast.Assign,
    ast.AnnAssign,
    ast.Return,
    ast.Expr,
    ast.Call,
    ast.keyword,
    ast.Attribute,
    ast.Subscript,
    ast.Name,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Constant,
    ast.Load,
    ast.Store,
)
# What may be imported beside the product: types, readers of dates, the turning of an answer into names, and the parts of the map.
BESIDE_THE_PRODUCT = {"collections", "collections.abc", "dataclasses", "datetime", "typing"}
PARTS = "craffu.config.rule_ops"


def decisions(source: str) -> list[str]:
    """Everything in a map that could make an answer instead of asking for one."""
    tree = ast.parse(source)
    found = [f"{type(node).__name__} in line {_line(node)}" for node in ast.walk(tree) if not isinstance(node, ALLOWED)]
    called_from = _imported(tree) | {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} | {"given"}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found += [f"import of {name.name}" for name in names]
            case ast.ImportFrom(module=module) if not _may_be_imported(module or ""):
                found.append(f"import from {module}")
            case ast.FunctionDef():
                called_from |= {name.id for name in ast.walk(node) if isinstance(name, ast.Name) and _is_store(name)}
                found += [f"default of {node.name}" for _ in node.args.defaults + node.args.kw_defaults]
                found += [f"decorator of {node.name}" for _ in node.decorator_list]
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func) if _root(func) not in called_from:
                found.append(f"call of {ast.unparse(func)} in line {node.lineno}")
            case ast.Call(func=ast.Attribute(value=ast.Name(id="given"), attr=name), args=[_]) if name == "get":
                pass
            case ast.Call(func=ast.Attribute(value=ast.Name(id="given"))):
                found.append(f"a default, or more, in line {node.lineno}")
            case ast.Call(args=args, keywords=keywords):
                given = [*args, *(keyword.value for keyword in keywords)]
                found += [f"literal input in line {node.lineno}" for value in given if _has_literal(value)]
            case ast.Dict(keys=keys, values=values):
                found += [f"literal answer in line {node.lineno}" for value in values if _has_literal(value)]
                found += [f"unnamed answer in line {node.lineno}" for key in keys if not isinstance(key, ast.Constant)]
            case ast.Return(value=value) | ast.Assign(value=value) if value is not None and _has_literal(value):
                found.append(f"literal in line {node.lineno}")
    return found


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def _imported(tree: ast.Module) -> set[str]:
    return {name.asname or name.name for node in tree.body if isinstance(node, ast.ImportFrom) for name in node.names}


def _may_be_imported(module: str) -> bool:
    product = module.startswith("craffu.") and not module.startswith("craffu.config")
    return product or module in BESIDE_THE_PRODUCT or module.startswith(PARTS)


def _is_store(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _root(func: ast.expr) -> str:
    while isinstance(func, ast.Attribute):
        func = func.value
    return func.id if isinstance(func, ast.Name) else ""


def _has_literal(value: ast.expr) -> bool:
    if isinstance(value, (ast.List, ast.Tuple)):
        return True
    return isinstance(value, ast.Constant)


@pytest.mark.parametrize("part", MAPS, ids=lambda part: part.stem)
def test_the_map_decides_nothing(part: Path) -> None:
    assert decisions(part.read_text(encoding="utf-8")) == []


def test_no_part_of_the_map_hides_another() -> None:
    parts = [vars(rule_ops)[part.stem].OPS for part in MAPS if part.stem not in {"__init__", "asking"}]
    assert sum(map(len, parts)) == len(rule_ops.OPS) > 100


@pytest.mark.parametrize(
    "body",
    [
        "    return {'a': london.due(given['x']) + 1}",
        "    return {'a': given['x'] == given['y']}",
        "    return {'a': given['x'] and given['y']}",
        "    return {'a': not given['x']}",
        "    return {'a': -london.due(given['x'])}",
        "    return {'a': london.due(given['x']) if given['x'] else given['y']}",
        "    if given['x']:\n        return {'a': given['x']}",
        "    for x in given['x']:\n        return {'a': x}",
        "    while given['x']:\n        return {'a': given['x']}",
        "    match given['x']:\n        case 1:\n            return {'a': given['x']}",
        "    try:\n        return {'a': given['x']}\n    except ValueError:\n        return {'a': given['y']}",
        "    assert given['x']",
        "    return {'a': [x for x in given['x']]}",
        "    return {'a': {x: x for x in given['x']}}",
        "    return {'a': f\"{given['x']}\"}",
        "    return {'a': (lambda: given['x'])()}",
        "    return {'a': given['x'][0:1]}",
        "    return {**london.due(given['x'])}",
        "    return {'a': True}",
        "    return {'a': ['missing']}",
        "    return True",
        "    answer = 'missing'\n    return {'a': answer}",
        "    return {'a': len(given['x'])}",
        "    return {'a': max(given['x'])}",
        "    return {'a': bool(given['x'])}",
        "    return {'a': given['x'].upper().strip()()}",
        "    return {'a': given.get('x', 'cy')}",
        "    return {'a': london.due('2026-11-24')}",
        "    return {'a': london.due(start='2026-11-24')}",
        "    import operator\n    return {'a': operator.add}",
        "    from operator import add\n    return {'a': add(given['x'])}",
    ],
)
def test_whatever_could_decide_is_found(body: str) -> None:
    head = "from craffu.clocks import london\n\ndef op(given):\n"
    assert decisions(f"{head}    return {{'a': london.due(given['x'], y=given.get('y'))}}\n") == []
    assert decisions(f"{head}{body}\n")


@pytest.mark.parametrize(
    "source",
    [
        "from craffu.config.commands import rules\n",
        "from operator import add\n",
        "import functools\n",
        "from craffu.clocks import london\n\ndef op(given, other='cy'):\n    return {'a': london.due(given['x'])}\n",
        "from functools import cache\n\n@cache\ndef op(given):\n    return {'a': given['x']}\n",
        "class Op:\n    pass\n",
    ],
)
def test_whatever_could_bring_a_decision_in_is_found(source: str) -> None:
    assert decisions(source)
