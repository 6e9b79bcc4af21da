"""Are the tests able to notice a wrong rule, and a guard of people's data that fails: each mutant is one small mistake, and a
test must fail. A pure module has its own tests; a guard has whichever pass over the line (`passing.py`).

Our own, because no tool kept by others reaches the tables at the top of a module without writing its mistakes into the
source (decision 13). Here a process that has everything loaded but Craffu forks for each mutant, runs that module's own
tests and ends.
"""

import argparse
import ast
import importlib
import importlib.machinery
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import passing  # noqa: E402
from tests.mistakes import Mutant, sampled, spoilt  # noqa: E402

PURE = (
    "craffu/*/rules.py", "craffu/access/*/rules.py", "craffu/cases/*/rules.py", "craffu/victims/*/rules.py",
    "craffu/orders/*/rules.py", "craffu/orders/life/states.py", "craffu/orders/life/diagram.py",
    "craffu/orders/catalogue/reading.py", "craffu/orders/effect/wording.py", "craffu/orders/monitoring/schedule.py",
    "craffu/orders/monitoring/measures.py", "craffu/orders/reviewing/timing.py", "craffu/orders/terms/differing.py",
    "craffu/access/rights_requests/states.py", "craffu/documents/cells.py", "craffu/victims/notices/code.py",
    "craffu/people/scanning.py", "craffu/people/homes/finding.py", "craffu/people/homes/reading.py",
    "craffu/people/homes/towns.py", "craffu/orders/following/nearness.py",
    "craffu/orders/clocks/*.py", "craffu/linkage/forming.py",
    "craffu/*/states.py", "craffu/clocks/*.py", "craffu/common/languages.py", "craffu/common/reasons.py", "craffu/audit/heads.py",
    "craffu/audit/unusual.py", "craffu/linkage/model/scoring.py", "craffu/linkage/model/weighing.py",
    "craffu/linkage/model/drift.py", "craffu/linkage/model/levels.py", "craffu/linkage/model/asking.py",
    "craffu/linkage/model/families.py", "craffu/linkage/model/twins.py", "craffu/linkage/model/undated.py",
    "craffu/linkage/evaluating/fairness.py",
    "craffu/linkage/evaluating/measuring.py", "craffu/engines/choice.py", "craffu/breaches/*/rules.py",
    "craffu/resourcing/*/rules.py", "craffu/daily/retaining/rules.py",
    *(f"craffu/daily/forecasting/{name}.py" for name in ("rules", "errors")),
    "craffu/prevention/*/rules.py", "craffu/prevention/meetings/papers/rules.py",
    *(f"craffu/prevention/planning/{name}.py" for name in ("before_after", "custody", "timing")),
    *(f"craffu/prevention/scoring/{name}.py" for name in ("bulk", "facts", "known", "nearest", "ranking", "schemes", "weights")),
    *(f"craffu/prevention/proving/{name}.py" for name in ("backtesting", "evaluating", "leaks", "measuring", "told")),
    "craffu/prevention/proving/sensitivity.py",
    "craffu/victims/gap/shown.py", "craffu/victims/gap/spans.py",
    *(f"craffu/measures/{name}.py" for name in ("comparing", "definitions", "practice/rules", "releasing", "statistics/*")),
    "craffu/measures/digests/rules.py",
    "craffu/victims/inviting/stages.py", "craffu/breaches/detecting/clocks.py", "craffu/breaches/ledger/states.py",
    "craffu/breaches/standpoints/questions.py", "craffu/scrutiny/*/rules.py", "craffu/scrutiny/interviewing/questions.py",
    "craffu/scrutiny/sampling/estimating.py", "craffu/scrutiny/asking/form.py", "craffu/scrutiny/asking/reading.py",
    "craffu/scrutiny/agreeing/pairing.py", "craffu/scrutiny/claiming/numerals.py", "craffu/people/naming.py",
    *(f"craffu/orders/watching/{name}.py" for name in ("applying", "ending", "holding", "kinds", "stood")),
    "craffu/breaches/standpoints/outcomes.py", "craffu/breaches/patterns/groups.py",
    *(f"craffu/published/{name}.py" for name in (
        "cells", "checks", "disclosure", "intervals", "lines", "period_checks", "periods", "versions",
    )),
)  # fmt: skip
_ORDER_WORDS = "tests/unit/orders/test_words_that_stay.py"
_ORDER_KEYS = "tests/unit/orders/test_keys_that_stay.py"
# Where the tests of a module, or of each of a package, are not all in tests/unit/<package>/test_<module>.py.
TESTS_OF = {
    "craffu/prevention/proving/evaluating.py": ("tests/unit/prevention/test_evaluate_command.py",),
    **{
        f"craffu/prevention/planning/{name}.py": ("tests/unit/prevention/test_before_after.py",)
        for name in ("before_after", "custody", "timing")
    },
    **{
        f"craffu/prevention/meetings/{name}rules.py": ("tests/unit/prevention/test_meeting_rules.py",)
        for name in ("", "papers/")
    },
    **{
        f"craffu/prevention/proving/{name}.py": ("tests/unit/prevention/test_backtesting.py",)
        for name in ("backtesting", "leaks", "told")
    },
    **{
        f"craffu/linkage/model/{name}.py": (
            "tests/unit/linkage/test_asking.py",
            "tests/integration/linkage/test_as_splink.py",
        )
        for name in ("asking", "levels")
    },
    "craffu/access/events.py": ("tests/architecture/test_kept_keys.py",),
    "craffu/access/rights_requests/events.py": ("tests/architecture/test_kept_keys.py",),
    "craffu/access/roles.py": ("tests/architecture/test_kept_keys.py",),
    "craffu/access/markings.py": ("tests/architecture/test_kept_keys.py", "tests/unit/config/test_rules_run.py"),
    "craffu/audit/chain.py": ("tests/integration/audit/test_T12_tampering.py",),
    "craffu/audit/events.py": ("tests/unit/audit/test_events.py", "tests/architecture/test_kept_keys.py"),
    "craffu/access/boundaries/rules.py": ("tests/unit/access/test_boundaries.py",),
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
    "craffu/people/naming.py": ("tests/unit/prevention/test_meeting_rules.py", "tests/unit/scrutiny/test_leaving.py"),
    **{f"craffu/people/homes/{name}.py": ("tests/unit/people/test_homes.py",) for name in ("reading", "towns")},
    "craffu/people/homes/finding.py": ("tests/unit/people/test_finding.py",),
    "craffu/people/scanning.py": ("tests/unit/people/test_scanning.py",),
    "craffu/documents/cells.py": ("tests/unit/documents/test_T23_formula_cells.py",),
    "craffu/cases/rules.py": ("tests/unit/cases/test_rules.py", "tests/unit/cases/test_which_defendant.py"),
    "craffu/cases/risk/rules.py": ("tests/unit/cases/test_risk_rules.py", "tests/unit/victims/test_words_that_stay.py"),
    "craffu/breaches/ledger/states.py": ("tests/unit/breaches/test_life_cycle.py", "tests/architecture/test_states.py"),
    **{
        f"craffu/measures/statistics/{name}.py": (f"tests/unit/measures/test_{name}.py",)
        for name in ("control", "funnels", "proportions", "rates", "signals", "standardising", "survival")
    },
    "craffu/victims/gap/shown.py": ("tests/unit/victims/test_gap_rules.py", "tests/unit/published/test_T41_gap.py"),
    "craffu/victims": ("tests/unit/victims",),
    "craffu/orders/catalogue/rules.py": ("tests/unit/orders/test_catalogue_rules.py",),
    "craffu/orders/catalogue/reading.py": ("tests/unit/orders/test_catalogue.py",),
    "craffu/scrutiny/interviewing/rules.py": ("tests/unit/scrutiny/test_interviewing.py",),
    "craffu/scrutiny/interviewing/questions.py": ("tests/unit/scrutiny/test_interviewing.py",),
    **{
        f"craffu/scrutiny/{name}/rules.py": (f"tests/unit/scrutiny/test_{name}.py",)
        for name in (
            "agreeing",
            "asking",
            "claiming",
            "classing",
            "leaving",
            "publishing",
            "recommending",
            "reviewing",
            "sampling",
            "standing",
        )
    },
    "craffu/scrutiny/asking": ("tests/unit/scrutiny/test_asking.py",),
    "craffu/scrutiny/claiming/numerals.py": ("tests/unit/scrutiny/test_claiming.py",),
    "craffu/scrutiny/agreeing/pairing.py": ("tests/unit/scrutiny/test_pairing.py",),
    "craffu/scrutiny/sampling/estimating.py": ("tests/unit/scrutiny/test_estimating.py",),
    "craffu/resourcing/champions/rules.py": ("tests/unit/resourcing/test_champion_rules.py",),
    "craffu/resourcing/posts/rules.py": ("tests/unit/resourcing/test_post_rules.py",),
    "craffu/measures/digests/rules.py": ("tests/unit/measures/test_digest_rules.py",),
    "craffu/measures/practice/rules.py": ("tests/unit/measures/test_practice_rules.py",),
    "craffu/resourcing/recruiting/rules.py": ("tests/unit/resourcing/test_recruiting_rules.py",),
    "craffu/resourcing/timing/rules.py": ("tests/unit/resourcing/test_timing_rules.py",),
    "craffu/daily/retaining/rules.py": ("tests/unit/daily/test_retaining_rules.py",),
    "craffu/daily/forecasting/rules.py": ("tests/unit/daily/test_forecast_rules.py",),
    "craffu/daily/forecasting/errors.py": ("tests/unit/daily/test_forecast_errors.py",),
    "craffu/orders/advising/rules.py": ("tests/unit/orders/test_advising_rules.py",),
    "craffu/cases/advice/rules.py": ("tests/unit/cases/test_advice.py",),
    "craffu/orders/library/rules.py": ("tests/unit/orders/test_library_rules.py",),
    "craffu/orders/considering/rules.py": ("tests/unit/orders/test_considering_rules.py", _ORDER_WORDS),
    "craffu/orders/conditions/rules.py": ("tests/unit/orders/test_condition_rules.py", _ORDER_WORDS),
    "craffu/orders/effect/rules.py": ("tests/unit/orders/test_effect_rules.py", _ORDER_WORDS),
    "craffu/orders/effect/wording.py": ("tests/unit/orders/test_effect_rules.py", _ORDER_WORDS),
    "craffu/orders/proposing/rules.py": ("tests/unit/orders/test_proposing_rules.py",),
    "craffu/orders/following/nearness.py": ("tests/unit/orders/test_nearness.py",),
    "craffu/orders/following/rules.py": ("tests/unit/orders/test_following_rules.py", _ORDER_WORDS),
    "craffu/orders/notifying/rules.py": ("tests/unit/orders/test_notifying_rules.py",),
    "craffu/orders/reviewing/rules.py": ("tests/unit/orders/test_reviewing_rules.py", _ORDER_WORDS),
    "craffu/orders/reviewing/timing.py": ("tests/unit/orders/test_reviewing_rules.py", _ORDER_WORDS),
    "craffu/orders/hearings/rules.py": ("tests/unit/orders/test_court_and_service_rules.py", _ORDER_WORDS),
    "craffu/orders/serving/rules.py": ("tests/unit/orders/test_court_and_service_rules.py", _ORDER_WORDS),
    "craffu/victims/letters/rules.py": (
        "tests/unit/victims/test_letter_rules.py",
        "tests/unit/orders/test_letter_rules.py",
    ),
    "craffu/orders/letters/rules.py": ("tests/unit/orders/test_letter_rules.py", _ORDER_KEYS),
    "craffu/orders/life/rules.py": ("tests/unit/orders/test_life.py", _ORDER_WORDS),
    "craffu/orders/life/states.py": (
        "tests/unit/orders/test_life.py",
        "tests/architecture/test_states.py",
        _ORDER_WORDS,
    ),
    "craffu/orders/life/diagram.py": ("tests/unit/orders/test_life.py",),
    **{
        f"craffu/orders/watching/{name}.py": ("tests/unit/orders/test_watching_rules.py", _ORDER_KEYS)
        for name in ("applying", "ending", "holding", "kinds", "rules", "stood")
    },
    "craffu/orders": ("tests/unit/orders/test_register_rules.py", _ORDER_WORDS, _ORDER_KEYS),
    "craffu/work/rules.py": ("tests/unit/work", "tests/unit/victims/test_words_that_stay.py"),
    "craffu/cases/states.py": ("tests/unit/cases/test_states.py", "tests/architecture/test_states.py"),
    "craffu/intake/linking/rules.py": ("tests/unit/intake/test_linking_rules.py",),
    "craffu/intake/rules.py": ("tests/unit/intake/test_rules.py", "tests/unit/intake/test_words_that_stay.py"),
    "craffu/intake/states.py": ("tests/unit/intake/test_states.py", "tests/architecture/test_states.py"),
    "craffu/clocks/plain.py": ("tests/unit/clocks/test_working_days.py",),
    "craffu/clocks/lengths.py": ("tests/unit/clocks",),
    **{
        f"craffu/orders/clocks/{name}.py": (f"tests/unit/orders/clocks/test_{name}.py",)
        for name in ("answers", "bail", "catalogue", "limits", "notifications", "plain", "terms", "watches")
    },
    **{
        f"craffu/orders/clocks/{name}.py": ("tests/unit/orders/clocks/test_terms.py",)
        for name in ("appeals", "interim", "locks")
    },
    "craffu/orders/clocks/hearings.py": ("tests/unit/orders/clocks/test_catalogue.py",),
    "craffu/published/cells.py": ("tests/unit/published/test_checks.py",),
    "craffu/published/checks.py": ("tests/unit/published/test_checks.py", "tests/unit/published/test_checks_limits.py"),
}
# Who may, and when: of a package these guard what is kept.
WHO_AND_WHEN = ("permissions", "policies")
# What guards people's data and asks the database. What a model declares is held to its migrations, and words to their
# translation.
GUARDS = (
    "craffu/access/*.py",
    "craffu/access/*/*.py",
    "craffu/audit/*.py",
    "craffu/audit/*/*.py",
    *(
        f"craffu/{package}/**/{name}.py"
        for package in ("breaches", "cases", "linkage", "orders", "scrutiny", "victims", "work")
        for name in WHO_AND_WHEN
    ),
)
NO_GUARDS = frozenset({"__init__.py", "apps.py", "models.py", "plain.py", "reasons.py"})
# The wall between forces, and what holds the log, are in the database before a test begins: a mistake put here is in none.
# T3 and T11 try what the database itself refuses.
IN_THE_DATABASE = frozenset({"access/wall", "audit/roles.py", "audit/triggers.py", "migrations"})
SAMPLE, SECONDS, LEAST = 40, 60, 0.8
# Their tests take longer, so few are tried in each: too few to judge one module by them as strictly as all together.
SAMPLE_OF_GUARDS, LEAST_OF_ONE_GUARD = 10, 0.5
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


