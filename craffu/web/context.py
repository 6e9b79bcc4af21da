"""The frame of a page: its language and the other one, who reads it, and what they may open.

English pages lie at their plain path and Welsh ones at the same path under /cy/, so the other language is always
the same page, question and all.
"""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.web.access.lasting import session_shown
from craffu.web.done import said_on_top
from craffu.web.navigation import navigation
from craffu.web.presenters import PageFrame, Params
from craffu.web.restricted.countdown import emergencies_shown
from craffu.web.translations import is_draft

WELSH = "cy"
ENGLISH = "en"
_LANGUAGE_NAMES = {ENGLISH: "English", WELSH: "Cymraeg"}


def address_in(language: str, request: HttpRequest) -> str:
    """The page that was asked for, in `language`, with its query."""
    prefix = get_script_prefix()
    path = request.path.removeprefix(prefix)
    plain = "" if path == WELSH else path.removeprefix(f"{WELSH}/")
    query = request.META.get("QUERY_STRING", "")
    in_language = f"{prefix}{WELSH}/{plain}" if language == WELSH else f"{prefix}{plain}"
    return f"{in_language}?{query}" if query else in_language


def language_choice(request: HttpRequest, current: str) -> Params:
    """The language navigation: the page's own language as text, the other as a link."""
    return {
        "items": [
            {"text": name, "lang": code, "current": True}
            if code == current
            else {"text": name, "lang": code, "href": address_in(code, request)}
            for code, name in _LANGUAGE_NAMES.items()
        ],
    }


def _language() -> str:
    return WELSH if (get_language() or settings.LANGUAGE_CODE).startswith(WELSH) else ENGLISH


def bare_frame(request: HttpRequest) -> PageFrame:
    """The frame of a page for nobody in particular. It asks nothing of the database, whose failure it may announce."""
    language = _language()
    return PageFrame(
        language=language,
        languages=language_choice(request, language),
        shows_draft_tag=language == WELSH and is_draft(),
    )


def reader_frame(request: HttpRequest) -> PageFrame:
    """The frame for whoever the request's middleware found to be acting, or the bare one."""
    frame = bare_frame(request)
    reader: Acting | None = getattr(request, "acting", None)
    if reader is None or reader.user is None:
        return frame
    menu, said = navigation(reader.rights, request.path), said_on_top(request)
    return replace(
        frame,
        force_name=reader.force.name_cy if frame.language == WELSH else reader.force.name_en,
        reader_name=reader.user.name,
        navigation=menu.items,
        menu=menu.html,
        done=said.done,
        to_know=said.to_know,
        session=session_shown(request),
        emergencies=emergencies_shown(reader, getattr(request, "shown", frozenset()), clock.now()),
    )


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` on every page rendered for a request."""
    return {"frame": reader_frame(request)}
