from django.apps import AppConfig


class VictimsConfig(AppConfig):
    name = "craffu.victims"
    label = "victims"
