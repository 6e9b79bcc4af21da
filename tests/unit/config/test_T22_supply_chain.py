"""T22: nothing high from bandit, each lesser finding named with its reason; a bill of materials that lists every lock."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.architecture.source import ROOT

PYTHON = Path(sys.executable)
ONLY_NAMES = "names of tables and columns that are ours or Django's; test_T22_own_rules.py reads each"
KNOWN = {
    ("craffu/access/wall/tables.py", "B608"): ONLY_NAMES,
    ("craffu/access/asking.py", "B608"): "a statement that Django wrote, counted as Django counts one",
    ("craffu/audit/naming.py", "B608"): "texts of the module's own, by vendor, with places for values",
    ("craffu/audit/naming.py", "B611"): "texts of the module's own, by vendor, with places for values",
    ("craffu/audit/queries.py", "B608"): ONLY_NAMES,
    ("craffu/audit/triggers.py", "B608"): ONLY_NAMES,
    ("craffu/common/copying.py", "B608"): ONLY_NAMES,
    ("craffu/common/lookups.py", "B608"): ONLY_NAMES,
    ("craffu/common/rewrapping.py", "B608"): ONLY_NAMES,
    ("craffu/config/backups/databases.py", "B608"): ONLY_NAMES,
    ("craffu/config/bench/dashboards.py", "B608"): "a query of the bench, of our own numbers and names alone",
    ("craffu/measures/exporting/formulas.py", "B608"): "a query that proves a model, of our own names alone, quoted",
    ("craffu/config/bench/records.py", "B608"): "in a database that is thrown away",
    ("craffu/config/bench/scoring.py", "B608"): "a query of the bench, of our own numbers and names alone",
    ("craffu/config/bench/search_peers.py", "B608"): "in a database that is thrown away",
    ("craffu/intake/actions.py", "B608"): ONLY_NAMES,
    ("craffu/engines/growing.py", "B608"): "columns of our own snapshot, many times over to measure how it grows",
    ("craffu/linkage/model/asking.py", "B608"): "levels and numbers of the model's own, over tables of this run",
    ("craffu/people/search/actions.py", "B608"): ONLY_NAMES,
    ("craffu/people/search/tables.py", "B608"): ONLY_NAMES,
    ("craffu/published/queries.py", "B608"): ONLY_NAMES,
    ("craffu/published/queries.py", "B611"): ONLY_NAMES,
    ("craffu/web/bars.py", "B704"): "every part is escaped before it is put together",
    ("craffu/web/dates.py", "B704"): "every part is escaped before it is put together",
    ("craffu/web/kept.py", "B704"): "our own words of templates; values are escaped as they are put in",
    ("craffu/web/pieces.py", "B704"): "every part is escaped before it is put together",
    ("craffu/web/summaries.py", "B704"): "every part is escaped before it is put together",
    ("craffu/web/tables.py", "B704"): "every part is escaped before it is put together",
    ("craffu/web/timelines.py", "B704"): "every part is escaped before it is put together",
    ("craffu/web/wayfinding.py", "B704"): "every part is escaped before it is put together",
    ("craffu/web/references.py", "B308"): "escaped in the line before",
    ("craffu/web/references.py", "B703"): "escaped in the line before",
}


def bandit(*paths: Path) -> list[dict[str, Any]]:
    """What bandit finds of medium severity and above."""
    done = subprocess.run(
        [PYTHON, "-m", "bandit", "-q", "-ll", "-r", *paths, "-x", "*/migrations/*", "-f", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["errors"] == []
    assert answer["metrics"]["_totals"]["loc"] > 0
    results: list[dict[str, Any]] = answer["results"]
    return results


@pytest.mark.deep  # `bin/check` asks ruff's own of these rules at every step
@pytest.mark.slow
def test_T22_bandit_finds_nothing_high_and_nothing_new() -> None:
    found = bandit(Path("craffu"))
    assert [one for one in found if one["issue_severity"] == "HIGH"] == []
    assert {(one["filename"].removeprefix("./"), one["test_id"]) for one in found} == set(KNOWN)


def test_T22_bandit_would_say_so(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("import subprocess\nsubprocess.run(input(), shell=True)\n")
    assert [one["issue_severity"] for one in bandit(bad)] == ["HIGH"]


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "bin" / "steps" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sbom"] = module
    spec.loader.exec_module(module)
    return module


def test_T22_the_bill_of_materials_lists_every_lock_with_its_hashes(tmp_path: Path) -> None:
    out = tmp_path / "sbom.json"
    subprocess.run([PYTHON, "-I", ROOT / "bin" / "steps" / "sbom.py", "--out", out], check=True, capture_output=True)
    said = json.loads(out.read_text())
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    listed = {one["purl"]: one for one in said["components"]}
    locked = {
        f"pkg:pypi/{line.partition('==')[0].partition('[')[0]}@{line.partition('==')[2].split()[0]}"
        for lock in (ROOT / "requirements").glob("*.txt")
        for line in lock.read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len(locked) > 100
    assert {url for url in listed if url.startswith("pkg:pypi/")} == {url.lower() for url in locked}
    assert len(listed) == len(locked) + len(packages) - 1
    assert all(one["hashes"] for one in listed.values())
    required = {one["name"] for one in listed.values() if one["scope"] == "required"}
    assert {"django", "cryptography", "govuk-frontend"} <= required
    assert not {"pytest", "axe-core", "bandit"} & required


def test_T22_a_package_without_a_hash_is_refused(sbom: ModuleType) -> None:
    with pytest.raises(ValueError, match="without a hash"):
        list(sbom.python_packages("base", "django==6.1.3 \\\n    # via craffu\n"))


def test_T22_the_same_locks_give_the_same_serial_number(sbom: ModuleType) -> None:
    found = sbom.everything()
    assert sbom.bill(found).serial_number == sbom.bill(sbom.everything()).serial_number
    found[0].version = "0"
    assert sbom.bill(found).serial_number != sbom.bill(sbom.everything()).serial_number


@pytest.mark.deep
@pytest.mark.parametrize("lock", ["base", "dev"])
def test_T22_no_locked_package_has_a_known_weakness(lock: str) -> None:
    try:
        done = subprocess.run(
            [PYTHON, "-m", "pip_audit", "-r", ROOT / "requirements" / f"{lock}.txt", "--disable-pip", "--require-hashes",
             "--progress-spinner", "off", "-f", "json"],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.skip("skipped: the advisory service does not answer")
    if not done.stdout.strip():
        assert "Error" in done.stderr or "error" in done.stderr, done.stderr
        pytest.skip("skipped: no advisory service can be reached")
    told = json.loads(done.stdout)["dependencies"]
    looked_at = [one for one in told if "skip_reason" not in one]
    if not looked_at:
        pytest.skip("skipped: the service that answers knows none of the packages, so nothing is shown")
    assert [one["name"] for one in told if "skip_reason" in one] == []
    assert [one for one in looked_at if one["vulns"]] == []


def locked(name: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", "\n".join(lines), re.MULTILINE))


@pytest.mark.parametrize("name", ["build", "dev", "spark"])
def test_every_lock_holds_what_the_first_holds_in_the_same_version(name: str) -> None:
    base, other = locked("base"), locked(name)
    assert len(base) > 40
    assert base.items() <= other.items()
    assert len(other) > len(base)
