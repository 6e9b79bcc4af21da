from django.urls import path

from craffu.web.measures import views

urlpatterns = [
    path("dashboards/orders", views.orders_dashboard, name="orders_dashboard"),
    path("measures", views.measure_list, name="measure_list"),
    path("measures/<slug:code>", views.measure_detail, name="measure_detail"),
    path("measures/<slug:code>/records", views.measure_records, name="measure_records"),
    path("measures/charts/<slug:size>/<slug:chart>.svg", views.measure_chart, name="measure_chart"),
]
