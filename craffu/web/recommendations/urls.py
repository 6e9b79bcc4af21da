from django.urls import path

from craffu.web.recommendations import public_views, views

urlpatterns = [
    path("scrutiny/recommendations", views.recommendation_list, name="recommendation_list"),
    path("scrutiny/recommendations/reports/new", views.report_new, name="scrutiny_report_new"),
    path(
        "scrutiny/recommendations/reports/<reference:report>/new", views.recommendation_new, name="recommendation_new"
    ),
    path("scrutiny/recommendations/shipped/<slug:key>", views.recommendation_bring_in, name="recommendation_bring_in"),
    path(
        "scrutiny/recommendations/<reference:recommendation>", views.recommendation_detail, name="recommendation_detail"
    ),
    path(
        "scrutiny/recommendations/<reference:recommendation>/entry",
        views.recommendation_entry,
        name="recommendation_entry",
    ),
    path("progress", public_views.progress, name="recommendation_progress"),
]
