"""bin/test cannot pass by running nothing: an empty part, a crash and a folder that nobody runs are failures.

Nor with a guard whose branch no test takes, nor, in the deep run, with rules whose mistakes no test notices.
"""

import ast
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests import branches, measuring, mistakes, mutation, passing, run
from tests.architecture.source import ROOT

SUITE = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def report(folder: Path, *counts: int) -> Path:
    path = folder / "report.xml"
    path.write_text(SUITE.format(*counts))
    return path


@pytest.mark.parametrize(
    ("counts", "code", "narrowed", "ok", "why"),
    [
        ((3, 0, 0, 0), 0, False, True, ""),
        ((3, 0, 0, 3), 0, False, False, "no test ran"),
        ((0, 0, 0, 0), 5, False, False, "no test ran"),
        ((0, 0, 0, 0), 5, True, True, ""),
        ((3, 1, 0, 0), 1, False, False, ""),
        ((3, 0, 1, 0), 1, False, False, ""),
        ((3, 0, 0, 0), 1, False, False, "pytest reports a failure outside the tests"),
        ((3, 0, 0, 0), 2, False, False, "pytest stopped with exit 2"),
        ((3, 0, 0, 0), -9, True, False, "pytest stopped with exit -9"),
    ],
)
def test_a_part_passes_only_when_its_tests_ran_and_passed(
    tmp_path: Path, counts: tuple[int, ...], code: int, narrowed: bool, ok: bool, why: str
) -> None:
    result = run.read_report("part", report(tmp_path, *counts), code, narrowed=narrowed)
    assert (result.ok, result.why) == (ok, why)


def test_a_part_that_left_no_report_fails(tmp_path: Path) -> None:
    assert run.read_report("part", tmp_path / "none.xml", 0, narrowed=False).why == "no test ran"


def test_the_closing_line_adds_up_and_tells_of_a_failure() -> None:
    results = [run.Result("a", passed=2, skipped=1), run.Result("b", passed=3)]
    lines, ok = run.closing_lines(results, [], "SQLite", 4.2)
    assert ok
    assert lines[-1] == "ok: 5 passed, 0 failed, 1 skipped in 4 s on SQLite"
    for bad, faults in (([*results, run.Result("c", failed=1)], []), (results, ["a fault"]), ([run.Result("a")], [])):
        lines, ok = run.closing_lines(bad, faults, "SQLite", 4.2)
        assert not ok
        assert lines[-1].startswith("FAILED: ")


def test_the_run_says_that_no_scanner_looked_and_fails_without_what_stands_in_its_place(tmp_path: Path) -> None:
    names = {
        "test_T1_T8_T20_x[a]": "",
        "test_T1_y": "",
        "test_T10_z": "",
        "test_T22_bandit_x": "",
        "test_T2_s": "<skipped/>",
    }
    cases = "".join(f'<testcase name="{name}">{child}</testcase>' for name, child in names.items())
    path = tmp_path / "named.xml"
    path.write_text(
        f'<testsuites><testsuite tests="5" failures="0" errors="0" skipped="1">{cases}</testsuite></testsuites>'
    )
    one = run.read_report("part", path, 0, narrowed=False)
    said, missing = run.without_a_scanner([one, run.Result("b", in_its_place=Counter({"T20": 2}))])
    assert said == (
        "T21: no scanner of others' making looked at the running site. "
        "In its place passed: T1 2, T2 0, T19 0, T20 3, bandit 1."
    )
    assert missing == [f"T21: no test of {key} passed, which stands in the place of a scanner" for key in ("T2", "T19")]


def test_every_folder_of_tests_is_run_by_a_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("unit", "strange", "spec"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "test_x.py").touch()
    monkeypatch.setattr(run, "TESTS", tmp_path)
    faults = run.folders_at_fault()
    assert "tests/strange is run by no part: add it to tests/run.py" in faults
    assert "tests/functional holds no test" in faults
    assert "tests/spec has tests now: take it off NOT_YET" in faults
    assert not [fault for fault in faults if "tests/unit" in fault]
    assert "spec" in run.NOT_YET


