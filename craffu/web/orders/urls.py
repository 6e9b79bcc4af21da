from django.urls import path

from craffu.web.orders import (
    correct_views,
    noting_views,
    owner_views,
    paper_views,
    protects_views,
    scanning_views,
    step_views,
    transfer_views,
    views,
)

urlpatterns = [
    path("orders", views.order_list, name="order_list"),
    path("orders/<reference:order>", views.order_detail, name="order_detail"),
    path("orders/<reference:order>/compare", paper_views.order_compare, name="order_compare"),
    path("orders/<reference:order>/conditions", views.order_conditions, name="order_conditions"),
    path("orders/<reference:order>/correct", correct_views.order_correct, name="order_correct"),
    path("orders/<reference:order>/noted/<slug:what>", noting_views.order_note, name="order_note"),
    path("orders/<reference:order>/owner", owner_views.order_owner, name="order_owner"),
    path("orders/<reference:order>/pack", paper_views.order_pack, name="order_pack"),
    path("orders/<reference:order>/pack-check", scanning_views.order_pack_check, name="order_pack_check"),
    path("orders/<reference:order>/papers/new", paper_views.order_paper_new, name="order_paper_new"),
    path("orders/<reference:order>/papers/<int:number>", paper_views.order_paper, name="order_paper"),
    path("orders/<reference:order>/protects", protects_views.order_protects, name="order_protects"),
    path("orders/<reference:order>/steps/<slug:move>", step_views.order_step, name="order_step"),
    path("orders/<reference:order>/terms", paper_views.order_terms, name="order_terms"),
    path("orders/<reference:order>/transfer", transfer_views.order_transfer, name="order_transfer"),
    path("cases/<reference:case>/orders/<slug:move>", step_views.order_new, name="order_new"),
]
