from django.urls import path

from craffu.web.resourcing import (
    caseload_views,
    forecast_views,
    practice_views,
    programme_views,
    recruiting_views,
    views,
)

urlpatterns = [
    path("resourcing/champions", views.champion_list, name="champion_list"),
    path("resourcing/practice", practice_views.practice_figures, name="practice_figures"),
    path("resourcing/programmes", programme_views.programme_list, name="programme_list"),
    path("resourcing/programmes/new", programme_views.programme_new, name="programme_new"),
    path("resourcing/programmes/<int:number>", programme_views.programme_version, name="programme_version"),
    path("resourcing/programmes/<int:number>/withdraw", programme_views.programme_withdraw, name="programme_withdraw"),
    path("resourcing/programmes/<int:number>/aims/<slug:aim>", programme_views.programme_aim, name="programme_aim"),
    path("resourcing/caseload", caseload_views.caseload, name="caseload"),
    path("resourcing/caseload/capacity", caseload_views.capacity_new, name="capacity_new"),
    path("resourcing/posts/<int:number>/recruiting", recruiting_views.recruiting, name="recruiting"),
    path("resourcing/caseload/forecast", forecast_views.caseload_forecast, name="caseload_forecast"),
    path("resourcing/caseload/forecast/times", forecast_views.time_new, name="time_new"),
]
