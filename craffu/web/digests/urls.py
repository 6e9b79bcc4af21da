from django.urls import path

from craffu.web.digests import views

urlpatterns = [
    path("digest", views.digest_newest, name="digest_newest"),
    path("digest/<slug:week>", views.digest_of_week, name="digest_of_week"),
]
