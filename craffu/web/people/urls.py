from django.urls import path

from craffu.web.people import views

urlpatterns = [
    path("people", views.person_list, name="person_list"),
    path("people/export", views.people_export, name="people_export"),
    path("people/<reference:person>/export", views.person_export, name="person_export"),
    path("people/<reference:person>", views.person_detail, name="person_detail"),
]
