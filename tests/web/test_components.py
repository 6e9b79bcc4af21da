"""Every GOV.UK component we wrap renders the HTML of GOV.UK's own examples, and text stays text.

The examples are the fixtures shipped in the npm package at the locked version.
"""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.utils import translation
from markupsafe import Markup

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

# They carry the crown, which is gov.uk's alone: the page frame has its own header and footer.
NOT_WRAPPED = {"header", "footer"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta"}


class Canonical(HTMLParser):
    """HTML as a list of what it says: tags with sorted attributes, and words with single spaces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = tuple(sorted((name, self.attribute(name, value or "")) for name, value in attrs))
        self.parts.append(("<", tag, shown))

    @staticmethod
    def attribute(name: str, value: str) -> str:
        return " ".join(sorted(value.split())) if name == "class" else value.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.parts.append((">", tag))

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words:
            self.parts.append(words)


def canonical(html: str) -> list[object]:
    reader = Canonical()
    reader.feed(html)
    reader.close()
    joined: list[object] = []
    for part in reader.parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined


def as_markup(key: str, value: Any) -> Any:
    """A fixture's parameters with everything that it means as markup marked as such."""
    if isinstance(value, dict):
        return {
            name: Markup(inner) if key == "slots" and isinstance(inner, str) else as_markup(name, inner)  # noqa: S704
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [as_markup(key, inner) for inner in value]
    if isinstance(value, str) and (key.lower().endswith("html") or key == "attributes"):
        return Markup(value)  # noqa: S704
    return value


def fixtures() -> Iterator[Any]:
    for path in sorted(COMPONENTS.glob("*/fixtures.json")):
        component = path.parent.name
        if component not in NOT_WRAPPED:
            for fixture in json.loads(path.read_text(encoding="utf-8"))["fixtures"]:
                yield pytest.param(component, fixture, id=f"{component}: {fixture['name']}")


def rendered(component: str, params: dict[str, Any], language: str = "en") -> str:
    name = component.replace("-", "_")
    source = f'{{% from "components/govuk.html" import {name} %}}{{{{ {name}(params) }}}}'
    with translation.override(language):
        return str(engines["jinja2"].from_string(source).render({"params": params}))


@pytest.mark.parametrize(("component", "fixture"), list(fixtures()))
def test_a_component_renders_as_gov_uk_shows_it(component: str, fixture: dict[str, Any]) -> None:
    assert canonical(rendered(component, as_markup("", fixture["options"]))) == canonical(fixture["html"])
