"""Letters to a victim that hang on no order: which may be written, read before one leaves, taken out, what became of it (P17)."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.policies import check_fresh_factor
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow
from craffu.documents.papers import words_of
from craffu.messages.queries import stands
from craffu.orders.printing.rules import Printed
from craffu.people.queries import Identity, identities
from craffu.victims import events
from craffu.victims.agreements.rules import Occasion
from craffu.victims.contacts.actions import refuse_contact
from craffu.victims.contacts.policies import NotSafe
from craffu.victims.contacts.rules import CameBack
from craffu.victims.letters.actions import (
    fetch_letter,
    give_letter,
    letter_came_back,
    post_letter,
    put_letter_back,
    write_letter,
)
from craffu.victims.letters.facts import NewLetter
from craffu.victims.letters.kinds import About
from craffu.victims.letters.policies import ASKED_TODAY, WHY_NOT, WRITTEN
from craffu.victims.letters.queries import (
    News,
    find_letter,
    held,
    is_asked_on,
    is_written,
    key_of,
    letters_to,
    news_to_write,
    stages_to_ask_of,
    terms_of,
    why_not,
)
from craffu.victims.letters.rules import languages_of
from craffu.victims.models import VictimLetter
from craffu.victims.queries import Victim
from craffu.victims.stories import Story, story_of
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.letters import presenters, words
from craffu.web.letters.forms import CameBackForm, GivenForm, PostedForm, WriteForm
from craffu.web.letters.news import NewsHalf, news_halves, news_paper, reference_of
from craffu.web.letters.printing import is_draft
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused
from craffu.web.papers.printing import press
from craffu.web.papers.views import sent_paper
from craffu.web.presenters import Link
from craffu.web.victims.opening import head, open_looked_after, refs
from craffu.web.victims.words import CHANNELS

BESIDE = {
    "told_too_early": "on", "contact_to_come": "on", "letter_not_read": "was_read", "letter_translation": "translator",
}  # fmt: skip


@require_safe
def victim_letters(request: HttpRequest, victim: str) -> HttpResponse:
    """What they can be written of, or why no letter may go, and the letters written."""
    by, found = open_looked_after(request, victim)
    story = story_of(by, found, clock.now())
    letters = letters_to(by, found)
    looked_at(request, events.LETTERS_VIEWED, refs(found))
    why, standing = why_not(story), stands(by.force.code, [key_of(one) for one in letters])
    kept = held(letters, standing)
    asked = [one for one in kept if one.about == About.SURVEY]
    written = {one.of: one for one in reversed(kept) if one.about == About.NEWS}
    news = news_to_write(story)
    page = {
        "head": head(victim, _("Letters to victim %(reference)s") % {"reference": victim}),
        "why": str(WHY_NOT[why]) if why is not None else "",
        "news": presenters.news_links(news, victim, written) if why is None else (),
        "news_made": presenters.news_made(news, victim, written, standing) if why is None else (),
        "surveys": presenters.survey_links(_stages_not_asked_of(story, asked), victim) if why is None else (),
        "why_not_asked": ASKED_TODAY if any(_is_of(story, one) for one in asked) else "",
        "letters": presenters.victim_letters_table(letters, story, standing, victim),
    }
    return render(request, "letters/victim.html", page)


def _is_of(story: Story, letter: VictimLetter) -> bool:
    """Whether a letter was written on the day of a page."""
    return day_of(letter.known_from) == day_of(story.now)


def _stages_not_asked_of(story: Story, asked: Sequence[VictimLetter]) -> list[Occasion]:
    """After which stages a letter may still ask: of one day they are asked once, and of one stage (T29)."""
    written = {one.of for one in asked}
    return (
        []
        if any(_is_of(story, one) for one in asked)
        else [one for one in stages_to_ask_of(story) if one.value not in written]
    )


def _identity(by: Acting, victim: Victim) -> Identity:
    whose = dict.fromkeys(victim.records, victim.person.pk)
    return identities(by, [victim.person], whose=whose)[victim.person.pk]


def _news(story: Story, about: About, of: str) -> News | None:
    """What a letter is to tell; None where it asks. Raises Http404 where there is nothing of the kind to write."""
    if about is About.SURVEY:
        if of not in stages_to_ask_of(story):
            raise Http404
        return None
    news = next((one for one in news_to_write(story) if one.happened.key == of), None)
    if news is None:
        raise Http404
    return news


@require_http_methods(["GET", "HEAD", "POST"])
def victim_letter(request: HttpRequest, victim: str, about: str, of: str) -> HttpResponse:
    """A letter as it will be printed; taken out by the form, with its file, or left in the print queue."""
    by, found = open_looked_after(request, victim)
    check_fresh_factor(by)
    if about not in set(About):
        raise Http404
    story = story_of(by, found, clock.now())
    news = _news(story, About(about), of)
    title = _("Letter to %(name)s") % {"name": victim}
    why = why_not(story, news.happened.kind if news is not None else None)
    said = terms_of(story)
    why_none = _why_none(by, found, story, About(about), of) if request.method != "POST" else ""
    if why is not None or why_none:
        looked_at(request, events.LETTERS_VIEWED, refs(found))
        ways = ", ".join(str(CHANNELS.get(one, one)) for one in said.channels)
        page = {
            "head": head(victim, title),
            "why": why_none if why is None else str(WHY_NOT[why]),
            "safe_ways": "" if why is None else ways,
            "welsh": "",
            "back": _back(victim),
        }
        return render(request, "letters/none.html", page)
    looked_at(request, events.LETTERS_VIEWED, [*refs(found), f"case/{reference_of(story, news)}"])
    made = news_halves(by, story, _identity(by, found), news, languages_of(said.language))
    form = WriteForm(
        request.POST if request.method == "POST" else None, never_say=said.never_say, is_draft=is_draft(made),
        initial={"agreement": story.agreement.pk if story.agreement else None},
    )  # fmt: skip
    status = None
    if form.is_bound and form.is_valid():
        answer = _written(request, story, news, made, form, About(about), of)
        if isinstance(answer, HttpResponse):
            return answer
        status = refused(request, answer)
    page = {
        "head": head(victim, title, has_errors=bool(form.errors)),
        "about": presenters.of_words(About(about), of, story),
        "letters": presenters.shown(made),
        "form": form,
        "to_protected": True,
        "is_read_out": said.language == "other",
        "before": "",
    }
    return render(request, "letters/letter.html", page, status=status)


def _why_none(by: Acting, victim: Victim, story: Story, about: About, of: str) -> str:
    """T29: why there is none to write now: the same was written, or today another asks; empty where there is one."""
    if is_written(by, victim, about, of):
        return str(WRITTEN)
    return str(ASKED_TODAY) if about is About.SURVEY and is_asked_on(by, victim, day_of(story.now)) else ""


def _written(
    request: HttpRequest, story: Story, news: News | None, made: list[NewsHalf], form: WriteForm, about: About, of: str
) -> HttpResponse | NotNow | Conflict:
    """The file, or that it waits in the print queue, or why it was not written, which is said beside the form."""
    given = form.cleaned_data
    victim = story.victim.reference
    by = acting(request)
    try:
        paper = news_paper(by, made, reference_of(story, news), story.now)
        content = press(paper)
        letter = NewLetter(
            about=about, of=of, agreement=given["agreement"], was_read=bool(given.get("was_read")), is_draft=form.is_draft,
            translator=given.get("translator", ""), is_taken=not form.is_left, words=words_of(paper), content=content,
        )  # fmt: skip
        write_letter(by=by, victim=victim, letter=letter, now=story.now)
    except (NotNow, Conflict) as refusal:
        beside = BESIDE.get(refusal.code)
        form.add_error(beside if beside in form.fields else None, refusal.message)
        return refusal
    if form.is_left:
        say_done(request, _("It waits in the print queue."))
        return redirect("victim_letters", victim=victim)
    return sent_paper(content, Printed.LETTER_PROTECTED, story.now)


def _back(victim: str) -> Link:
    return Link(_("Letters to this victim"), reverse("victim_letters", kwargs={"victim": victim}))


def _found(by: Acting, victim: Victim, number: int) -> VictimLetter:
    letter = find_letter(by, victim, number)
    if letter is None:
        raise Http404
    return letter


@require_http_methods(["GET", "HEAD", "POST"])
def victim_letter_print(request: HttpRequest, victim: str, number: int) -> HttpResponse:
    """One letter on its way: fetched to be printed, put back, posted, or come back."""
    by, found = open_looked_after(request, victim)
    letter = _found(by, found, number)
    check_fresh_factor(by)
    act = str(request.POST.get("act", "")) if request.method == "POST" else ""
    posted = PostedForm(request.POST if act == "posted" else None)
    back = CameBackForm(request.POST if act == "back" else None)
    why, status = "", None
    try:
        answer = _done(request, by, victim, number, act, posted, back)
        if answer is not None:
            return answer
    except (NotNow, Conflict) as refusal:
        why, status = refusal.message, refused(request, refusal)
    standing = stands(by.force.code, [key_of(letter)]).get(key_of(letter))
    looked_at(request, events.LETTERS_VIEWED, refs(found))
    title = _("Letter %(number)s to victim %(reference)s") % {"number": number, "reference": victim}
    page = {
        "head": head(victim, title, has_errors=bool(why or back.errors)),
        "about": presenters.of_words(About(letter.about), letter.of, story_of(by, found, clock.now())),
        "written": instant_words(letter.known_from),
        "stands": standing.status.value if standing else "",
        "status_tag": words.STANDS[standing.status].tag if standing else None,
        "since": instant_words(standing.since) if standing else "",
        "by": standing.by if standing else "",
        "reason": presenters.reason_words(standing.reason) if standing else "",
        "why": why,
        "posted": posted,
        "back": back,
        "given": reverse("victim_letter_given", kwargs={"victim": victim, "number": number}),
        "all": _back(victim),
    }
    return render(request, "letters/print.html", page, status=status)


def _done(
    request: HttpRequest, by: Acting, victim: str, number: int, act: str, posted: PostedForm, back: CameBackForm
) -> HttpResponse | None:
    """What one of the page's buttons does; None where it was none of them, or its form is not filled in."""
    given: dict[str, Any] = {"by": by, "victim": victim, "number": number}
    if act == "fetch":
        letter, content = fetch_letter(**given)
        return sent_paper(content, Printed.LETTER_PROTECTED, letter.known_from)
    if act == "put_back":
        put_letter_back(**given)
    elif act == "posted" and posted.is_valid():
        post_letter(**given, was_made_anyway=bool(posted.cleaned_data["anyway"]))
    elif act == "back" and back.is_valid():
        letter_came_back(**given, why=CameBack(back.cleaned_data["why"]))
    else:
        return None
    say_done(request, _("It is recorded."))
    return redirect("victim_letter_print", victim=victim, number=number)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_letter_given(request: HttpRequest, victim: str, number: int) -> HttpResponse:
    """They have a letter: a contact with them, and what it tells is told (VIC-05)."""
    by, found = open_looked_after(request, victim)
    letter = _found(by, found, number)
    form = GivenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            give_letter(by=by, victim=victim, number=number, given=form.given)
        except NotSafe as refusal:
            refuse_contact(by=by, victim=victim)
            form.add_error("way", refusal.message)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded, as a contact with them too."))
            return redirect("victim_letters", victim=victim)
    looked_at(request, events.LETTERS_VIEWED, refs(found))
    page = {
        "head": head(victim, _("Record that %(name)s has the letter") % {"name": victim}, has_errors=bool(form.errors)),
        "form": form,
        "about": presenters.of_words(About(letter.about), letter.of, story_of(by, found, clock.now())),
        "written": instant_words(letter.known_from),
    }
    return render(request, "letters/given.html", page)
