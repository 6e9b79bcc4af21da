"""The product's own modules as syntax trees, for the checks that read code instead of running it."""

import ast
import functools
import gc
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One module: `path` from the root of the project, and its tree."""

    path: str
    tree: ast.Module

    @functools.cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree: gone over once, for all the checks that look at each of them."""
        return tuple(ast.walk(self.tree))

    @functools.cached_property
    def calls(self) -> tuple[tuple[ast.Call, tuple[str, ...]], ...]:
        """Every call, and the names along what is called."""
        return tuple((node, chain(node.func)) for node in self.nodes if isinstance(node, ast.Call))

    @functools.cached_property
    def functions(self) -> tuple[tuple[ast.FunctionDef, tuple[ast.AST, ...]], ...]:
        """Every function, and every node in it."""
        return tuple((node, tuple(ast.walk(node))) for node in self.nodes if isinstance(node, ast.FunctionDef))

    @functools.cached_property
    def imports(self) -> frozenset[str]:
        """Every module that an import anywhere in it names."""
        return frozenset(name for node in self.nodes for name in imported(node))

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def elsewhere(self, path: str = "craffu/cases/queries.py") -> "Source":
        """The same code as a module that no check makes an exception for."""
        return Source(path, self.tree)

    def at(self, node: ast.AST, what: str) -> str:
        """A fault as the check reports it."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}: {what}"


def of_text(text: str, path: str = "craffu/cases/queries.py") -> Source:
    """A module that does not exist: what a check is fed to prove that it can fail."""
    return Source(path, ast.parse(text))


@functools.cache
def of_craffu() -> tuple[Source, ...]:
    """Every module of ours but migrations."""
    paths = sorted(path for path in (ROOT / "craffu").rglob("*.py") if "migrations" not in path.parts)
    # A million nodes, of which none is ever garbage: to look through them again and again takes longer than to read them.
    gc.disable()
    try:
        read = tuple(of_text(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()) for path in paths)
        gc.freeze()
    finally:
        gc.enable()
    return read


def chain(node: ast.expr) -> tuple[str, ...]:
    """The names along a chain of attributes and calls: `Case.objects.for_user(by).get` is (Case, objects, for_user, get)."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            if isinstance(node, ast.Name):
                names.append(node.id)
            return tuple(reversed(names))


def imported(node: ast.AST) -> list[str]:
    """The modules that an import names; `from a import b` names both a and a.b, because b may be a module."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
    return []
