"""References in addresses: a letter, a hyphen and a number, and never anything else (page map, URLs).

A path's part is named after what it refers to (`person`, `case`, `run`), which is also how the log names it.
"""

from django.http import HttpRequest
from django.urls import register_converter


class ReferenceConverter:
    """`P-10001`. What is not of this shape is no address of ours."""

    regex = "[A-Z]{1,3}-[0-9]{1,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")


def refs_asked_for(request: HttpRequest) -> list[str]:
    """What a request asked for, as the log writes it: the page and the references in its address."""
    match = request.resolver_match
    if match is None:
        return []
    return [f"page/{match.view_name}", *(f"{name}/{value}" for name, value in sorted(match.kwargs.items()))]
