from django.urls import path

from craffu.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("today/<slug:section>", views.home_section, name="home_section"),
]
