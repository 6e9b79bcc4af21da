from django.urls import path

from craffu.web.panels import views

_ONE = "scrutiny/panels/<reference:panel>"

urlpatterns = [
    path("scrutiny/panels", views.panel_list, name="panel_list"),
    path("scrutiny/panels/new", views.panel_new, name="panel_new"),
    path(_ONE, views.panel_detail, name="panel_detail"),
    path(f"{_ONE}/add/<slug:what>", views.panel_add, name="panel_add"),
    path(f"{_ONE}/cases/<int:matter>", views.panel_case, name="panel_case"),
    path(f"{_ONE}/cases/<int:matter>/interest", views.panel_interest, name="panel_interest"),
    path(f"{_ONE}/cases/<int:matter>/live-risk", views.panel_live_risk, name="panel_live_risk"),
    path(f"{_ONE}/cases/<int:matter>/verdict", views.panel_verdict, name="panel_verdict"),
    path(f"{_ONE}/cases/<int:matter>/dissent", views.panel_dissent, name="panel_dissent"),
]
