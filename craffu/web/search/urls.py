from django.urls import path

from craffu.web.search import views

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/hits", views.search_hits, name="search_hits"),
    path("search/answers/<slug:answer>", views.search_answer, name="search_answer"),
]
