from django.urls import path

from craffu.web.measures import exported, views

urlpatterns = [
    path("dashboards/orders", views.orders_dashboard, name="orders_dashboard"),
    path("dashboards/orders/figures/<slug:form>", exported.dashboard_figures, name="dashboard_figures"),
    path("measures", views.measure_list, name="measure_list"),
    path("measures/<slug:code>", views.measure_detail, name="measure_detail"),
    path("measures/<slug:code>/records", views.measure_records, name="measure_records"),
    path("measures/<slug:code>/figures/<slug:form>", exported.measure_figures, name="measure_figures"),
    path("measures/charts/<slug:size>/<slug:chart>.svg", views.measure_chart, name="measure_chart"),
]
