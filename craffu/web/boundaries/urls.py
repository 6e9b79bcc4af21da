from django.urls import path

from craffu.web.boundaries import views

urlpatterns = [path("boundaries", views.boundaries, name="boundaries")]
