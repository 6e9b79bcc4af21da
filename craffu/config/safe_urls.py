"""Every address of the host of the safe page: that page and nothing else (CRAFFU_SAFE_HOST)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = handler403 = handler404 = "craffu.web.safe.errors.nothing_here"
handler500 = "craffu.web.safe.errors.went_wrong"

urlpatterns = i18n_patterns(path("", include("craffu.web.safe.urls")), prefix_default_language=False)
