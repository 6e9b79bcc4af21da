"""What was just done, or must be known, said once on top of the page that follows. It names nobody: it travels in a cookie."""

from typing import Final, NamedTuple

from django.contrib import messages
from django.http import HttpRequest

from craffu.web.presenters import Text

# A page that shows words of its own elsewhere gives them no tag, and they are not said twice.
_DONE: Final = "on-top"
_TO_KNOW: Final = "to-know"


class SaidOnTop(NamedTuple):
    done: tuple[str, ...]
    to_know: tuple[str, ...]


def say_done(request: HttpRequest, words: Text) -> None:
    messages.success(request, str(words), extra_tags=_DONE)


def say_to_know(request: HttpRequest, words: Text) -> None:
    """What whoever asked must know of the page that follows, although nothing was done."""
    messages.info(request, str(words), extra_tags=_TO_KNOW)


def said_on_top(request: HttpRequest) -> SaidOnTop:
    said = [(one.extra_tags, str(one)) for one in messages.get_messages(request)]
    return SaidOnTop(*(tuple(words for tag, words in said if tag == wanted) for wanted in (_DONE, _TO_KNOW)))
