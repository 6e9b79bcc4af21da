from django.urls import path

from craffu.web.triage import other_views, pattern_views, views

urlpatterns = [
    path("breaches/<reference:breach>/triage", views.breach_triage, name="breach_triage"),
    path("breaches/<reference:breach>/answers", other_views.breach_answers, name="breach_answers"),
    path("breaches/<reference:breach>/again", other_views.breach_again, name="breach_again"),
    path(
        "breaches/<reference:breach>/standpoints/new", other_views.breach_standpoint_new, name="breach_standpoint_new"
    ),
    path("breaches/<reference:breach>/mismatches", other_views.breach_mismatches, name="breach_mismatches"),
    path("breaches/<reference:breach>/mismatches/<str:code>", other_views.breach_explain, name="breach_explain"),
    path("patterns/<reference:person>", pattern_views.stalking_pattern, name="stalking_pattern"),
]
