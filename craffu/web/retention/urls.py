from django.urls import path

from craffu.web.retention import views

urlpatterns = [
    path("retention", views.retention_list, name="retention_list"),
    path("retention/<reference:person>", views.retention_detail, name="retention_detail"),
    path("retention/<reference:person>/hold", views.retention_hold, name="retention_hold"),
    path("retention/<reference:person>/keep", views.retention_keep, name="retention_keep"),
    path("retention/<reference:person>/erase", views.retention_erase, name="retention_erase"),
]
