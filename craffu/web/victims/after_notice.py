"""A victim's words are taken by two pages, whoever takes them: the notice, and once it was shown, one for the words (VIC-11).

Who was not shown it, in this talk and by this person, is sent to it; their words are not taken.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from craffu.access.acting import Acting
from craffu.common.refusals import NotNow
from craffu.victims.voice.noticing import Carried, carried, carry
from craffu.web.done import say_done
from craffu.web.victims.voice_notice import shown_words


@dataclass(frozen=True, slots=True)
class Taking:
    """One way in which words are taken. `form` reads what is sent, `record` keeps it; `around` is what stands above the words of
    a victim named by reference, and logs that the page was looked at. `begins` is the address of the notice, `goes_to` of the
    words, `ends` of what comes after. `beside` is the field beside which a refusal is said.
    """

    form: Callable[[Any], Any]
    record: Callable[[Any, Carried], object]
    around: Callable[[str, bool], Mapping[str, Any]]
    begins: str
    goes_to: str
    ends: str
    said: str
    beside: Mapping[str, str]


def after_the_notice(request: HttpRequest, by: Acting, taking: Taking, victim: str, language: str) -> HttpResponse:
    """The page for the words, of whom the notice was shown to just now."""
    shown = carry(by, victim, language)
    return _page(request, taking, shown, carried(by, shown), taking.form(None))


def words_taken(request: HttpRequest, by: Acting, taking: Taking, whose: Collection[str]) -> HttpResponse:
    """The words of one of these victims, kept; the page again where they cannot be; the notice where it was not shown."""
    shown = request.POST.get("shown", "")
    read = carried(by, shown)
    if read is None or read.victim not in whose:
        return redirect(taking.begins)
    form = taking.form(request.POST)
    if form.is_valid():
        try:
            taking.record(form, read)
        except NotNow as refusal:
            form.add_error(taking.beside.get(refusal.code), refusal.message)
        else:
            say_done(request, taking.said)
            return redirect(taking.ends)
    return _page(request, taking, shown, read, form)


def _page(request: HttpRequest, taking: Taking, shown: str, read: Carried | None, form: Any) -> HttpResponse:
    around = taking.around(read.victim if read else "", bool(form.errors))
    page = {
        "form": form,
        "whose": "",
        "shown": shown,
        "notice": shown_words(read) if read else "",
        "goes_to": taking.goes_to,
        **around,
    }
    return render(request, "victims/words.html", page)
