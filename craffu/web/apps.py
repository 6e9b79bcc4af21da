from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "craffu.web"
    label = "web"
