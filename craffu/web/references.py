"""References in addresses: a letter, a hyphen and a number, and never anything else (page map, URLs).

A path's part is named after what it refers to (`person`, `case`, `run`), which is also how the log names it.
"""

import re

from django.http import HttpRequest
from django.urls import register_converter
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from craffu.web.presenters import Text

_IN_WORDS = re.compile(r"\b[A-Z]{1,3}-[0-9]{1,12}\b", re.ASCII)


class ReferenceConverter:
    """`P-10001`. What is not of this shape is no address of ours."""

    regex = "[A-Z]{1,3}-[0-9]{1,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")


def has_reference(words: str) -> bool:
    return _IN_WORDS.search(words) is not None


def unbroken(text: Text) -> SafeString:
    """Words, escaped, in which no line ends within a reference."""
    escaped = conditional_escape(str(text))
    return mark_safe(_IN_WORDS.sub(r'<span class="craffu-unbroken">\g<0></span>', escaped))  # noqa: S308  # escaped above


def refs_asked_for(request: HttpRequest) -> list[str]:
    """What a request asked for, as the log writes it: the page and the references in its address."""
    match = request.resolver_match
    if match is None:
        return []
    return [f"page/{match.view_name}", *(f"{name}/{value}" for name, value in sorted(match.kwargs.items()))]
