from django.urls import path

from craffu.web.rights import views

urlpatterns = [
    path("rights-requests", views.rights_list, name="rights_list"),
    path("rights-requests/new", views.rights_new, name="rights_new"),
    path("rights-requests/<reference:rights_request>", views.rights_detail, name="rights_detail"),
]
