"""Every address of the site. English pages lie at their plain path, Welsh ones at the same path under /cy/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "craffu.web.errors.bad_request"
handler403 = "craffu.web.errors.refused"
handler404 = "craffu.web.errors.not_found"
handler500 = "craffu.web.errors.server_error"

urlpatterns = i18n_patterns(
    path("", include("craffu.web.about.urls")),
    path("", include("craffu.web.gallery.urls")),
    prefix_default_language=False,
)
