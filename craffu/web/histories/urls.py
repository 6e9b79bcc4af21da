from django.urls import path

from craffu.web.histories import views

urlpatterns = [
    path("people/<reference:person>/breaches", views.person_breaches, name="person_breaches"),
]
