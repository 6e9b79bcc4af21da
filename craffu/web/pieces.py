"""The tag and the details of the design system, written out as their macros write them: a page about a case has a dozen.

That the two say the same, to the byte, is tested with the examples that the design system publishes.
"""

from collections.abc import Mapping
from typing import Any

from jinja2.filters import do_indent
from markupsafe import Markup, escape

from craffu.web.references import has_reference, unbroken
from craffu.web.tables import attributes_html, classes_html, said_html


def tag_html(params: Mapping[str, Any]) -> Markup:
    """A status in a few words. Only what is markup already is not escaped."""
    markup, text = params.get("html"), params.get("text")
    if not markup and text is not None and has_reference(str(text)):
        markup = unbroken(str(text))
    words = do_indent(escape(markup).strip(), 2) if markup else escape("" if text is None else text)
    more = attributes_html(params.get("attributes"))
    tag = f'<strong class="govuk-tag{classes_html(params.get("classes"))}"{more}>\n  {words}\n</strong>\n'
    return Markup(tag)  # noqa: S704  # every part is escaped, or markup that was given as such


def details_html(params: Mapping[str, Any], inside: str | None = None) -> Markup:
    """What is shown to whoever asks for it: `inside`, or what the parameters hold."""
    summary = (
        do_indent(escape(params["summaryHtml"]).strip(), 6)
        if params.get("summaryHtml")
        else escape(params.get("summaryText", ""))
    )
    named = f' id="{escape(params["id"])}"' if params.get("id") else ""
    more = f"{attributes_html(params.get('attributes'))}{' open' if params.get('open') else ''}"
    details = (
        f'<details{named} class="govuk-details{classes_html(params.get("classes"))}"{more}>\n'
        f'  <summary class="govuk-details__summary">\n    <span class="govuk-details__summary-text">\n      {summary}\n'
        f'    </span>\n  </summary>\n  <div class="govuk-details__text">\n    {escape(inside) if inside else said_html(params)}\n'
        "  </div>\n</details>\n"
    )
    return Markup(details)  # noqa: S704  # every part is escaped, or markup that was given as such
