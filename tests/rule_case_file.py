"""The worked cases of the rules, read from the shared domain folder where it lies beside the project."""

import json
from pathlib import Path
from typing import Any

import pytest

CASE_FILE = Path(__file__).resolve().parents[2] / "shared" / "domain" / "rule_cases.json"
ABSENT = "skipped: no shared data"


def worked_cases(*wanted: str) -> list[Any]:
    """Parameters for the cases of some groups (INT) or rules (CLK-01), each marked with the rule it proves."""
    if not CASE_FILE.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=ABSENT))]
    cases = json.loads(CASE_FILE.read_text(encoding="utf-8"))["cases"]
    return [
        pytest.param(case, id=case["id"], marks=pytest.mark.rule(case["rule"]))
        for case in cases
        if {case["rule"], case["rule"].partition("-")[0]} & set(wanted)
    ]
