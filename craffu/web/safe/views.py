"""The safe page: she is asked, answers and leaves, and nothing is left on the device (VIC-01, VIC-02, VIC-11; page map, P20).

One address for all of it. Whatever opens nothing is answered alike. What was answered is never shown again.
"""

import hmac
from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting, acting_system
from craffu.access.queries import home_force
from craffu.access.signing_in.actions import begin_page_try, record_failed_try, take_back_page_try
from craffu.access.wall.reach import working_for
from craffu.common import clock
from craffu.common.languages import Language
from craffu.common.refusals import NotNow, NotPermitted
from craffu.daily.ticking import follow
from craffu.victims import events
from craffu.victims.answering.actions import answer, ask_again, call_instead, open_page, page_of, send
from craffu.victims.answering.facts import OpenPage, Sent
from craffu.victims.answering.kinds import CALL_ME, GO_ON, Question
from craffu.victims.answering.rules import was_told
from craffu.victims.inviting.rules import code_meant
from craffu.web.access.clients import came_from
from craffu.web.safe import forms, presenters
from craffu.web.safe.forms import CARRIED, when_answer
from craffu.web.safe.guarding import (
    COOKIE,
    PENDING,
    SENT,
    TO_BE_CALLED,
    cookie_of,
    drawn,
    drop_cookie,
    guarded,
    is_ours,
    keep_cookie,
    log,
    turn_of,
)

# Who acts: nobody. What may be done hangs on the secret that whoever uses the page holds.
THE_PAGE = "safe page"
# Longer than anything that opens something, or that is an answer.
_LONGEST_SECRET = 64


