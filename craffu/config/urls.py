"""Every address of the site. English pages lie at their plain path, Welsh ones at the same path under /cy/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from craffu.web import references  # noqa: F401  (registers the converter that addresses use)

handler400 = "craffu.web.errors.bad_request"
handler403 = "craffu.web.errors.refused"
handler404 = "craffu.web.errors.not_found"
handler500 = "craffu.web.errors.server_error"

urlpatterns = i18n_patterns(
    # What is opened most is found first.
    path("", include("craffu.web.people.urls")),
    path("", include("craffu.web.cases.urls")),
    path("", include("craffu.web.home.urls")),
    path("", include("craffu.web.search.urls")),
    path("", include("craffu.web.about.urls")),
    path("", include("craffu.web.access.urls")),
    path("", include("craffu.web.tokens.urls")),
    path("", include("craffu.web.webhooks.urls")),
    path("", include("craffu.web.unattended.urls")),
    path("", include("craffu.web.plans.urls")),
    path("", include("craffu.web.histories.urls")),
    path("", include("craffu.web.priority.urls")),
    path("", include("craffu.web.meetings.urls")),
    path("", include("craffu.web.linkage.urls")),
    path("", include("craffu.web.risk.urls")),
    path("", include("craffu.web.advice.urls")),
    path("", include("craffu.web.scrutiny.urls")),
    path("", include("craffu.web.retention.urls")),
    path("", include("craffu.web.boundaries.urls")),
    path("", include("craffu.web.recommendations.urls")),
    path("", include("craffu.web.digests.urls")),
    path("", include("craffu.web.initiatives.urls")),
    path("", include("craffu.web.panels.urls")),
    path("", include("craffu.web.deep_dives.urls")),
    path("", include("craffu.web.samples.urls")),
    path("", include("craffu.web.resourcing.urls")),
    path("", include("craffu.web.proposals.urls")),
    path("", include("craffu.web.reviews.urls")),
    path("", include("craffu.web.catalogue.urls")),
    path("", include("craffu.web.triage.urls")),
    path("", include("craffu.web.morning.urls")),
    path("", include("craffu.web.considering.urls")),
    path("", include("craffu.web.following.urls")),
    path("", include("craffu.web.library.urls")),
    path("", include("craffu.web.notifying.urls")),
    path("", include("craffu.web.inbox.urls")),
    path("", include("craffu.web.reconciling.urls")),
    path("", include("craffu.web.orders.urls")),
    path("", include("craffu.web.monitoring.urls")),
    path("", include("craffu.web.street.urls")),
    path("", include("craffu.web.letters.urls")),
    path("", include("craffu.web.papers.urls")),
    path("", include("craffu.web.victims.urls")),
    path("", include("craffu.web.work.urls")),
    path("", include("craffu.web.victims.safety_urls")),
    path("", include("craffu.web.victims.voice_urls")),
    path("", include("craffu.web.victims.advocate_urls")),
    path("", include("craffu.web.restricted.urls")),
    path("", include("craffu.web.intake.urls")),
    path("", include("craffu.web.profiles.urls")),
    path("", include("craffu.web.measures.urls")),
    path("", include("craffu.web.audit.urls")),
    path("", include("craffu.web.rights.urls")),
    prefix_default_language=False,
)
# For whoever writes pages.
if not settings.PRODUCTION:
    urlpatterns += i18n_patterns(path("", include("craffu.web.gallery.urls")), prefix_default_language=False)
# The safe page has a host of its own where the force gave it one (config/safe_urls.py).
if not settings.CRAFFU_SAFE_HOST:
    urlpatterns += i18n_patterns(path("", include("craffu.web.safe.urls")), prefix_default_language=False)
# Programs ask in one language; their answers are codes, and the words that courts used.
urlpatterns += [path("api/v1/", include("craffu.api.urls"))]
