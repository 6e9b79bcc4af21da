"""Three pages anybody may read: where to get help, how accessible Craffu is, and what it keeps about its users."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from craffu.web.presenters import Marking, PageHead

HELP = PageHead(_("Help"), marking=Marking.NONE)
ACCESSIBILITY = PageHead(_("Accessibility"), heading=_("How accessible Craffu is"), marking=Marking.NONE)
PRIVACY = PageHead(_("Privacy and cookies"), marking=Marking.NONE)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "about/help.html", {"head": HELP})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "about/accessibility.html", {"head": ACCESSIBILITY})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "about/privacy.html", {"head": PRIVACY})
