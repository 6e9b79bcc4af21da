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
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from craffu.web import cells
from craffu.web.components import prepared
from craffu.web.gallery.samples import IN_THE_FRAME, govuk_samples, moj_samples
from craffu.web.pieces import details_html, tag_html
from craffu.web.presenters import Link, PageHead
from craffu.web.summaries import summary_list_html
from craffu.web.wayfinding import breadcrumbs_html, pagination_html

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

# They carry the crown, which is gov.uk's alone: the page frame has its own header and footer.
NOT_WRAPPED = {"header", "footer"}
needs_examples = pytest.mark.skipif(not COMPONENTS.is_dir(), reason="skipped: no node_modules, run bin/build-assets")
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


def rendered(component: str, params: dict[str, Any], language: str = "en", door: str = "govuk") -> str:
    name = component.replace("-", "_")
    source = f'{{% from "components/{door}.html" import {name} %}}{{{{ {name}(params) }}}}'
    with translation.override(language):
        return str(engines["jinja2"].from_string(source).render({"params": params}))


@pytest.mark.parametrize(("component", "fixture"), list(fixtures()))
def test_a_component_renders_as_gov_uk_shows_it(component: str, fixture: dict[str, Any]) -> None:
    assert canonical(rendered(component, as_markup("", fixture["options"]))) == canonical(fixture["html"])


MOVED = Markup("<p>one</p>\n\n<p>two</p>\n")
LISTS = [
    {
        "rows": [
            {"key": {"text": "Two\nlines"}, "value": {"html": MOVED}},
            None,
            {"key": {"text": "P-10001 <"}, "value": {}},
        ]
    },
    {
        "rows": [{"key": {"text": 0}, "value": {"text": 5}}],
        "card": {"title": {"html": MOVED}, "attributes": {"data-x": "<"}},
    },
]


@pytest.mark.parametrize(
    "params", [*(one.values[1]["options"] for one in fixtures() if one.values[0] == "summary-list"), *LISTS]
)
def test_a_summary_list_is_written_to_the_byte_as_the_macro_writes_it(params: dict[str, Any]) -> None:
    ready = prepared(as_markup("", params), "summary_list")
    macro = "govuk_frontend_jinja/components/summary-list/macro.html"
    source = f'{{% from "{macro}" import govukSummaryList %}}{{{{ govukSummaryList(params) }}}}'
    assert summary_list_html(ready) == engines["jinja2"].from_string(source).render({"params": ready})


# Components that Python writes, by their macros' names: what stands for itself is written here as the macro writes it.
WRITTEN = {
    "breadcrumbs": (breadcrumbs_html, "govukBreadcrumbs"),
    "pagination": (pagination_html, "govukPagination"),
    "tag": (tag_html, "govukTag"),
    "details": (details_html, "govukDetails"),
}
BESIDE = [
    ("tag", {"text": "Bail in C-10001 <"}),
    ("tag", {"html": MOVED}),
    ("details", {"summaryText": "P-10001 <", "text": "P-10001 <", "open": True}),
    ("details", {"summaryHtml": MOVED, "html": MOVED, "id": "x"}),
    ("breadcrumbs", {"items": [{"text": "P-10001", "href": "/?a=1&b"}, {"text": gettext_lazy("Error")}]}),
    ("pagination", {"previous": {"href": "p", "labelText": "<"}, "next": {"href": "n", "html": MOVED}}),
    (
        "pagination",
        {"items": [{"number": 1, "href": "?a&b"}, {"ellipsis": True}], "next": {"href": "n", "text": "P-10001"}},
    ),
]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(
    ("component", "params"),
    [*((one.values[0], one.values[1]["options"]) for one in fixtures() if one.values[0] in WRITTEN), *BESIDE],
)
def test_a_component_is_written_to_the_byte_as_its_macro_writes_it(
    component: str, params: dict[str, Any], language: str
) -> None:
    write, macro = WRITTEN[component]
    given = as_markup("", params)
    source = (
        f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {macro} %}}{{{{ {macro}(params) }}}}'
    )
    with translation.override("en"):
        in_english = engines["jinja2"].from_string(source).render({"params": prepared(given)})
        assert write(given) == in_english
    with translation.override(language):
        words = {"Previous", "Next", "Breadcrumb", "Pagination"} if language == "cy" else set()
        assert not [one for one in words if f">{one}<" in write(given) or f'"{one}"' in write(given)]


