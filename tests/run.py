"""What bin/test does once everything is set up: the parts of the suite, nearly all one after another, and one line at the end.

Pure tests run once, database tests on SQLite and again on PostgreSQL, where pages are opened as every other role, programs ask as
every role, and both are looked at in detail in the deep run alone; the browser on SQLite with a smoke on PostgreSQL.
A part in which no test ran is a failure, so an empty collection cannot pass; nor can a guard with a branch that no test
takes (`branches.py`).
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
sys.path.insert(0, str(ROOT))

from tests import branches, postgres, stopping, templates  # noqa: E402

# T21: what is asked in place of a scanner of others' making, which no package registry gives.
NOT_PASSED = {"failure", "error", "skipped"}
IN_ITS_PLACE = ("T1", "T2", "T19", "T20", "bandit")
MEMORY, ROOM = Path("/dev/shm"), 6 << 30  # noqa: S108  # a folder of our own is made in it
CORES = max(1, min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))
SQLITE_TEMPLATE = "template on SQLite"
BYTECODE = ROOT / "build" / "bytecode"
# On PostgreSQL these are looked at in part, and whole in the deep run.
BEHIND_PAGES = (
    "integration/access",
    "integration/audit",
    "integration/breaches",
    "integration/common",
    "integration/cases",
    "integration/intake",
    "integration/linkage",
    "integration/orders",
    "integration/people",
    "integration/planning",
    "integration/prevention",
    "integration/published",
    "integration/scrutiny",
    "integration/victims",
)
# What the database itself guards, and what asks it in its own words, is looked at on both. What a package does with its rows asks
# it through one library: on PostgreSQL that is looked at where most of the package is reached at once, and whole in the deep run.
BY_THE_DATABASE = (
    "integration/access",
    "integration/audit",
    "integration/common",
    "integration/people",
    "integration/published",
)
MOST_AT_ONCE = (
    "integration/breaches/test_stories.py",
    "integration/cases/test_hearings.py",
    "integration/intake/test_dry_run.py",
    "integration/intake/test_not_storable.py",
    "integration/intake/published_tables/test_B8_street.py",
    "integration/intake/records/test_every_kind.py",
    "integration/linkage/test_identity.py",
    "integration/linkage/test_pairs_due.py",
    "integration/linkage/test_person_decide.py",
    "integration/orders/test_due.py",
    "integration/orders/test_life.py",
    "integration/planning/test_plans.py",
    "integration/prevention/test_scores.py",
    "integration/scrutiny/test_interviews.py",
    "integration/victims/test_due.py",
)
# What no package of the register is asked in: commands, days, measures. Read from the folder, so that none is forgotten.
ELSEWHERE = tuple(
    name
    for path in sorted((TESTS / "integration").iterdir())
    if (path.is_dir() or path.match("test_*.py"))
    and path.name != "__pycache__"
    and (name := f"integration/{path.name}") not in BEHIND_PAGES
)
# On PostgreSQL nearly every page is opened, as every other role, and what is behind its wall is looked at from all sides; so is
# every address that programs ask. What a page or an address says in detail it says of the same answers: that is looked at on
# SQLite, and on both in the deep run.
WALLS = ("web/test_role_matrix.py", "web/restricted", "api/test_T1_T8_api.py", "api/test_scopes.py")
# Folders of the plan that hold no test yet. One that is missing and not listed here is a failure, so none is lost unseen.
NOT_YET = frozenset({"spec"})


@dataclass(frozen=True, slots=True)
class Part:
    """Some folders on one database.

    `parallel` parts share the machine's cores among `workers`; one that is not runs beside the part before it. The branches of
    what guards people's data are counted in those that are `measured`. What is `only_deep` is left to the deep run.
    """

    name: str
    folders: tuple[str, ...]
    only_deep: tuple[str, ...] = ()
    on_postgres: bool = False
    on_a_database: bool = True
    parallel: bool = True
    workers: int = CORES
    options: tuple[str, ...] = ()
    measured: bool = False


PARTS = (
    Part("pure", ("unit", "architecture", "fuzz"), on_a_database=False, measured=True),
    Part("SQLite", ("integration", "web", "api", "concurrency", "spec"), measured=True),
    Part(
        "PostgreSQL",
        (*BY_THE_DATABASE, *MOST_AT_ONCE, *ELSEWHERE, "concurrency", "spec", *WALLS),
        only_deep=(*BEHIND_PAGES, "web", "api"),
        on_postgres=True,
        measured=True,
    ),
    # Who waits for a browser leaves a core idle nearly half of the time.
    Part("browser, SQLite", ("functional",), workers=CORES + 1),
    Part("browser, PostgreSQL", ("functional",), on_postgres=True, parallel=False, options=("-m", "postgres_smoke")),
)


@dataclass(slots=True)
class Result:
    """What became of one part. `why` says what is wrong with it beside failed tests."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    why: str = ""
    # How many of its passed tests stand in the place of a scanner (T21), by what they look for.
    in_its_place: Counter[str] = field(default_factory=Counter)

    @property
    def ok(self) -> bool:
        return not (self.failed or self.why)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: `narrowed` when only some tests were asked for, so that a part may be empty."""

    deep: bool
    paths: tuple[Path, ...]
    options: tuple[str, ...]

    @property
    def narrowed(self) -> bool:
        return bool(self.paths) or any(option in {"-k", "-m", "--lf", "--last-failed"} for option in self.options)


def asked_for(argv: Sequence[str]) -> Asked:
    parser = argparse.ArgumentParser(prog="bin/test", usage="%(prog)s [--deep] [-k EXPR] [PATH...] [pytest options]")
    parser.add_argument("--deep", action="store_true", help="also the tests that take long")
    known, rest = parser.parse_known_args(argv)
    paths = tuple((ROOT / word).resolve() for word in rest if _is_path(word))
    return Asked(known.deep, paths, tuple(word for word in rest if not _is_path(word)))


def _is_path(word: str) -> bool:
    return (
        not word.startswith("-")
        and (ROOT / word.partition("::")[0]).exists()
        and TESTS in (ROOT / word).resolve().parents
    )


def folders_at_fault() -> list[str]:
    """Folders with tests that no part runs, and folders that a part expects and are not there."""
    planned = {Path(folder).parts[0] for part in PARTS for folder in part.folders}
    present = {path.relative_to(TESTS).parts[0] for path in TESTS.rglob("test_*.py")}
    return [
        *(f"tests/{name} is run by no part: add it to tests/run.py" for name in sorted(present - planned)),
        *(f"tests/{name} holds no test" for name in sorted(planned - present - NOT_YET)),
        *(f"tests/{name} has tests now: take it off NOT_YET" for name in sorted(present & NOT_YET)),
    ]


def targets(part: Part, asked: Asked) -> list[Path]:
    """The paths pytest is given for a part."""
    wanted = dict.fromkeys((*part.folders, *(part.only_deep if asked.deep or asked.paths else ())))
    there = [TESTS / folder for folder in wanted if (TESTS / folder).exists()]
    folders = [one for one in there if not _within(one.parent, there)]
    if not asked.paths:
        return folders
    inside = [path for path in asked.paths if _within(path, folders)]
    return inside + [folder for folder in folders if _within(folder, asked.paths) and folder not in inside]


def _within(path: Path, folders: Iterable[Path]) -> bool:
    return any(folder == path or folder in path.parents for folder in folders)


def in_memory() -> str | None:
    """Where a system keeps files in memory, if it has room: SQLite waits for a disk at every commit of a test, and it proves
    nothing that it did."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return str(MEMORY) if roomy else None