def guards() -> list[str]:
    """The modules that guard people's data and are not pure."""
    found = {path for pattern in GUARDS for path in ROOT.glob(pattern) if path.name not in NO_GUARDS}
    names = {path.relative_to(ROOT).as_posix() for path in found}
    return sorted(name for name in names - set(pure_modules()) if not any(part in name for part in IN_THE_DATABASE))


def tests_of(module: str) -> list[str]:
    """The tests that must notice a mistake in a module."""
    path = Path(module)
    own = ROOT / "tests" / "unit" / path.parts[1] / f"test_{path.stem}.py"
    of_the_package = TESTS_OF.get("/".join(path.parts[:2]), (own.relative_to(ROOT).as_posix(),))
    listed = TESTS_OF.get(module) or (*of_the_package, *_importing(path))
    return [name for name in dict.fromkeys(listed) if (ROOT / name).exists()]


def _importing(module: Path) -> list[str]:
    """The pure tests of its package that import a module by its name."""
    folder, name = ".".join(module.parts[:-1]), module.stem
    imports = re.compile(
        rf"^from {re.escape(folder)}\.{name} import |^from {re.escape(folder)} import .*\b{name}\b", re.MULTILINE
    )
    tests = sorted((ROOT / "tests" / "unit" / module.parts[1]).rglob("test_*.py"))
    return [one.relative_to(ROOT).as_posix() for one in tests if imports.search(one.read_text(encoding="utf-8"))]


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