@login_not_required
@csrf_exempt
@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Whatever stands next: the code, what to know before, a question, the check. Each is sent here and leads here again."""
    force = home_force()
    with working_for(force.pk):
        by = acting_system(force, THE_PAGE).during(request.request_id)  # type: ignore[attr-defined]
        return _sent(request, by) if request.method == "POST" else _shown(request, by)


def _here() -> HttpResponse:
    return HttpResponseRedirect(reverse("safe_page"), status=303)


def _language() -> Language:
    return Language(get_language() or Language.ENGLISH)


def _shown(
    request: HttpRequest, by: Acting, problem: str = "", status: int = 200, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    cookie = cookie_of(request)
    if cookie in (SENT, TO_BE_CALLED):
        # Said once: who looks again finds where a code is entered, as whoever never was here.
        response = drawn(request, "finished.html", presenters.finished(is_called=cookie == TO_BE_CALLED))
        drop_cookie(response)
        return response
    if cookie.startswith(PENDING):
        return drawn(request, "begin.html", presenters.begin())
    open_now = page_of(by, cookie, clock.now())
    if open_now is None:
        return drawn(request, "code.html", presenters.code(problem), status=status)
    question = _asked_now(open_now)
    if question is None:
        return drawn(request, "check.html", presenters.check(open_now, problem), status=status)
    template = {Question.BEFORE: "before.html", Question.READERS: "readers.html"}.get(question, "question.html")
    said = presenters.question(open_now, question, problem, typed or {})
    return drawn(request, template, {**said, "turn": turn_of(request, open_now.last_at)}, status=status)


def _asked_now(page: OpenPage) -> Question | None:
    """The next question; before words, whoever was not told of their readers in this language is told first (VIC-11)."""
    writes = page.next is Question.WORDS or (page.next is None and bool(page.answers.get(Question.WORDS, "").strip()))
    if writes and not was_told(_language(), page.notice):
        return Question.READERS
    return page.next


def _sent(request: HttpRequest, by: Acting) -> HttpResponse:
    cookie = cookie_of(request)
    if not is_ours(request):
        return _here()
    if "code" in request.POST or cookie.startswith(PENDING):
        return _opened(request, by, cookie)
    try:
        return _answered(request, by, cookie)
    except NotPermitted:
        # It closed by itself, or somebody ended it.
        request.COOKIES.pop(COOKIE, None)
        response = _shown(request, by, presenters.has_closed(), status=403)
        drop_cookie(response)
        return response


def _opened(request: HttpRequest, by: Acting, cookie: str) -> HttpResponse:
    """A code or a link is used, behind a limit of tries; whatever opens nothing is answered alike."""
    is_link = cookie.startswith(PENDING)
    secret = cookie.removeprefix(PENDING) if is_link else code_meant(request.POST.get("code", "")[:_LONGEST_SECRET])
    tried = begin_page_try(came_from=came_from(request))
    try:
        if tried.held:
            raise NotPermitted("held_back", "")
        opened = open_page(by=by, secret=secret)
    except NotPermitted as refusal:
        record_failed_try(tried=tried, request=by.request, kind=events.PAGE_REFUSED, reason=refusal.code)
        request.COOKIES.pop(COOKIE, None)
        response = _shown(request, by, presenters.opens_nothing(is_held=bool(tried.held)), status=403)
        drop_cookie(response)
        return response
    take_back_page_try(tried=tried)
    path = "/cy/t/" if opened.language == Language.WELSH else reverse("safe_page")
    response = HttpResponseRedirect(path, status=303)
    keep_cookie(response, opened.secret)
    return response


def _answered(request: HttpRequest, by: Acting, cookie: str) -> HttpResponse:
    said = request.POST
    standing = page_of(by, cookie, clock.now())
    if standing is None:
        raise NotPermitted("opens_nothing", "")
    if "call" in said:
        call_instead(by=by, cookie=cookie, language=_language())
        return _over(by, TO_BE_CALLED)
    if "again" in said:
        if said["again"] in standing.answers:
            ask_again(by=by, cookie=cookie, question=Question(said["again"]))
        return _here()
    if "send" in said:
        return _is_sent(request, by, cookie)
    typed = _typed(request, standing)
    if "language" in said:
        return _shown(request, by, typed=typed)
    return _one_answered(request, by, cookie, typed)


def _typed(request: HttpRequest, page: OpenPage) -> Mapping[str, str]:
    """What she typed, to be shown back while she has not answered it; nothing to whoever sends an old form once more."""
    is_now = hmac.compare_digest(request.POST.get("turn", ""), turn_of(request, page.last_at))
    return forms.typed(request.POST) if is_now else {}


def _one_answered(request: HttpRequest, by: Acting, cookie: str, typed: Mapping[str, str]) -> HttpResponse:
    said = request.POST
    try:
        question = Question(said.get("question", ""))
        answered = (
            when_answer(said, clock.now()) if question is Question.WHEN else said.get("said", "").replace("\r\n", "\n")
        )
        left = answer(by=by, cookie=cookie, question=question, said=answered, language=_language())
    except NotNow as refusal:
        return _shown(request, by, refusal.message, status=422, typed=typed)
    except (ValueError, ValidationError):
        words = _(
            "Enter a day that has been, such as 24 11 2026, and a time such as 14:30. Or tick that you are not sure."
        )
        return _shown(request, by, words, status=422, typed=typed)
    if left is not None:
        is_told_again = question is Question.READERS and answered == GO_ON and typed.get(CARRIED)
        return _shown(request, by, typed=typed) if is_told_again else _here()
    return _over(by, TO_BE_CALLED if answered == CALL_ME else "")


def _is_sent(request: HttpRequest, by: Acting, cookie: str) -> HttpResponse:
    try:
        send(by=by, cookie=cookie, given=Sent(_language().value))
    except NotNow as refusal:
        return _shown(request, by, refusal.message, status=422)
    return _over(by, SENT)


def _over(by: Acting, says: str) -> HttpResponse:
    """It is sent, or left; without a word to say it leads away at once. What it told of is looked into now."""
    try:
        follow(force=by.force)
    except Exception as fault:
        log.warning("what was told is left to the next tick (%s)", type(fault).__name__)
    if not says:
        return leave_site_now()
    response = _here()
    keep_cookie(response, says)
    return response


@login_not_required
@csrf_exempt
@guarded
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A link was opened: its secret goes from the address into the cookie, and is used only when somebody presses *Continue*.

    So it stands in no history, and a program that looks at links before somebody does has not used it up.
    """
    response = _here()
    if request.method == "GET":
        keep_cookie(response, f"{PENDING}{secret}")
    return response


@login_not_required
@guarded
@require_safe
def leave_site(_request: HttpRequest) -> HttpResponse:
    """Exit this page: everything of ours goes from the browser, which goes elsewhere. Nothing is read and nothing logged."""
    return leave_site_now()


def leave_site_now() -> HttpResponse:
    response = HttpResponseRedirect(settings.CRAFFU_SAFE_PAGE["exit"], status=303)
    drop_cookie(response)
    # Nothing of it lies in any cache, and to clear that takes long.
    response["Clear-Site-Data"] = '"cookies", "storage"'
    return response
