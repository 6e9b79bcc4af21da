from django.urls import path

from craffu.web.about import views

urlpatterns = [
    path("help", views.help_page, name="help"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]
