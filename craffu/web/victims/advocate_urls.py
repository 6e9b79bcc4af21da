"""Addresses of a victim's advocates, and of an advocate's own three pages."""

from django.urls import path

from craffu.web.victims import advocate_views as views
from craffu.web.victims import log_views

urlpatterns = [
    path("victims/<reference:victim>/advocate", views.victim_advocate, name="victim_advocate"),
    path("victims/<reference:victim>/advocate/new", views.victim_advocate_new, name="victim_advocate_new"),
    path("victims/<reference:victim>/advocate/<int:number>/end", views.victim_advocate_end, name="victim_advocate_end"),
    path("promises", views.advocate_promises, name="advocate_promises"),
    path("updates", views.advocate_updates, name="advocate_updates"),
    path("log", log_views.advocate_log, name="advocate_log"),
    path("log/new", log_views.advocate_log_notice, name="advocate_log_notice"),
    path("log/new/words", log_views.advocate_log_words, name="advocate_log_words"),
    path("give-a-view", views.advocate_give_view, name="advocate_give_view"),
    path("give-a-view/words", views.advocate_give_words, name="advocate_give_words"),
]
