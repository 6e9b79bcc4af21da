from django.urls import path

from craffu.web.people import views

urlpatterns = [
    path("people", views.person_list, name="person_list"),
    path("people/<reference:person>", views.person_detail, name="person_detail"),
]
