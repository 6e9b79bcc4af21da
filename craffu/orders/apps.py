from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "craffu.orders"
    label = "orders"
