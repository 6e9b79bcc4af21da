from django.urls import path

from craffu.web.profiles import exported, views

urlpatterns = [
    path("profiles/local", views.profile_local, name="profile_local"),
    path("profiles/national", views.profile_national, name="profile_national"),
    path("profiles/series/<slug:series>", views.profile_series, name="profile_series"),
    path("profiles/series/<slug:series>/figures/<slug:form>", exported.series_figures, name="series_figures"),
    path("profiles/figures/new", views.figure_new, name="figure_new"),
    path("profiles/charts/<slug:size>/<slug:chart>.svg", views.profile_chart, name="profile_chart"),
]