def test_what_is_typed_narrows_the_parts() -> None:
    whole = run.asked_for([])
    assert not whole.narrowed
    assert [part.name for part in run.PARTS if run.targets(part, whole)][:1] == ["pure"]
    one = run.asked_for(["--deep", "tests/unit", "-k", "leap and not night", "-x"])
    assert (one.deep, one.narrowed, one.options) == (True, True, ("-k", "leap and not night", "-x"))
    assert [part.name for part in run.PARTS if run.targets(part, one)] == ["pure"]


def test_the_deep_run_looks_at_every_page_in_detail_on_both_databases_and_the_quick_one_opens_each_on_both() -> None:
    pages = {page for folder in ("web", "api") for page in (run.TESTS / folder).rglob("test_*.py")}

    def run_on(*, on_postgres: bool, deep: bool) -> set[Path]:
        asked = run.asked_for(["--deep"] if deep else [])
        parts = [part for part in run.PARTS if part.on_postgres is on_postgres]
        given = [path for part in parts for path in run.targets(part, asked)]
        return {page for page in pages if run._within(page, given)}

    assert run_on(on_postgres=False, deep=False) == run_on(on_postgres=True, deep=True) == pages
    quick = run_on(on_postgres=True, deep=False)
    assert {run.TESTS / "web" / "test_role_matrix.py", run.TESTS / "api" / "test_T1_T8_api.py"} < quick < pages


def test_a_part_of_one_process_runs_beside_the_one_before_it_and_is_heard_when_it_has_ended(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    groups = run.at_once(run.PARTS)
    assert [part for group in groups for part in group] == list(run.PARTS)
    assert [len(group) for group in groups] == [1, 1, 1, 2]
    assert [part.name for part in groups[-1]] == ["browser, SQLite", "browser, PostgreSQL"]
    assert [len(group) for group in run.at_once(run.PARTS[-1:])] == [1]
    pure = run.PARTS[0]
    both = [pure, replace(pure, name="beside", parallel=False, options=("-k", "opens_by_saying"))]
    asked = run.asked_for(["tests/architecture/test_names.py", "-n0"])
    results = run.run_together(both, asked, tmp_path, "")
    assert [one.name for one in results] == ["pure", "beside"]
    assert results[0].passed > results[1].passed == 1
    said = capfd.readouterr().out
    assert said.index("== pure ==") < said.index("passed") < said.index("== beside ==")


def test_what_is_compiled_is_kept_beside_no_source_where_python_is_told_to_keep_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run.BYTECODE.relative_to(ROOT).parts[0] == "build", "which the repository leaves out"
    monkeypatch.setattr(run, "BYTECODE", tmp_path / "bytecode")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    env = run.environment_of(run.PARTS[0], tmp_path, "")
    subprocess.run([sys.executable, "-c", "import tests.markup"], cwd=ROOT, env=env, check=True)
    assert list(tmp_path.rglob("markup*.pyc"))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE")
    assert "PYTHONPYCACHEPREFIX" not in run.environment_of(run.PARTS[0], tmp_path, "")


def test_a_name_that_fits_nothing_fails() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "run.py", "tests/architecture/test_names.py", "-k", "nothing_is_called_so", "-n0"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "no test ran" in done.stdout


GUARD = """
def may(rights, day):
    if "read" in rights:
        return True
    for right in rights:
        if right > day:
            break
    return False
"""


MEASURED = """
import sys
from pathlib import Path
folder = Path({folder!r})
sys.path[:0] = [{folder!r}, {root!r}]
from tests import measuring
found = measuring.begin(folder / "one", folder)
from craffu.people import permissions, queries
"""


def measured(folder: Path, monkeypatch: pytest.MonkeyPatch, *calls: str) -> list[str]:
    """What is said of a guard of which these calls were measured."""
    (folder / "craffu" / "people").mkdir(parents=True)
    for package in ("craffu", "craffu/people"):
        (folder / package / "__init__.py").touch()
    (folder / "craffu" / "people" / "permissions.py").write_text(GUARD)
    (folder / "craffu" / "people" / "queries.py").write_text("def unmeasured():\n    return 1\n")
    monkeypatch.setattr(branches, "ROOT", folder)
    measuring.prepare(folder / "one", branches.guarded())
    lines = [
        MEASURED.format(root=str(ROOT), folder=str(folder)),
        *calls,
        "found.stop()",
        "found.write(folder / 'one', 'x')",
    ]
    (folder / "calls.py").write_text("\n".join(lines))
    # Where this very test is measured, the other program is not.
    env = {name: said for name, said in os.environ.items() if name != measuring.WHERE}
    subprocess.run([sys.executable, "calls.py"], cwd=folder, check=True, env=env)
    monkeypatch.chdir(folder)
    return branches.not_taken([folder / "one"], folder)


@pytest.mark.parametrize(
    ("calls", "lost"),
    [
        (["may('read', 'x')", "may([], 'x')", "may(['a', 'z'], 'b')"], None),
        (["may('read', 'x')", "may([], 'x')", "may(['z'], 'b')"], "6->5"),
        (["may('read', 'x')", "may(['a', 'a'], 'b')"], "7"),
        (["may([], 'x')", "may(['a', 'z'], 'b')"], "4"),
    ],
)
def test_a_branch_of_a_guard_that_no_test_takes_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: list[str], lost: str | None
) -> None:
    found = measured(tmp_path, monkeypatch, *(f"permissions.{call}" for call in calls))
    if lost is None:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith("craffu/people/permissions.py: no test reaches ")
        assert lost in found[0]