@needs_examples
def test_the_examples_of_the_locked_version_are_there() -> None:
    shown = {path.parent.name for path in COMPONENTS.glob("*/fixtures.json")}
    assert shown >= NOT_WRAPPED
    assert len(list(fixtures())) > 600


def exported(door: str) -> set[str]:
    """The macros that a page may import from a door."""
    module = engines["jinja2"].env.get_template(f"components/{door}.html").module  # type: ignore[attr-defined]
    return {name for name in vars(module) if not name.startswith("_") and callable(getattr(module, name))}


@needs_examples
def test_every_gov_uk_component_has_its_wrapper() -> None:
    shown = {path.parent.name.replace("-", "_") for path in COMPONENTS.glob("*/fixtures.json")}
    assert exported("govuk") == shown - NOT_WRAPPED


@pytest.mark.parametrize("door", ["govuk", "moj"])
def test_the_gallery_shows_every_component(door: str) -> None:
    samples = govuk_samples() if door == "govuk" else moj_samples()
    assert {sample.name for sample in samples} == exported(door) - IN_THE_FRAME


HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("component", "params"),
    [
        ("button", {"html": HOSTILE}),
        ("button", {"text": HOSTILE, "attributes": f'data-x="1"{HOSTILE}'}),
        ("tag", {"html": gettext_lazy(HOSTILE)}),
        ("table", {"rows": [[{"html": HOSTILE}]], "head": [{"text": HOSTILE}], "classes": "craffu-table--cards"}),
        ("summary-list", {"rows": [{"key": {"html": HOSTILE}, "value": {"html": HOSTILE}}]}),
        ("panel", {"titleHtml": HOSTILE, "html": HOSTILE}),
        ("service-navigation", {"slots": {"start": HOSTILE}, "navigation": [{"html": HOSTILE}]}),
        ("date-input", {"id": "d", "fieldset": {"legend": {"html": HOSTILE}}, "hint": {"html": HOSTILE}}),
        ("character-count", {"name": "c", "maxlength": 5, "label": {"html": HOSTILE}, "value": HOSTILE}),
        ("accordion", {"id": "a", "items": [{"heading": {"html": HOSTILE}, "content": {"html": HOSTILE}}]}),
    ],
)
def test_a_plain_string_is_text_wherever_it_is_given(component: str, params: dict[str, Any]) -> None:
    html = rendered(component, params)
    assert "<script" not in html
    assert "&lt;script" in html


@pytest.mark.parametrize(
    ("component", "params"),
    [
        ("identity_bar", {"title": {"html": HOSTILE}, "facts": [{"label": HOSTILE, "html": HOSTILE}]}),
        ("timeline", {"items": [{"title": HOSTILE, "html": HOSTILE, "tags": [{"html": HOSTILE}]}]}),
        ("alert", {"title": HOSTILE, "html": HOSTILE}),
        ("badge", {"html": HOSTILE}),
        ("filter", {"action": HOSTILE, "optionsHtml": HOSTILE}),
        ("sub_navigation", {"items": [{"html": HOSTILE, "href": HOSTILE}]}),
    ],
)
def test_our_own_components_print_a_plain_string_as_text(component: str, params: dict[str, Any]) -> None:
    assert "<script" not in rendered(component, params, door="moj")


def test_markup_passes() -> None:
    assert "<em>now</em>" in rendered("tag", {"html": Markup("<em>now</em>")})


