"""What was just done, said once at the top of the page that follows. It names nobody: it travels in a cookie."""

from django.contrib import messages
from django.http import HttpRequest

from craffu.web.presenters import Text

# A page that shows words of its own elsewhere gives them no tag, and they are not said twice.
_ON_TOP = "on-top"


def say_done(request: HttpRequest, words: Text) -> None:
    messages.success(request, str(words), extra_tags=_ON_TOP)


def said_done(request: HttpRequest) -> tuple[str, ...]:
    return tuple(str(one) for one in messages.get_messages(request) if one.extra_tags == _ON_TOP)
