"""Which tests pass over which line of the modules that guard people's data: those that could notice a mistake there.

Measured once, by running the tests in question with each line's test written down beside it.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest
from pathlib import Path
from xml.etree import ElementTree

from coverage import CoverageData

from tests import templates

ROOT = Path(__file__).resolve().parents[1]
# The tests of a package are those under its name. What stands below all pages is noticed in these too.
KINDS = ("unit", "integration", "web")
BESIDE = {
    "access": ("integration/common", "web/exports", "web/restricted", "web/rights"),
    "orders": ("web/considering", "web/library", "web/proposals", "web/reviews"),
}
# More tests than these seldom notice what these did not, and each that survives costs them all.
MOST, SECONDS = 60, 60.0


@dataclass(frozen=True)
class Passing:
    """For each module and line the tests that pass over it, and how long each test takes."""

    lines: Mapping[str, Mapping[int, frozenset[str]]]
    seconds: Mapping[str, float]

    def over(self, module: str, line: int) -> list[str]:
        """At most so many tests, those first that are most about the module. What no test passes over alone, being done when the
        module is loaded or part of a longer statement, any may notice that passes over the module."""
        lines = self.lines.get(module, {})
        tests = lines.get(line) or frozenset(chain.from_iterable(lines.values()))
        own = Counter(chain.from_iterable(lines.values()))
        about = sorted(tests, key=lambda name: (-own[name] / self._all[name], self.seconds[name], name))
        # And of every file some: what stands below all pages is noticed by tests that are about something else.
        chosen: list[str] = []
        spent = 0.0
        for test in dict.fromkeys([*about[: MOST // 2], *_of_every_file(about)]):
            spent += self.seconds[test]
            if len(chosen) == MOST or (chosen and spent > SECONDS):
                break
            chosen.append(test)
        return chosen

    @cached_property
    def _all(self) -> Counter[str]:
        """How many lines of all modules each test passes over."""
        return Counter(chain.from_iterable(tests for lines in self.lines.values() for tests in lines.values()))


def _of_every_file(tests: Iterable[str]) -> Iterator[str]:
    files: dict[str, list[str]] = {}
    for test in tests:
        files.setdefault(test.partition("::")[0], []).append(test)
    return filter(None, chain.from_iterable(zip_longest(*files.values())))


def template(folder: Path) -> dict[str, str]:
    """What tests are told so that each copies one database that was brought up to date, made here."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("CRAFFU_", "DATABASE_URL", "DJANGO_"))
    }
    env |= {"CRAFFU_MODE": "test", "CRAFFU_HOME": str(folder / "home")}
    templates.make(folder / "template", env, "")
    return {**env, templates.TEMPLATE: str(folder / "template")}


def folders_of(modules: Iterable[str]) -> list[Path]:
    """The folders with the tests of these modules' packages."""
    packages = sorted({Path(module).parts[1] for module in modules})
    own = (f"{kind}/{package}" for package in packages for kind in KINDS)
    beside = chain.from_iterable(BESIDE.get(package, ()) for package in packages)
    return [path for name in (*own, *beside) if (path := ROOT / "tests" / name).is_dir()]


def look(folder: Path, env: Mapping[str, str], modules: Iterable[str]) -> Passing:
    """Run the tests once. Raises RuntimeError where one of them fails."""
    # Whatever begins with the name of the data is removed before they are measured.
    settings, report, data = folder / "settings.ini", folder / "report.xml", folder / "measured"
    listed = "".join(f"\n    {ROOT / name}" for name in modules)
    settings.write_text(f"[run]\nrelative_files = True\ninclude ={listed}\n", encoding="utf-8")
    options = [
        "-q",
        "-n",
        str(len(os.sched_getaffinity(0))),
        "--cov",
        f"--cov-config={settings}",
        "--cov-report=",
        "--cov-context=test",
    ]
    command = [sys.executable, "-m", "pytest", *map(str, folders_of(modules)), *options, "--junit-xml", str(report)]
    done = subprocess.run(
        command, check=False, cwd=ROOT, env={**env, "COVERAGE_FILE": str(data)}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"the tests fail without any mistake:\n{done.stdout[-2_000:]}")
    seconds = _seconds(report)
    measured = CoverageData(str(data))
    measured.read()
    lines = {}
    for module in modules:
        told = measured.contexts_by_lineno(module)
        lines[module] = {
            line: frozenset(name for context in tests if (name := context.partition("|")[0]) in seconds)
            for line, tests in told.items()
        }
    return Passing(lines, seconds)


def _seconds(report: Path) -> dict[str, float]:
    """How long each test took, under the name that pytest is given for it."""
    found = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):  # noqa: S314 - pytest has just written it
        path = str(case.get("classname", "")).replace(".", "/") + ".py"
        found[f"{path}::{case.get('name')}"] = float(case.get("time", 0))
    return found
