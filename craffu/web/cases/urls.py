from django.urls import path

from craffu.web.cases import views
from craffu.web.cases.placing import case_place
from craffu.web.restricted.views import case_readers

urlpatterns = [
    path("cases", views.case_list, name="case_list"),
    path("cases/<reference:case>", views.case_detail, name="case_detail"),
    path("cases/<reference:case>/place", case_place, name="case_place"),
    path("cases/<reference:case>/readers", case_readers, name="case_readers"),
]
