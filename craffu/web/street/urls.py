from django.urls import path

from craffu.web.street import report_views, views

urlpatterns = [
    path("people/<reference:person>/now", views.person_now, name="person_now"),
    path("people/<reference:person>/breaches/new", report_views.person_breach_new, name="person_breach_new"),
    path("breaches/<reference:breach>/reported", report_views.breach_reported, name="breach_reported"),
]
