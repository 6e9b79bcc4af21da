"""References in addresses: a letter, a hyphen and a number, and never anything else (page map, URLs).

A path's part is named after what it refers to (`person`, `case`, `run`), which is also how the log names it.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, register_converter, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from craffu.web.presenters import Text

_SHAPE = "[A-Z]{1,3}-[0-9]{1,12}"
_IN_WORDS = re.compile(rf"\b{_SHAPE}\b", re.ASCII)
_WHOLE = re.compile(_SHAPE, re.ASCII)
# Stands in an address where the reference does.
_PLACE = "X-999999999999"


class ReferenceConverter:
    """`P-10001`. What is not of this shape is no address of ours."""

    regex = _SHAPE

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")


def address_of(page: str, part: str, reference: str) -> str:
    """The address of the page about one reference, as `reverse` gives it."""
    return addresses_of(page, part)(reference)


def addresses_of(page: str, part: str) -> Callable[[str], str]:
    """What gives the address of the page about each reference: a list asks for a hundred that differ in that alone."""
    before, after = _around(page, part, where_shown())

    def address(reference: str) -> str:
        if not _WHOLE.fullmatch(reference):
            raise NoReverseMatch(f"{page} is about no such reference")
        return f"{before}{reference}{after}"

    return address


type Where = tuple[str | None, str, str | None]


def where_shown() -> Where:
    """What decides an address beside its name: the reader's language, where Craffu lies, and which of its sites it is."""
    return get_language(), get_script_prefix(), get_urlconf()


@lru_cache(maxsize=256)
def _around(page: str, part: str, _where: Where) -> tuple[str, str]:
    before, _place, after = reverse(page, kwargs={part: _PLACE}).partition(_PLACE)
    return before, after


def address_of_page(page: str) -> str:
    """The address of a page about no record, as `reverse` gives it: every page leads to a dozen of them."""
    return _plain(page, where_shown())


@lru_cache(maxsize=1024)
def _plain(page: str, _where: Where) -> str:
    return reverse(page)


def has_reference(words: str) -> bool:
    # Most words have no hyphen, and to look for one is quicker.
    return "-" in words and _IN_WORDS.search(words) is not None


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
