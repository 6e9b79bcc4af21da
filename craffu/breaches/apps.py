from django.apps import AppConfig


class BreachesConfig(AppConfig):
    name = "craffu.breaches"
    label = "breaches"