def test_a_guard_that_no_test_loads_and_a_run_that_measured_nothing_are_named(tmp_path: Path) -> None:
    assert branches.faults({}, ["craffu/people/states.py"]) == ["craffu/people/states.py was loaded by no test"]
    assert branches.not_taken([tmp_path / "none"], tmp_path)[0].startswith("branches were not measured")


def test_every_guard_is_measured_and_on_both_databases() -> None:
    guarded = set(branches.guarded())
    assert {"craffu/common/clock.py", "craffu/audit/queries.py", "craffu/intake/policies.py"} <= guarded
    kept = ("permissions.py", "policies.py", "states.py")
    assert {path.relative_to(ROOT).as_posix() for name in kept for path in ROOT.glob(f"craffu/**/{name}")} <= guarded
    assert {"craffu/victims/contacts/policies.py", "craffu/cases/risk/forms/permissions.py"} <= guarded
    measured = {
        part.on_postgres: {*part.folders, *part.only_deep} for part in run.PARTS if part.measured and part.on_a_database
    }
    assert "integration" in measured[False]
    assert {*run.BY_THE_DATABASE, *run.MOST_AT_ONCE, *run.BEHIND_PAGES} <= measured[True]
    assert set(run.BY_THE_DATABASE) < set(run.BEHIND_PAGES)
    assert {str(Path(*Path(one).parts[:2])) for one in run.MOST_AT_ONCE} == set(run.BEHIND_PAGES) - set(
        run.BY_THE_DATABASE
    )
    assert all((run.TESTS / one).is_file() for one in run.MOST_AT_ONCE), "each package at least once on both"


def test_no_test_is_run_twice_on_one_database_and_none_is_left_out() -> None:
    tests = set((run.TESTS / "integration").rglob("test_*.py"))
    for deep in (False, True):
        asked = run.asked_for(["--deep"] if deep else [])
        for on_postgres in (True, False):
            given = [path for part in run.PARTS if part.on_postgres is on_postgres for path in run.targets(part, asked)]
            folders = [path for path in given if path != (run.TESTS / "functional")]
            assert len(folders) == len(set(folders))
            assert not [path for path in folders if set(path.parents) & set(folders)]
            left = {path for path in tests if not run._within(path, given)}
            behind = {path for path in left if run._within(path, [run.TESTS / one for one in run.BEHIND_PAGES])}
            assert left == behind
            assert bool(left) is (on_postgres and not deep)
    one = run.asked_for(["tests/integration/audit/test_sealing.py"])
    assert [part.name for part in run.PARTS if run.targets(part, one)] == ["SQLite", "PostgreSQL"]


RULE = """
LIMITS = {"a": 1, "b": 2}

def may(age: int, held: bool) -> bool:
    "Whether."
    if age >= 18 and not held:
        return True
    return age in [n for n in sorted(LIMITS.values(), reverse=held) if n > 1]
"""


