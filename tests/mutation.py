"""Are the tests of the pure modules able to notice a wrong rule: each mutant is one small mistake, and a test must fail.

Our own, because no tool kept by others reaches the tables at the top of a module without writing its mistakes into the
source (decision 13). Here a process that has everything loaded but Craffu forks for each mutant, runs that module's own
tests and ends.
"""

import argparse
import ast
import importlib
import importlib.machinery
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.mistakes import Mutant, sampled, spoilt  # noqa: E402

PURE = (
    "craffu/*/rules.py", "craffu/access/*/rules.py", "craffu/access/rights_requests/states.py", "craffu/documents/cells.py",
    "craffu/people/scanning.py",
    "craffu/*/states.py", "craffu/clocks/*.py", "craffu/common/languages.py", "craffu/audit/heads.py",
    "craffu/audit/unusual.py",
    *(f"craffu/published/{name}.py" for name in (
        "cells", "checks", "lines", "period_checks", "periods", "versions",
    )),
)  # fmt: skip
# Where a module's tests are not all in tests/unit/<package>/test_<module>.py.
TESTS_OF = {
    "craffu/access/emergency/rules.py": ("tests/unit/access/test_emergency_rules.py",),
    "craffu/access/reach/rules.py": ("tests/unit/access/test_reach_rules.py",),
    "craffu/access/provider/rules.py": ("tests/unit/access/test_provider_rules.py",),
    "craffu/access/unattended/rules.py": ("tests/unit/access/test_service_rules.py",),
    "craffu/access/exports/rules.py": ("tests/unit/access/test_export_rules.py",),
    "craffu/access/factors/rules.py": ("tests/unit/access/test_factor_rules.py",),
    "craffu/access/retention/rules.py": ("tests/unit/access/test_retention_rules.py",),
    "craffu/access/rights_requests/rules.py": ("tests/unit/access/test_rights_rules.py",),
    "craffu/access/rights_requests/states.py": (
        "tests/unit/access/test_rights_rules.py",
        "tests/architecture/test_states.py",
    ),
    "craffu/people/scanning.py": ("tests/unit/people/test_scanning.py",),
    "craffu/documents/cells.py": ("tests/unit/documents/test_T23_formula_cells.py",),
    "craffu/cases/rules.py": ("tests/unit/cases/test_rules.py", "tests/unit/cases/test_which_defendant.py"),
    "craffu/cases/states.py": ("tests/unit/cases/test_states.py", "tests/architecture/test_states.py"),
    "craffu/intake/rules.py": ("tests/unit/intake/test_rules.py", "tests/unit/intake/test_words_that_stay.py"),
    "craffu/intake/states.py": ("tests/unit/intake/test_states.py", "tests/architecture/test_states.py"),
    "craffu/clocks/lengths.py": ("tests/unit/clocks",),
    "craffu/published/cells.py": ("tests/unit/published/test_checks.py",),
    "craffu/published/checks.py": ("tests/unit/published/test_checks.py", "tests/unit/published/test_checks_limits.py"),
}
SAMPLE, SECONDS, LEAST = 40, 60, 0.8
# Loaded once, before the first fork.
PRELOADED = (
    "pytest", "hypothesis", "django.test", "django.db.models", "time_machine", "lxml.etree", "babel.dates", "psycopg",
    "cryptography.hazmat.primitives.ciphers.aead", "holidays", "govuk_bank_holidays.bank_holidays", "jinja2",
    "dateutil.relativedelta",
)  # fmt: skip


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
    started = time.monotonic()
    if _ended(running)[1]:
        raise RuntimeError(f"the tests of {module} fail without any mistake in it")
    # A busy machine is no proof that a mistake was noticed.
    most = max(SECONDS, 10 * (time.monotonic() - started))
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            running[_forked(module, spoilt(source, mutant), home)] = (mutant, time.monotonic() + most)
        ended, noticed = _ended(running)
        if ended and not noticed:
            result.survived.append(ended)
    return result


def report(scores: Sequence[Score]) -> tuple[list[str], list[str]]:
    """A line for each module with what no test noticed, and what is at fault: a module, or all of them, below the least."""
    lines = []
    whole = Score("pure modules")
    for found in scores:
        whole.tried, whole.survived = whole.tried + found.tried, [*whole.survived, *found.survived]
        lines.append(f"{found.killed:>6.0%} of {found.tried:>3}  {found.module}")
        lines += [f"          not noticed: {mutant}" for mutant in sorted(found.survived, key=str)]
    lines.append(f"{whole.killed:>6.0%} of {whole.tried:>3}  mistakes noticed, at least {LEAST:.0%} must be")
    weak = [found for found in (*scores, whole) if found.killed < LEAST]
    faults = [f"only {found.killed:.0%} of the mistakes put into {found.module} were noticed" for found in weak]
    return lines, faults if whole.tried else ["no mistake was tried"]


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests/mutation.py")
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="mistakes for each module")
    parser.add_argument("--at-once", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args(argv)
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
