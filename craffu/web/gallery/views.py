"""Every component once, on one page, for the people who build pages and for the tests that look at them in a browser.

It holds invented words only and reads nothing, so anybody may open it.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from craffu.web.gallery.samples import govuk_samples, moj_samples
from craffu.web.presenters import Link, Marking, PageHead


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    head = PageHead(
        _("Gallery of components"),
        breadcrumbs=(Link(_("Today"), "#"), Link(_("Gallery of components"), "#")),
        marking=Marking.OFFICIAL,
    )
    return render(
        request, "gallery/gallery.html", {"head": head, "govuk_samples": govuk_samples(), "moj_samples": moj_samples()}
    )
