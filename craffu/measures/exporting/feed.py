"""The figures that anybody may read, as a feed for programs: JSON Feed 1.1, with each figure beside its words (X17, X21)."""

from collections.abc import Iterator
from typing import Any, Final

from craffu.clocks.london import utc_text
from craffu.measures.definitions import Definition, definition
from craffu.measures.exporting.shapes import LAYOUT
from craffu.measures.kept.reading import Figure, Kept
from craffu.published.disclosure import To

FILE: Final = "feed.json"
_VERSION: Final = "https://jsonfeed.org/version/1.1"


def feed(kept: Kept, force: str) -> dict[str, Any]:
    """Every measure by the rule for the public, whoever made the feed."""
    return {
        "version": _VERSION,
        "title": f"{force}: measures of civil orders, breaches and victims",
        "language": "en",
        "_craffu": {
            "layout": LAYOUT, "snapshot": kept.snapshot, "digest": kept.digest, "as_known_at": utc_text(kept.at),
            "rule": "Counts below 10 are hidden, others to the nearest 5, and what they could be worked back from is hidden.",
        },
        "items": [_item(kept, code) for code in sorted(kept.measures)],
    }  # fmt: skip


def _item(kept: Kept, code: str) -> dict[str, Any]:
    defined, told = definition(code), kept.told(code, To.PUBLIC)
    periods = (("now", kept.first, kept.last, told.now), ("before", kept.first_before, kept.last_before, told.before))
    return {
        "id": f"{code}/{kept.snapshot}",
        "title": defined.name.en,
        "content_text": "\n".join(_words(defined, told.now)),
        "date_published": utc_text(kept.at),
        "_craffu": {
            "measure": code, "version": told.version, "sha256": told.sha256, "question": defined.question.en,
            "kind": defined.kind.value, "unit": defined.unit.value, "denominator": defined.denominator.en,
            "traps": [trap.en for trap in defined.traps],
            "figures": [
                {"period": name, "from": first.isoformat(), "to": last.isoformat(), **_figure(one)}
                for name, first, last, several in periods
                for one in several
            ],
        },
    }  # fmt: skip


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "part": one.part, "split": one.split or None, "of": one.of or None, "numerator": one.numerator,
        "denominator": one.denominator, "value": one.value, "interval": list(one.interval) if one.interval else None,
        "is_hidden": one.is_hidden, "note": one.note, "beside": dict(one.beside),
    }  # fmt: skip


def _words(defined: Definition, told: tuple[Figure, ...]) -> Iterator[str]:
    yield defined.question.en
    words = {part.key: part.words.en for part in defined.parts}
    for one in told:
        of = f" ({one.split}: {one.of or 'not said'})" if one.split else ""
        yield f"{words[one.part]}{of}: {_said(one)}"


def _said(one: Figure) -> str:
    """Of nothing to divide it says that there are no cases, and never nought (MSR-02)."""
    if one.value is None:
        return one.note or "no value"
    counts = f"{one.numerator}" if one.denominator is None else f"{one.numerator} of {one.denominator}"
    return f"{counts}{f'; {one.note}' if one.note else ''}"
