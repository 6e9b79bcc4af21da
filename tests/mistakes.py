"""The small mistakes that can be made in a module: an operator turned round, a limit off by one, an entry left out.

Only where one means something: not in annotations, decorators, messages for people or `strict=True`.
"""

import ast
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SEED = 20_261_125

OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: where it is and what it says. `point` and `kind` number the place and the mistake made there."""

    module: str
    line: int
    what: str
    point: int
    kind: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.what}"


def _points(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes in which a mistake means something: not in annotations, decorators, docstrings or `strict=True`."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "type_params", "type_comment"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            is_text = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            is_strict = isinstance(child, ast.keyword) and child.arg in {"strict", "ensure_ascii"}
            if not (is_text or is_strict or isinstance(child, ast.TypeAlias)):
                yield child
                yield from _points(child)


def _mistakes(node: ast.AST) -> Iterator[tuple[str, str, Any]]:
    """What can go wrong at a node: in words, the field it goes wrong in, and what stands there then."""
    match node:
        case ast.Compare(ops=[op, *rest]) if type(op) in OPPOSITE:
            wrong = OPPOSITE[type(op)]
            yield f"{type(op).__name__} for {wrong.__name__}", "ops", [wrong(), *rest]
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in OPPOSITE:
            wrong = OPPOSITE[type(op)]
            yield f"{type(op).__name__} for {wrong.__name__}", "op", wrong()
        case ast.Constant(value=value):
            yield from _misprints(value)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "condition turned round", "test", ast.UnaryOp(ast.Not(), test)
        case ast.Return(value=ast.AST() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "None returned", "value", ast.Constant(None)
        case ast.comprehension() | ast.Dict() | ast.Set() | ast.Call():
            yield from _omissions(node)


def _misprints(value: object) -> Iterator[tuple[str, str, Any]]:
    match value:
        case bool():
            yield f"{value} for {not value}", "value", not value
        case int():
            yield f"{value} for {value + 1}", "value", value + 1
        # A key, a code or a reason, which is kept or asked for by its name; not a message for people.
        case str() if value.isidentifier() and value.islower():
            yield f"{value} misspelt", "value", f"{value}_"


def _omissions(node: ast.AST) -> Iterator[tuple[str, str, Any]]:
    match node:
        case ast.comprehension(ifs=[_, *rest]):
            yield "condition of a comprehension left out", "ifs", rest
        case ast.Dict(keys=[_, *keys], values=[_, *values]):
            yield "first entry left out", "keys values", (keys, values)
        case ast.Set(elts=[_, *rest]) if rest:
            yield "first member left out", "elts", rest
        case ast.Call(keywords=[*named]):
            for place, one in enumerate(named):
                if one.arg not in {None, "strict", "ensure_ascii"}:
                    yield f"argument {one.arg} left out", "keywords", [*named[:place], *named[place + 1 :]]


def mutants(module: str, source: str) -> list[Mutant]:
    """Every mistake that can be made in a module."""
    found = []
    for point, node in enumerate(_points(ast.parse(source))):
        line = getattr(node, "lineno", 0) or getattr(getattr(node, "target", None), "lineno", 0)
        found += [Mutant(module, line, what, point, kind) for kind, (what, *_) in enumerate(_mistakes(node))]
    return found


def spoilt(source: str, mutant: Mutant) -> ast.Module:
    """The module with the mistake in it."""
    tree = ast.parse(source)
    node = next(itertools.islice(_points(tree), mutant.point, None))
    _, where, wrong = next(itertools.islice(_mistakes(node), mutant.kind, None))
    for name, value in zip(where.split(), wrong if " " in where else (wrong,), strict=True):
        setattr(node, name, value)
    return ast.fix_missing_locations(tree)


def sampled(module: str, source: str, size: int) -> list[Mutant]:
    """The same ones every time, until the module changes."""
    every = mutants(module, source)
    chance = random.Random(f"{SEED} {module}")  # noqa: S311
    return sorted(chance.sample(every, min(size, len(every))), key=lambda mutant: mutant.line)