def test_a_table_of_cards_tells_each_cell_its_heading() -> None:
    params = {
        "classes": "craffu-table--cards",
        "head": [{"text": "Source"}, {"text": "Rows"}],
        "rows": [[{"text": "Police"}, {"text": "3"}]],
    }
    assert 'data-label="Rows"' in rendered("table", params)
    assert "data-label" not in rendered("table", {**params, "classes": ""})


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ({"text": gettext_lazy("Error in P-10001")}, 'Error in <span class="craffu-unbroken">P-10001</span>'),
        ({"text": gettext_lazy(HOSTILE)}, "&lt;script"),
        ({"html": gettext_lazy(HOSTILE)}, "&lt;script"),
        ({"html": HOSTILE}, "&lt;script"),
        ({"html": Markup("<i>&amp; C-7</i>")}, "<i>&amp; C-7</i>"),
        ({"html": format_html("<b>{}</b>", "& C-7")}, "<b>&amp; C-7</b>"),
        ({"text": 0}, ">0<"),
        ({"text": None}, "><"),
        ({"html": "", "text": "C-7"}, '<span class="craffu-unbroken">C-7</span>'),
        ({"text": "x", "attributes": {"data-label": "Its own"}}, 'data-label="Its own"'),
        ({"text": "x", "attributes": {"data-x": HOSTILE}}, 'data-label="Rows" data-x="&lt;script'),
        ({"text": "x", "attributes": f'data-x="1"{HOSTILE}'}, "&lt;script"),
    ],
)
def test_a_cell_is_made_safe_as_it_is_written(cell: dict[str, Any], written: str) -> None:
    params = {
        "classes": "craffu-table--cards",
        "head": [{"text": gettext_lazy("Rows")}],
        "rows": [None, [], [None, cell]],
    }
    html = rendered("table", params)
    assert written in html
    assert html.count("<tr") == 2
    assert html.count("data-label") == 1
    assert "<script" not in html


def test_the_timeline_is_an_ordered_list() -> None:
    html = rendered("timeline", {"items": [{"title": "b"}, {"title": "a"}]}, door="moj")
    assert html.count("<ol") == 1
    assert html.count("<li") == 2


@pytest.mark.parametrize(
    ("component", "params", "english", "welsh"),
    [
        ("error-message", {"text": "x"}, "Error", "Gwall"),
        ("password-input", {"id": "p", "name": "p", "label": {"text": "x"}}, "Show", "Dangos"),
        ("date-input", {"id": "d"}, "Month", "Mis"),
        ("warning-text", {"text": "x"}, "Warning", "Rhybudd"),
        ("error-summary", {"errorList": []}, "There is a problem", "Mae problem"),
    ],
)
@pytest.mark.rule("BIL-01")
def test_the_words_a_component_says_itself_are_welsh_on_a_welsh_page(
    component: str, params: dict[str, Any], english: str, welsh: str
) -> None:
    html = rendered(component, {"titleText": "", **params}, "cy")
    assert welsh in html
    assert english not in html


def test_a_name_that_a_page_was_not_given_is_an_error() -> None:
    template = engines["jinja2"].from_string("{{ nobody_gave_this }}")
    with pytest.raises(UndefinedError):
        template.render({})


def test_an_attribute_that_a_page_object_does_not_have_is_an_error() -> None:
    template = engines["jinja2"].from_string("{% if head.titel %}x{% endif %}")
    with pytest.raises(UndefinedError):
        template.render({"head": PageHead("Title")})


def test_no_line_ends_within_a_reference_in_any_component_but_the_options_of_a_list() -> None:
    table = rendered("table", {"rows": [[{"text": "<b> P-10001, E-7"}, {"text": "well-made"}]]})
    assert '&lt;b&gt; <span class="craffu-unbroken">P-10001</span>, <span class="craffu-unbroken">E-7</span>' in table
    assert "well-made" in table
    listed = rendered("select", {"id": "x", "name": "x", "label": {"text": "One"}, "items": [{"text": "P-10001"}]})
    assert "craffu-unbroken" not in listed


@pytest.mark.parametrize("words", [HOSTILE, gettext_lazy(HOSTILE), Link(HOSTILE, "/")])
def test_the_markup_of_a_cell_holds_words_and_no_markup_of_theirs(words: Any) -> None:
    to = words if isinstance(words, Link) else Link("x", str(words))
    after = "" if isinstance(words, Link) else words
    for cell in (cells.link(to, after), cells.lines([to.text, after, to.href])):
        assert "<script" not in cell["html"]
        assert "&lt;script" in cell["html"]
    assert cells.lines([format_html("<b>{}</b>", "&")])["html"] == '<span class="craffu-line"><b>&amp;</b></span>'
    assert cells.lines(["", "one"]) == {"html": Markup('<span class="craffu-line">one</span>')}
    assert cells.link(Link("C-7", '/"x')) == {
        "html": Markup('<a class="govuk-link craffu-unbroken" href="/&#34;x">C-7</a> ')
    }
