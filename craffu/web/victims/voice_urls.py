"""Addresses of a victim's views and of their withdrawal."""

from django.urls import path

from craffu.web.victims import voice_views as views

urlpatterns = [
    path("victims/<reference:victim>/views", views.victim_views, name="victim_views"),
    path("victims/<reference:victim>/views/new", views.victim_view_notice, name="victim_view_notice"),
    path("victims/<reference:victim>/views/new/words", views.victim_view_words, name="victim_view_words"),
    path("victims/<reference:victim>/views/<int:number>/answer", views.victim_view_answer, name="victim_view_answer"),
    path("victims/<reference:victim>/withdrawal", views.victim_withdrawal, name="victim_withdrawal"),
]
