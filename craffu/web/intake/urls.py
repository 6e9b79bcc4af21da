from django.urls import path

from craffu.web.intake import views

urlpatterns = [
    path("intake/", views.intake_list, name="intake_list"),
    path("intake/new", views.intake_new, name="intake_new"),
    path("intake/runs/<reference:run>", views.intake_run, name="intake_run"),
    path("intake/runs/<reference:run>/rejects", views.intake_rejects, name="intake_rejects"),
    path("intake/held/<reference:held>", views.intake_held, name="intake_held"),
]
