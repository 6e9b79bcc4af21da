from django.urls import path

from craffu.web.morning import views

urlpatterns = [path("morning-lists/<slug:list>", views.morning_list, name="morning_list")]