def test_mistakes_are_made_where_they_mean_something_and_only_there() -> None:
    said = {mutant.what for mutant in mistakes.mutants("rule.py", RULE)}
    assert said == {
        "first entry left out", "1 for 2", "2 for 3", "condition turned round", "And for Or", "GtE for Gt", "18 for 19",
        "True for False", "None returned", "In for NotIn", "condition of a comprehension left out", "Gt for GtE",
        "a misspelt", "b misspelt", "argument reverse left out",
    }  # fmt: skip
    sound = ast.unparse(ast.parse(RULE))
    wrong = [ast.unparse(mistakes.spoilt(RULE, mutant)) for mutant in mistakes.mutants("rule.py", RULE)]
    assert sound not in wrong
    assert len(set(wrong)) == len(wrong)


def test_the_same_sample_is_drawn_every_time() -> None:
    drawn = [[str(mutant) for mutant in mistakes.sampled("rule.py", RULE, 5)] for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 5


def test_every_pure_module_has_tests_of_its_own() -> None:
    assert [
        module
        for module in mutation.pure_modules()
        if mistakes.mutants(module, (ROOT / module).read_text()) and not mutation.tests_of(module)
    ] == []


def test_too_few_mistakes_noticed_is_a_failure_that_names_them() -> None:
    module = "craffu/clocks/lengths.py"
    one = mistakes.sampled(module, (ROOT / module).read_text(), 1)
    lines, faults = mutation.report([mutation.Score(module, 4, one)])
    assert faults == [f"only 75% of the mistakes put into {name} were noticed" for name in (module, "pure modules")]
    assert f"not noticed: {one[0]}" in lines[1]
    assert mutation.report([mutation.Score(module, 5, one)])[1] == []


def test_a_weak_module_is_not_hidden_by_strong_ones_and_nothing_tried_is_no_success() -> None:
    one = mistakes.Mutant("craffu/a/rules.py", 1, "And for Or", 0, 0)
    weak = mutation.Score("craffu/a/rules.py", 4, [one])
    assert mutation.report([weak, mutation.Score("craffu/b/rules.py", 100)])[1] == [
        "only 75% of the mistakes put into craffu/a/rules.py were noticed"
    ]
    assert mutation.report([mutation.Score("craffu/a/__init__.py")])[1] == ["no mistake was tried"]


def test_one_guard_may_be_weaker_than_a_pure_module_but_not_all_of_them() -> None:
    first, second = mutation.guards()[:2]
    lost = [mistakes.Mutant(first, line, "And for Or", line, 0) for line in range(6)]
    assert mutation.report([mutation.Score(first, 10, lost[:3]), mutation.Score(second, 10)])[1] == []
    assert mutation.report([mutation.Score(first, 10, lost), mutation.Score(second, 100)])[1] == [
        f"only 40% of the mistakes put into {first} were noticed"
    ]
    assert mutation.report([mutation.Score(first, 10, lost[:3])])[1] == [
        "only 70% of the mistakes put into guards were noticed"
    ]


def test_a_mistake_is_put_before_the_tests_that_pass_over_its_line_and_are_most_about_its_module() -> None:
    seconds = {"a.py::page": 0.1, "a.py::slow": 2.0, "b.py::quick": 1.0, "c.py::other": 0.5}
    every = frozenset(seconds)
    guard = {1: frozenset[str](), 5: every - {"c.py::other"}, 6: frozenset({"c.py::other"})}
    passed = passing.Passing({"guard.py": guard, "other.py": {1: frozenset({"a.py::page"})}}, seconds)
    assert passed.over("guard.py", 5) == ["b.py::quick", "a.py::slow", "a.py::page"]
    assert set(passed.over("guard.py", 1)) == every, "done once, at loading"
    assert passed.over("none.py", 5) == []


@pytest.mark.deep
def test_a_module_is_spoilt_and_its_tests_notice() -> None:
    module = "craffu/clocks/lengths.py"
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "mutation.py", module, "--sample", "3"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "of   3  craffu/clocks/lengths.py" in done.stdout, done.stdout + done.stderr
