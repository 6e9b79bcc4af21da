"""Addresses of what keeps a victim safe."""

from django.urls import path

from craffu.web.victims import safety_views as views

urlpatterns = [
    path("victims/<reference:victim>/safety", views.victim_safety, name="victim_safety"),
    path("victims/<reference:victim>/safety/need", views.victim_need, name="victim_need"),
    path("victims/<reference:victim>/safety/measure", views.victim_measure, name="victim_measure"),
    path(
        "victims/<reference:victim>/safety/measures/<int:number>/told",
        views.victim_measure_told,
        name="victim_measure_told",
    ),
    path("victims/<reference:victim>/safety/help", views.victim_help, name="victim_help"),
    path("victims/<reference:victim>/safety/rights", views.victim_entitlement, name="victim_entitlement"),
]