def environment_of(part: Part, scratch: Path, database: str) -> dict[str, str]:
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DATABASE_URL", "DJANGO_"))
    }
    env |= {"CRAFFU_MODE": "test", "CRAFFU_HOME": str(scratch / f"home of {part.name}")}
    if env.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Each of the many processes of a run would compile all of Django and of Craffu again, and each run all of its tests: a
        # minute of a processor. It is kept beside no source, and made anew where a source has changed.
        env["PYTHONPYCACHEPREFIX"] = str(BYTECODE)
    if part.on_postgres:
        env["DATABASE_URL"] = database
    return env


def template_of(part: Part, scratch: Path) -> Path:
    """The folder of the database that the workers of a part copy: one for each kind of database."""
    return scratch / ("template on PostgreSQL" if part.on_postgres else SQLITE_TEMPLATE)


def make_templates(parts: Iterable[Part], scratch: Path, database: str) -> None:
    """Bring up a database of each kind that the parts need, side by side."""
    needed = {template_of(part, scratch): part for part in parts if part.on_a_database}
    with ThreadPoolExecutor() as several:
        made = [
            several.submit(
                templates.make, folder, environment_of(part, scratch, database), database if part.on_postgres else ""
            )
            for folder, part in needed.items()
        ]
    for one in made:
        one.result()


