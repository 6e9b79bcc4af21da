"""Reports whose recommendations come with Craffu, as far as their texts are public, read from their files (R1 to R6, SCR-10)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from craffu.scrutiny.recommending.facts import NewRecommendation, NewReport, Shipped
from craffu.scrutiny.recommending.kinds import Matter
from craffu.scrutiny.recommending.rules import ReportBy

FILES: Final = Path(__file__).parent / "shipped"


@cache
def shipped() -> Mapping[str, Shipped]:
    """By key, the oldest first."""
    read = [_read(path) for path in FILES.glob("*.toml")]
    return {one.key: one for one in sorted(read, key=lambda one: one.report.published_on)}


def _read(path: Path) -> Shipped:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    title, missing = said["title"], said["missing"]
    report = NewReport(ReportBy(said["by"]), title["en"], title["cy"], said["published_on"], said["source"])
    return Shipped(
        said["key"], report, tuple(map(_recommendation, said["recommendations"])), missing["en"], missing["cy"]
    )


def _recommendation(said: Mapping[str, Any]) -> NewRecommendation:
    return NewRecommendation(
        said["number"], Matter(said["matter"]), said["en"], said["cy"], said.get("measure", ""), said.get("target", "")
    )
