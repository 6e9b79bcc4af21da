"""What of a page says the same to everybody: written once in a process for each language, and printed from then on.

`{% kept %} ... {% endkept %}` in a template keeps what stands between. It may name nothing but what is listed here: words of
ours, addresses of pages about no record, files of the design, and components of these. Anything else, such as the reader,
their rights, a record or a token of the request, is refused when the template is read, so nothing of anybody is ever kept.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Any, Final

from django.template import engines
from django.utils.translation import get_language, gettext
from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from craffu.web.references import Where, where_shown

# The two languages have some thousand words each.
_MOST_WORDS: Final = 16_384
# Each for two languages, and for each place that a proxy says we are served at.
_MOST_FRAGMENTS: Final = 1_024
# What a fragment may be made of.
NAMED: Final = frozenset({"_", "url", "static", "none", "button", "date_input", "skip_link"})


class KeptFragment(Extension):
    """The tag `kept`. What was written lies in `environment.kept`, by the fragment and where it is shown."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.tags = {"kept"}
        self.fragments = count()
        self.written: dict[tuple[int, Where], Markup] = {}
        environment.extend(kept=self.written)

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        for name in nodes.Template(body).find_all(nodes.Name):
            if name.name not in NAMED:
                parser.fail(f"{name.name} may differ from page to page, and is not kept", name.lineno)
        call = self.call_method("once", [nodes.Const(next(self.fragments))])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def once(self, fragment: int, caller: Callable[[], Markup]) -> Markup:
        shown = (fragment, where_shown())
        found = self.written.get(shown)
        if found is None:
            if len(self.written) >= _MOST_FRAGMENTS:
                self.written.clear()
            found = self.written[shown] = caller()
        return found


def said(message: str, /, **values: Any) -> Markup:
    """The `_` of templates: words in the reader's language, with values that are made safe as they are put in."""
    words, alone = _words(get_language(), message)
    return words % values if values or alone is None else alone


@lru_cache(maxsize=_MOST_WORDS)
def _words(_language: str | None, message: str) -> tuple[Markup, Markup | None]:
    """The words with places for values, and as they stand alone; None where they cannot."""
    words = Markup(gettext(message))  # noqa: S704  # our own words, as Jinja's own `_` marks them
    try:
        return words, words % {}
    except KeyError:
        return words, None


def component(name: str, params: object, door: str = "components/govuk.html") -> Markup:
    """A component as a template prints it, for what says the same each time and is kept by who asks."""
    macros = engines["jinja2"].env.get_template(door).module  # type: ignore[attr-defined]
    printed: Markup = getattr(macros, name)(params)
    return printed
