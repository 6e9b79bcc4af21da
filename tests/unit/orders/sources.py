"""The tables of rules.md, read where the shared domain folder lies beside the project."""

from pathlib import Path

DOMAIN = Path(__file__).resolve().parents[4] / "shared" / "domain"
RULES = DOMAIN / "rules.md"
ABSENT = "skipped: no shared data"


def annex_table(annex: str, *, columns: int, header: str = "") -> list[list[str]]:
    """The first table of an annex that has so many columns, without its head; `header` is how the head's first cell reads."""
    text = RULES.read_text(encoding="utf-8")
    inside = text.partition(f"## Annex {annex}:")[2].partition("\n## ")[0]
    found: list[list[str]] = []
    for line in inside.splitlines():
        cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        if line.startswith("|") and len(cells) == columns:
            found.append(cells)
        elif found and (not header or found[0][0] == header):
            break
        else:
            found = []
    return found[2:]


def rule_text(rule: str) -> str:
    """The row of a rule."""
    lines = RULES.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"| {rule} |"))