def _run_tests(module: str, tree: ast.Module | None, home: str, tests: Sequence[str]) -> int:
    """In the child: some tests, with the mistake in the module. 0 where they notice nothing."""
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
    return int(pytest.main([*options, *tests]))


def _forked(module: str, tree: ast.Module | None, home: str, tests: Sequence[str]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        own = Path(home) / str(os.getpid())
        own.mkdir()
        os._exit(_run_tests(module, tree, str(own), tests))
    except BaseException:
        os._exit(1)


def _ended(running: dict[int, tuple[Mutant | None, float]], home: str) -> tuple[Mutant | None, bool]:
    """Wait for one child. Whether its tests noticed; one that does not end has been noticed too, and is killed."""
    while True:
        for child, (mutant, until) in list(running.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            if not done and time.monotonic() > until:
                os.killpg(child, signal.SIGKILL)
                done, status = os.waitpid(child, 0)
            if done:
                del running[child]
                shutil.rmtree(Path(home) / str(child), ignore_errors=True)
                return mutant, os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)


type Tests = Callable[[Mutant], list[str]]
"""The tests that may notice a mistake."""


def score(module: str, size: int, at_once: int, home: str, tests: Tests | None = None) -> Score:
    """Try a sample of a module's mistakes. Raises RuntimeError where its tests fail without any."""
    source = (ROOT / module).read_text(encoding="utf-8")
    waiting = sampled(module, source, size)
    result = Score(module, len(waiting))
    chosen = {mutant: tests(mutant) if tests else tests_of(module) for mutant in waiting}
    result.survived = [mutant for mutant in waiting if not chosen[mutant]]
    waiting = [mutant for mutant in waiting if chosen[mutant]]
    if not waiting:
        return result
    every = list(dict.fromkeys(test for mutant in waiting for test in chosen[mutant]))
    running: dict[int, tuple[Mutant | None, float]] = {}
    running[_forked(module, None, home, every)] = (None, time.monotonic() + 10 * SECONDS)
    started = time.monotonic()
    if _ended(running, home)[1]:
        raise RuntimeError(f"the tests of {module} fail without any mistake in it")
    # A busy machine is no proof that a mistake was noticed.
    most = max(SECONDS, 10 * (time.monotonic() - started))
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            child = _forked(module, spoilt(source, mutant), home, chosen[mutant])
            running[child] = (mutant, time.monotonic() + most)
        ended, noticed = _ended(running, home)
        if ended and not noticed:
            result.survived.append(ended)
    return result


def report(scores: Sequence[Score]) -> tuple[list[str], list[str]]:
    """A line for each module with what no test noticed, and what is at fault: a module, or all of its kind, below the least."""
    lines = []
    every = set(guards())
    kinds = {"pure modules": Score("pure modules"), "guards": Score("guards")}
    for found in scores:
        whole = kinds["guards" if found.module in every else "pure modules"]
        whole.tried, whole.survived = whole.tried + found.tried, [*whole.survived, *found.survived]
        lines.append(f"{found.killed:>6.0%} of {found.tried:>3}  {found.module}")
        lines += [f"          not noticed: {mutant}" for mutant in sorted(found.survived, key=str)]
    tried = [whole for whole in kinds.values() if whole.tried]
    lines.append(
        "; ".join(f"{whole.killed:.0%} of {whole.tried} mistakes in {whole.module} noticed" for whole in tried)
    )
    weak = [found for found in scores if found.killed < (LEAST_OF_ONE_GUARD if found.module in every else LEAST)]
    weak += [whole for whole in tried if whole.killed < LEAST]
    faults = [f"only {found.killed:.0%} of the mistakes put into {found.module} were noticed" for found in weak]
    return lines, faults if tried else ["no mistake was tried"]


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests/mutation.py")
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="mistakes for each pure module")
    parser.add_argument("--sample-of-guards", type=int, default=SAMPLE_OF_GUARDS, help="mistakes for each guard")
    parser.add_argument("--at-once", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args(argv)
    os.chdir(ROOT)
    for name in PRELOADED:
        try:
            importlib.import_module(name)
        except Exception:  # noqa: S112 - only to save time: a child imports it itself
            continue
    scores = []
    modules = asked.modules or [*pure_modules(), *guards()]
    with tempfile.TemporaryDirectory(prefix="craffu-mutants-") as home:
        passed = _passed(Path(home), sorted(set(modules) & set(guards())))
        for module in modules:
            size, tests = asked.sample, None
            if module in passed.lines:
                size, tests = asked.sample_of_guards, partial(_tests_over, passed)
            scores.append(score(module, size, asked.at_once, home, tests))
            print("\n".join(report(scores[-1:])[0][:-1]), flush=True)
    lines, faults = report(scores)
    print("\n".join([lines[-1], *faults]))
    return 1 if faults else 0


def _passed(folder: Path, modules: Sequence[str]) -> passing.Passing:
    """Which tests pass over the guards among the modules. From here on tests copy the database that was made for this."""
    if not modules:
        return passing.Passing({}, {})
    env = passing.template(folder)
    os.environ.update(env)
    return passing.look(folder, env, modules)


def _tests_over(passed: passing.Passing, mutant: Mutant) -> list[str]:
    return [*TESTS_OF.get(mutant.module, ()), *passed.over(mutant.module, mutant.line)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
