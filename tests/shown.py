"""What each claim of the issues is shown by: docs/shown.toml as a page, and as a run of the tests that it names.

python tests/shown.py > docs/shown.md    the page, written anew
python tests/shown.py A C                prints and runs the tests of these issues
python tests/shown.py --deep A C         and those that run in the deep run alone
"""

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "shown.toml"
HEAD = """# What each issue must show, and what shows it

Made from `shown.toml` by `python tests/shown.py > docs/shown.md`. A test holds that the two say the same, that each test,
command and benchmark named here exists, and that a test is of the deep run exactly where it says so. The claims are those
under *Must show* of each issue, in our words. `python tests/shown.py A` runs what shows issue A, with `--deep` the long
part too; commands, benchmarks and what is done by hand are printed there, not run. A test that needs the data beside the
project is skipped without them.

**deep**: in `bin/test --deep` alone. **more in deep**: there with more or larger cases. **open**: what is missing, or was
missed when last measured. A claim with something open is shown in part, or not at all where nothing else is named.
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, by the letter of its issue and a number, and all that shows it. Tests are named by path and function."""

    id: str
    claim: str
    tests: tuple[str, ...] = ()
    deep: tuple[str, ...] = ()
    more_in_deep: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()
    by_hand: str = ""
    goal: str = ""
    open: str = ""

    @property
    def issue(self) -> str:
        return self.id[0]

    @property
    def has_evidence(self) -> bool:
        return bool(
            self.tests
            or self.deep
            or self.more_in_deep
            or self.rules
            or self.commands
            or self.benchmarks
            or self.by_hand
        )


@dataclass(frozen=True, slots=True)
class Table:
    issues: dict[str, str]
    claims: tuple[Claim, ...]

    def of(self, issue: str) -> list[Claim]:
        return [claim for claim in self.claims if claim.issue == issue]


def read(path: Path = TABLE) -> Table:
    """Raises TypeError for a key that a claim does not have."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    made = (
        Claim(**{key: tuple(value) if isinstance(value, list) else value for key, value in one.items()})
        for one in said["claim"]
    )
    return Table(said["issues"], tuple(made))


def page(table: Table) -> str:
    lines = [HEAD, "| issue | claims | shown | in part | open |", "|---|---|---|---|---|"]
    for letter, title in table.issues.items():
        claims = table.of(letter)
        part = sum(bool(one.open) and one.has_evidence for one in claims)
        none = sum(not one.has_evidence for one in claims)
        lines.append(f"| {letter}. {title} | {len(claims)} | {len(claims) - part - none} | {part} | {none} |")
    for letter, title in table.issues.items():
        lines += ["", f"## {letter}. {title}", "", "| | claim | shown by | goal | open |", "|---|---|---|---|---|"]
        for one in table.of(letter):
            cells = (one.id, one.claim, "<br>".join(evidence(one)), one.goal, one.open)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def evidence(one: Claim) -> Iterator[str]:
    for tests, when in ((one.tests, ""), (one.more_in_deep, ", **more in deep**"), (one.deep, ", **deep**")):
        for path, several in groupby(tests, key=lambda test: test.partition("::")[0]):
            yield f"`{path}`: {', '.join(f'`{test.partition("::")[2]}`' for test in several)}{when}"
    if one.rules:
        yield f"tests marked {', '.join(one.rules)}"
    yield from (f"`{command}`" for command in one.commands)
    yield from (f"`bin/bench {name}`" for name in one.benchmarks)
    if one.by_hand:
        yield f"by hand: {one.by_hand}"


def runs(claims: Iterable[Claim], *, deep: bool) -> list[list[str]]:
    """What tests/run.py is asked, one run after another: the quick tests, and with `deep` those of the deep run."""
    claims = list(claims)

    def named(*kinds: str) -> list[str]:
        return sorted({f"tests/{test}" for one in claims for kind in kinds for test in getattr(one, kind)})

    quick, long = named("tests", *(() if deep else ("more_in_deep",))), named("deep", "more_in_deep")
    return [run for run in (quick, ["--deep", *long] if deep and long else []) if run]


def main(argv: Sequence[str]) -> int:
    table = read()
    parser = argparse.ArgumentParser(prog="tests/shown.py", description="What shows each claim of the issues.")
    parser.add_argument("issues", nargs="*", metavar="ISSUE", help=f"of {' '.join(table.issues)}; none prints the page")
    parser.add_argument("--deep", action="store_true", help="also the tests of the deep run")
    asked = parser.parse_args(argv)
    if unknown := [issue for issue in asked.issues if issue not in table.issues]:
        parser.error(f"there is no issue {', '.join(unknown)}; there are {' '.join(table.issues)}")
    if not asked.issues:
        print(page(table), end="")
        return 0
    claims = [one for issue in asked.issues for one in table.of(issue)]
    for one in claims:
        print(f"{one.id}  {one.claim}", *evidence(one), *([f"open: {one.open}"] if one.open else []), sep="\n      ")
    codes = [
        subprocess.run([sys.executable, ROOT / "tests" / "run.py", *run], check=False, cwd=ROOT).returncode
        for run in runs(claims, deep=asked.deep)
    ]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
