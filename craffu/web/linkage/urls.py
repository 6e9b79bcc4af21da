from django.urls import path

from craffu.web.linkage import merges, views

urlpatterns = [
    path("linkage/pairs", views.linkage_pairs, name="linkage_pairs"),
    path("linkage/pairs/<reference:pair>", views.linkage_pair, name="linkage_pair"),
    path("linkage/merges/<reference:person>", merges.linkage_merges, name="linkage_merges"),
]
