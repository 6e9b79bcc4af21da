"""The printed figures that our statistics must reproduce, read from the shared domain folder where it lies beside the project."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.rule_case_file import ABSENT

METHODS = Path(__file__).resolve().parents[2] / "shared" / "domain" / "method_cases.json"
needs_methods = pytest.mark.skipif(not METHODS.exists(), reason=ABSENT)


def printed(name: str) -> dict[str, Any]:
    """The cases of one method."""
    found: dict[str, Any] = json.loads(METHODS.read_text(encoding="utf-8"))[name]
    return found


def number(value: float | str) -> float:
    """A figure of the file: an exact fraction is written as such."""
    return float(Fraction(value)) if isinstance(value, str) else value
