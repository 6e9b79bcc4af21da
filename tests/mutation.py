"""Are the tests of the pure modules able to notice a wrong rule: each mutant is one small mistake, and a test must fail.

Our own, because the tools kept today do not fit: mutmut puts its mistakes inside functions alone, and half of our rules
are tables at the top of a module; cosmic-ray starts a whole interpreter for each mistake and brings a database and a web
client. Here a process that has everything loaded but Craffu forks for each mutant, runs that module's own tests and ends.
"""

import argparse
import ast
import importlib
import importlib.machinery
import itertools
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PURE = ("craffu/*/rules.py", "craffu/*/states.py", "craffu/clocks/*.py", "craffu/common/languages.py")
# Where a module's tests are not all in tests/unit/<package>/test_<module>.py.
TESTS_OF = {
    "craffu/cases/states.py": ("tests/unit/cases/test_states.py", "tests/architecture/test_states.py"),
    "craffu/intake/states.py": ("tests/unit/intake/test_states.py", "tests/architecture/test_states.py"),
    "craffu/clocks/lengths.py": ("tests/unit/clocks",),
}
SEED, SAMPLE, SECONDS, LEAST = 20_261_125, 40, 60, 0.8
# Loaded once, before the first fork.
PRELOADED = (
    "pytest", "hypothesis", "django.test", "django.db.models", "time_machine", "lxml.etree", "babel.dates", "psycopg",
    "cryptography.hazmat.primitives.ciphers.aead", "holidays", "govuk_bank_holidays.bank_holidays", "jinja2",
    "dateutil.relativedelta",
)  # fmt: skip

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


@dataclass(slots=True)
class Score:
    module: str
    tried: int = 0
    survived: list[Mutant] = field(default_factory=list)

    @property
    def killed(self) -> float:
        return 1 - len(self.survived) / self.tried if self.tried else 1.0


def pure_modules() -> list[str]:
    """The modules that are mutated, from the root; one that holds no code has no mistakes to offer."""
    return sorted({path.relative_to(ROOT).as_posix() for pattern in PURE for path in ROOT.glob(pattern)})


def tests_of(module: str) -> list[str]:
    """The tests that must notice a mistake in a module."""
    path = Path(module)
    own = ROOT / "tests" / "unit" / path.parts[1] / f"test_{path.stem}.py"
    listed = TESTS_OF.get(module, (own.relative_to(ROOT).as_posix(),))
    return [name for name in listed if (ROOT / name).exists()]


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
        case ast.Constant(value=bool(value)):
            yield f"{value} for {not value}", "value", not value
        case ast.Constant(value=int(value)):
            yield f"{value} for {value + 1}", "value", value + 1
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "condition turned round", "test", ast.UnaryOp(ast.Not(), test)
        case ast.comprehension(ifs=[_, *rest]):
            yield "condition of a comprehension left out", "ifs", rest
        case ast.Return(value=ast.AST() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "None returned", "value", ast.Constant(None)
        case ast.Dict(keys=[_, *keys], values=[_, *values]):
            yield "first entry left out", "keys values", (keys, values)
        case ast.Set(elts=[_, *rest]) if rest:
            yield "first member left out", "elts", rest


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


class _Spoilt(importlib.machinery.SourceFileLoader):
    code: CodeType

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class _Finder(importlib.machinery.PathFinder):
    """Gives the spoilt module in place of the sound one."""

    name: str
    code: CodeType

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        spec = super().find_spec(fullname, path, target) if fullname == cls.name else None
        if spec is not None and spec.origin:
            loader = _Spoilt(fullname, spec.origin)
            loader.code = cls.code
            spec.loader = loader
        return spec


def _run_tests(module: str, tree: ast.Module | None, home: str) -> int:
    """In the child: the module's own tests, with the mistake in it. 0 where they notice nothing."""
    os.setsid()
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    os.environ.update(CRAFFU_MODE="test", CRAFFU_HOME=home, DJANGO_SETTINGS_MODULE="craffu.config.settings")
    import hypothesis
    import pytest

    without_shrinking = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutants", phases=without_shrinking, database=None, derandomize=True)
    if tree is not None:
        _Finder.name = module.removesuffix(".py").replace("/", ".")
        _Finder.code = compile(tree, str(ROOT / module), "exec")
        sys.meta_path.insert(0, _Finder)
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=mutants"]
    # Loaded before pytest could look at them: that only makes a failing assertion say less.
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main([*options, *tests_of(module)]))


def _forked(module: str, tree: ast.Module | None, home: str) -> int:
    child = os.fork()
    if child:
        return child
    try:
        os._exit(_run_tests(module, tree, home))
    except BaseException:
        os._exit(1)


def _ended(running: dict[int, tuple[Mutant | None, float]]) -> tuple[Mutant | None, bool]:
    """Wait for one child. Whether its tests noticed; one that does not end has been noticed too, and is killed."""
    while True:
        for child, (mutant, until) in list(running.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            if not done and time.monotonic() > until:
                os.killpg(child, signal.SIGKILL)
                done, status = os.waitpid(child, 0)
            if done:
                del running[child]
                return mutant, os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)


def score(module: str, size: int, at_once: int, home: str) -> Score:
    """Try a sample of a module's mistakes. Raises RuntimeError where its tests fail without any."""
    source = (ROOT / module).read_text(encoding="utf-8")
    waiting = sampled(module, source, size)
    result = Score(module, len(waiting))
    if not waiting:
        return result
    if not tests_of(module):
        result.survived = waiting
        return result
    running: dict[int, tuple[Mutant | None, float]] = {}
    running[_forked(module, None, home)] = (None, time.monotonic() + 10 * SECONDS)
    if _ended(running)[1]:
        raise RuntimeError(f"the tests of {module} fail without any mistake in it")
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            running[_forked(module, spoilt(source, mutant), home)] = (mutant, time.monotonic() + SECONDS)
        ended, noticed = _ended(running)
        if ended and not noticed:
            result.survived.append(ended)
    return result


def report(scores: Sequence[Score]) -> tuple[list[str], list[str]]:
    """A line for each module with what no test noticed, and what is at fault: a score below the least one."""
    lines, tried, survived = [], 0, 0
    for found in scores:
        tried, survived = tried + found.tried, survived + len(found.survived)
        lines.append(f"{found.killed:>6.0%} of {found.tried:>3}  {found.module}")
        lines += [f"          not noticed: {mutant}" for mutant in sorted(found.survived, key=str)]
    killed = 1 - survived / tried if tried else 0.0
    lines.append(f"{killed:>6.0%} of {tried:>3}  mistakes noticed, at least {LEAST:.0%} must be")
    return lines, [f"only {killed:.0%} of the mistakes put into pure modules were noticed"] if killed < LEAST else []


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests/mutation.py")
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="mistakes for each module")
    parser.add_argument("--at-once", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args(argv)
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    for name in PRELOADED:
        try:
            importlib.import_module(name)
        except Exception:  # noqa: S112 - only to save time: a child imports it itself
            continue
    scores = []
    with tempfile.TemporaryDirectory(prefix="craffu-mutants-") as home:
        for module in asked.modules or pure_modules():
            scores.append(score(module, asked.sample, asked.at_once, home))
            print("\n".join(report(scores[-1:])[0][:-1]), flush=True)
    lines, faults = report(scores)
    print("\n".join([lines[-1], *faults]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
