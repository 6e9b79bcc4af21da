from django.urls import path

from craffu.web.initiatives import views

urlpatterns = [
    path("scrutiny/initiatives", views.initiative_list, name="initiative_list"),
    path("scrutiny/initiatives/new", views.initiative_new, name="initiative_new"),
    path("scrutiny/initiatives/<reference:initiative>", views.initiative_detail, name="initiative_detail"),
    path("scrutiny/initiatives/<reference:initiative>/say", views.initiative_say, name="initiative_say"),
]
