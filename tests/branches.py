"""Which branches of the modules that guard people's data no test takes: permissions, policies, states, the clock, the log.

The parts of the suite that `run.py` says are measured together, by `measuring.py`; parts that reach no guard which these
do not reach are left alone.
"""

import io
import json
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from coverage import Coverage
from coverage.exceptions import CoverageException

from tests import measuring

ROOT = Path(__file__).resolve().parents[1]
GUARDED = (
    "craffu/**/permissions.py",
    "craffu/access/markings.py",
    "craffu/access/emergency/[!m]*.py",
    "craffu/access/exports/*.py",
    "craffu/access/retention/[!m]*.py",
    "craffu/access/rights_requests/[!m]*.py",
    "craffu/access/restricted/[!m]*.py",
    "craffu/access/reach/[!m]*.py",
    "craffu/**/policies.py",
    "craffu/**/states.py",
    "craffu/access/*/actions.py",
    "craffu/access/*/rules.py",
    "craffu/access/factors/codes.py",
    "craffu/access/factors/passkeys.py",
    "craffu/common/clock.py",
    "craffu/audit/*.py",
)


def guarded() -> list[str]:
    """The modules of which every branch must be taken, from the root."""
    return sorted({path.relative_to(ROOT).as_posix() for pattern in GUARDED for path in ROOT.glob(pattern)})


def settings(folder: Path) -> Path:
    """A settings file for coverage that reports on these modules alone."""
    path = folder / "branches.ini"
    listed = "".join(f"\n    {ROOT / name}" for name in guarded())
    path.write_text(f"[run]\nbranch = True\nrelative_files = True\ninclude ={listed}\n", encoding="utf-8")
    return path


def environment(folder: Path) -> dict[str, str]:
    """What the processes of a part are told, so that they measure from their first line on and write to this folder."""
    measuring.prepare(folder, guarded())
    return {measuring.WHERE: str(folder), "PYTEST_PLUGINS": measuring.__name__}


def not_taken(measured: Iterable[Path], folder: Path) -> list[str]:
    """One line for each module with a line or a branch that no test reached, naming them; none is right.

    `measured` are the folders that the parts wrote to.
    """
    report = folder / "branches.json"
    try:
        cover = Coverage(data_file=str(folder / measuring.KEPT_AS), config_file=str(settings(folder)))
        cover.combine([str(path) for path in measured], strict=True, keep=True)
        with redirect_stdout(io.StringIO()):
            cover.json_report(outfile=str(report))
    except CoverageException as fault:
        return [f"branches were not measured: {fault}"]
    return faults(json.loads(report.read_text(encoding="utf-8"))["files"], guarded())


def faults(files: Mapping[str, Any], wanted: Iterable[str]) -> list[str]:
    """What coverage's own report lacks of the modules wanted."""
    found = []
    for name in wanted:
        if name not in files:
            found.append(f"{name} was loaded by no test")
            continue
        lines = [str(line) for line in files[name]["missing_lines"]]
        lost = set(files[name]["missing_lines"])
        branches = [
            f"{start}->{'exit' if end < 0 else end}"
            for start, end in files[name].get("missing_branches", [])
            if start not in lost
        ]
        if missed := [*lines, *branches]:
            found.append(f"{name}: no test reaches {', '.join(missed)}")
    return found
