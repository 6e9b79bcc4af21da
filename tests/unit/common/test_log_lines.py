"""A fault in the log tells its kind and its place, and nobody's name (SEC-06)."""

import logging
import sys

import pytest
from django.conf import settings

from craffu.common.log_lines import LineFormatter

SAID = "Sian Rees, 1 Heol Hir"


def _fails(name: str) -> None:
    try:
        int(name)
    except ValueError as fault:
        raise KeyError(name) from fault


@pytest.mark.rule("SEC-06")
def test_a_fault_is_told_by_kind_and_place_and_not_by_what_it_says() -> None:
    try:
        _fails(SAID)
    except KeyError:
        told = sys.exc_info()
    record = logging.LogRecord(
        "craffu", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/orders/O-10001",), told
    )
    line = LineFormatter("%(levelname)s %(message)s").format(record)
    assert line.splitlines()[0] == "ERROR Internal Server Error: /orders/O-10001"
    assert [one for one in line.splitlines() if not one.startswith(" ")][1:] == [
        "builtins.ValueError", "and from it:", "builtins.KeyError",
    ]  # fmt: skip
    assert "in _fails" in line
    assert "Sian" not in line


def test_what_goes_round_in_a_circle_ends() -> None:
    one, other = ValueError(SAID), KeyError(SAID)
    one.__context__, other.__context__ = other, one
    assert LineFormatter().formatException((ValueError, one, None)).splitlines() == [
        "builtins.KeyError", "and from it:", "builtins.ValueError",
    ]  # fmt: skip
    assert LineFormatter().formatException((None, None, None)) == ""


def test_every_line_of_an_installation_is_written_so() -> None:
    assert {one["()"] for one in settings.LOGGING["formatters"].values()} == {
        LineFormatter.__module__ + ".LineFormatter"
    }
    assert {one["formatter"] for one in settings.LOGGING["handlers"].values()} == {"line"}
