"""The assessor's file: what `docs/assessor/asvs.tsv` says, the pages that are made from it and from the models' own words.

`python -m tests.architecture.assessing` writes both pages anew.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source import ROOT

FOLDER = ROOT / "docs" / "assessor"
ROWS, ASVS, KEPT = FOLDER / "asvs.tsv", FOLDER / "asvs.md", FOLDER / "what-is-kept.md"
MET, FAILING, NOT_APPLICABLE = "met", "failing", "not applicable"
# What is counted in the standard's repository: its first and second level, and what we chose of the third.
LEVELS = {1: 70, 2: 183}
CHOSEN = {
    "1.2.10",
    "2.3.5",
    "5.2.4",
    "7.5.3",
    "8.2.4",
    "8.3.2",
    "14.2.7",
    *(f"15.4.{one}" for one in range(1, 5)),
    "16.5.4",
}
CHECK = "bin/check"
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_DEFINED = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement by its number, in a few words of ours, how it stands, and what proves it."""

    number: str
    level: int
    words: str
    status: str
    proofs: tuple[str, ...]
    why: str

    @property
    def is_about_documents(self) -> bool:
        """The first section of each chapter asks that something is written down."""
        return self.number.split(".")[1] == "1" and self.number.split(".")[0] not in {"1", "4", "9", "10", "12", "17"}


def rows(path: Path = ROWS) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Row(one["number"], int(one["level"]), one["words"], one["status"], tuple(one["proofs"].split()), one["why"])
            for one in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def anchors(text: str) -> set[str]:
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(text)}


def is_there(proof: str) -> bool:
    """Whether what a row names exists: a test in its file, a heading of a page, or the check of every step."""
    if proof == CHECK:
        return (ROOT / CHECK).exists()
    name, mark, part = proof.partition("::") if "::" in proof else proof.partition("#")
    path = (ROOT if mark == "::" else FOLDER) / name
    if not mark or not path.is_file():
        return False
    text = path.read_text(encoding="utf-8")
    return part in (_DEFINED.findall(text) if mark == "::" else anchors(text))


def faults(found: Iterable[Row]) -> Iterator[str]:
    """What keeps the file from being believed."""
    for row in found:
        yield from (f"{row.number}: {one} is not there" for one in row.proofs if not is_there(one))
        if row.status == MET and not row.proofs:
            yield f"{row.number} is met and names no proof"
        if row.status == MET and not row.is_about_documents and all("#" in one for one in row.proofs):
            yield f"{row.number} is met by words alone"
        if row.status != MET and not row.why:
            yield f"{row.number} does not say why it is {row.status}"
        if row.status not in {MET, FAILING, NOT_APPLICABLE} or not row.words:
            yield f"{row.number} does not say how it stands"


def _place(number: str) -> tuple[int, ...]:
    return tuple(int(one) for one in number.split("."))


def page_of_rows(found: list[Row]) -> str:
    """`asvs.md`, from the data."""
    counts = Counter((row.level, row.status) for row in found)
    stands = {level: [counts[level, one] for one in (MET, NOT_APPLICABLE, FAILING)] for level in (1, 2, 3)}
    head = [
        "# OWASP ASVS 5.0.0, row by row",
        "",
        "Made from `asvs.tsv` by `python -m tests.architecture.assessing`; `tests/architecture/test_assessors_file.py` holds it",
        "to the code. Every requirement of the first and second level, and those of the third that were chosen. Numbers are the",
        "standard's; the words are ours and short: read the standard beside it. *Met* names what proves it; *failing* says why.",
        "",
        "| level | met | not applicable | failing | together |",
        "|---|---|---|---|---|",
        *(
            f"| {'chosen of ' if level == 3 else ''}L{level} | {' | '.join(map(str, several))} | {sum(several)} |"
            for level, several in stands.items()
        ),
        "",
        "## Failing",
        "",
        *(f"- **{row.number}** (L{row.level}) {row.words}: {row.why}." for row in found if row.status == FAILING),
        "",
        "## All of them",
        "",
        "| row | level | asks for | stands | proof | note |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(_line, found), ""])


def _line(row: Row) -> str:
    proofs = ", ".join(_shown(one) for one in row.proofs)
    return f"| {row.number} | {row.level} | {row.words} | {row.status} | {proofs} | {row.why} |"


def _shown(proof: str) -> str:
    name, mark, part = proof.partition("#")
    return f"[{part.replace('-', ' ')}]({proof})" if mark else f"`{name}`"


def page_of_what_is_kept() -> str:
    """`what-is-kept.md`, from what each model says of its own fields (SEC-08, SEC-09)."""
    from craffu.access.boundaries.rules import kind_of
    from craffu.common.fields import EncryptedTextField
    from tests.architecture.test_relations import our_models

    lines = [
        "# What is kept",
        "",
        "Made from the models by `python -m tests.architecture.assessing`. A field that *identifies* somebody is erased with",
        "them; `*` is encrypted.",
        "",
        "| table | kind of record | fields that identify somebody | kept with | other fields |",
        "|---|---|---|---|---|",
    ]
    for model in sorted(our_models(), key=lambda one: one._meta.label):
        fates = model.Handling.fields  # type: ignore[attr-defined]
        encrypted = {field.name for field in model._meta.fields if isinstance(field, EncryptedTextField)}
        named = [name + "*" * (name in encrypted) for name, fate in fates.items() if fate.identifying]
        kept = sorted({fate.kept.value.removeprefix("with_") for fate in fates.values() if fate.identifying} or {"-"})
        kind = kind_of(model._meta.label)
        others = len(fates) - len(named)
        lines.append(
            f"| {model._meta.label} | {kind.value if kind else '-'} | {', '.join(named) or '-'} | {', '.join(kept)} | {others} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craffu.config.settings")
    django.setup()
    ASVS.write_text(page_of_rows(rows()), encoding="utf-8")
    KEPT.write_text(page_of_what_is_kept(), encoding="utf-8")