def at_once(parts: Iterable[Part]) -> list[list[Part]]:
    """The parts by when they run: one of a single process together with the part before it."""
    groups: list[list[Part]] = []
    for part in parts:
        if groups and not part.parallel:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def run_together(parts: Sequence[Part], asked: Asked, scratch: Path, database: str) -> list[Result]:
    """Run some parts at once: what the first says is seen as it says it, what the others say when they have ended."""
    first, *others = parts
    with ThreadPoolExecutor(len(parts)) as pool:
        says = {part: scratch / f"what {part.name} says" for part in others}
        running = [pool.submit(run_part, part, asked, scratch, database, path) for part, path in says.items()]
        results = [run_part(first, asked, scratch, database)]
        for path, other in zip(says.values(), running, strict=True):
            results.append(other.result())
            print(path.read_text(encoding="utf-8"), end="", flush=True)
    return results


def run_part(part: Part, asked: Asked, scratch: Path, database: str, says: Path | None = None) -> Result:
    """Run one part in its own process and read from its report how many tests ran; `says` is where it writes what it says."""
    report = scratch / f"{part.name}.xml"
    env = environment_of(part, scratch, database)
    if part.on_a_database:
        env[templates.TEMPLATE] = str(template_of(part, scratch))
        env[templates.TWIN] = str(scratch / SQLITE_TEMPLATE)
    command = [sys.executable, "-m", "pytest", "-q", *map(str, targets(part, asked)), *part.options, *asked.options]
    command += ["--junit-xml", str(report), "--basetemp", str(scratch / f"files of {part.name}")]
    alone = not part.parallel or any(option.startswith("-n") for option in asked.options)
    command += [] if alone else ["-n", str(part.workers), "--dist", "worksteal"]
    command += ["--deep"] if asked.deep else []
    if not asked.deep:
        # Spark is asked a handful of questions: what compiles them best takes longest to begin.
        env["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    if part.measured and not asked.narrowed:
        env |= branches.environment(measurements(scratch, part))
    started = time.monotonic()
    with says.open("w", encoding="utf-8") if says else nullcontext(sys.stdout) as out:
        print(f"\n== {part.name} ==", file=out, flush=True)
        code = subprocess.run(command, check=False, cwd=ROOT, env=env, stdout=out if says else None).returncode
    result = read_report(part.name, report, code, narrowed=asked.narrowed)
    result.seconds = time.monotonic() - started
    return result


def measurements(scratch: Path, part: Part) -> Path:
    return scratch / f"branches of {part.name}"


def read_report(name: str, report: Path, code: int, *, narrowed: bool) -> Result:
    """The counts of a part from pytest's own report, and what its exit code says beside."""
    result = Result(name)
    if report.exists():
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 - pytest has just written it
        counts = {
            key: sum(int(suite.get(key, 0)) for suite in suites) for key in ("tests", "failures", "errors", "skipped")
        }
        result.failed = counts["failures"] + counts["errors"]
        result.skipped = counts["skipped"]
        result.passed = max(0, counts["tests"] - result.failed - result.skipped)
        names = [
            one.get("name", "")
            for suite in suites
            for one in suite.iter("testcase")
            if not NOT_PASSED & {of.tag for of in one}
        ]
        result.in_its_place.update(
            key for name in names for key in IN_ITS_PLACE if f"_{key}_" in name.partition("[")[0]
        )
    if code not in {0, 1, 5}:
        result.why = f"pytest stopped with exit {code}"
    elif code == 1 and not result.failed:
        result.why = "pytest reports a failure outside the tests"
    elif not (result.passed or result.failed or narrowed):
        result.why = "no test ran"
    return result


def branches_not_taken(parts: Sequence[Part], scratch: Path) -> list[str]:
    return branches.not_taken([measurements(scratch, part) for part in parts if part.measured], scratch)


def mistakes_not_noticed() -> list[str]:
    """Small mistakes put into pure modules and guards, for the deep run: too few noticed is a failure."""
    print("\n== mistakes in pure modules and guards ==", flush=True)
    code = subprocess.run([sys.executable, TESTS / "mutation.py"], check=False, cwd=ROOT).returncode
    return ["too few mistakes are noticed by the tests: tests/mutation.py names them"] if code else []


def versions(database: str) -> str:
    if not database:
        return f"SQLite {sqlite3.sqlite_version}"
    with postgres.psycopg.connect(database) as connection:
        number = connection.info.server_version
    return f"SQLite {sqlite3.sqlite_version} and PostgreSQL {number // 10000}.{number % 10000}"


def closing_lines(results: Sequence[Result], faults: Sequence[str], on: str, seconds: float) -> tuple[list[str], bool]:
    """The summary, and whether all is well."""
    width = max(len(result.name) for result in results)
    lines = [f"{'part'.ljust(width)}  passed  failed  skipped    time"]
    for result in results:
        counts = f"{result.passed:>6}  {result.failed:>6}  {result.skipped:>7}  {result.seconds:>6.1f} s"
        lines.append(f"{result.name.ljust(width)}  {counts}{f'  {result.why}' if result.why else ''}")
    passed, failed, skipped = (
        sum(getattr(result, key) for result in results) for key in ("passed", "failed", "skipped")
    )
    faults = [*faults, *([] if passed or failed else ["no test ran"])]
    ok = not faults and all(result.ok for result in results)
    lines += faults
    lines.append(
        f"{'ok' if ok else 'FAILED'}: {passed} passed, {failed} failed, {skipped} skipped in {seconds:.0f} s on {on}"
    )
    return lines, ok


def without_a_scanner(results: Sequence[Result]) -> tuple[str, list[str]]:
    """T21: what the run says in place of one, and what of that did not run."""
    found = sum((one.in_its_place for one in results), Counter[str]())
    counts = ", ".join(f"{key} {found[key]}" for key in IN_ITS_PLACE)
    missing = [
        f"T21: no test of {key} passed, which stands in the place of a scanner"
        for key in IN_ITS_PLACE
        if not found[key]
    ]
    return f"T21: no scanner of others' making looked at the running site. In its place passed: {counts}.", missing


def main(argv: Sequence[str]) -> int:
    asked = asked_for(argv)
    parts = [part for part in PARTS if targets(part, asked)]
    if not parts:
        print("bin/test: there is no such test", file=sys.stderr)
        return 2
    stopping.like_ctrl_c()
    started = time.monotonic()
    results: list[Result] = []
    try:
        with ExitStack() as stack:
            folder = tempfile.TemporaryDirectory(prefix="craffu-tests-", dir=in_memory(), ignore_cleanup_errors=True)
            scratch = Path(stack.enter_context(folder))
            database = stack.enter_context(postgres.server()) if any(part.on_postgres for part in parts) else ""
            on = versions(database)
            make_templates(parts, scratch, database)
            for group in at_once(parts):
                results += run_together(group, asked, scratch, database)
            faults = [] if asked.narrowed else [*folders_at_fault(), *branches_not_taken(parts, scratch)]
            faults += mistakes_not_noticed() if asked.deep and not asked.narrowed else []
    except postgres.NoServer as fault:
        print(f"bin/test: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nbin/test: stopped", file=sys.stderr)
        return 130
    if not asked.narrowed:
        said, missing = without_a_scanner(results)
        print(f"\n{said}")
        faults += missing
    lines, ok = closing_lines(results, faults, on, time.monotonic() - started)
    print("\n" + "\n".join(lines))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
