from django.urls import path

from craffu.web.monitoring import plan_views, views

urlpatterns = [
    path("people/<reference:person>/visits", views.person_visits, name="person_visits"),
    path("orders/<reference:order>/check-plan", plan_views.order_check_plan, name="order_check_plan"),
    path(
        "orders/<reference:order>/check-plan/<int:number>", plan_views.order_check_plan_one, name="order_check_plan_one"
    ),
    path("orders/<reference:order>/checks/new", views.order_check_new, name="order_check_new"),
    path("orders/<reference:order>/checks/away", views.order_checks_away, name="order_checks_away"),
]
