from django.apps import AppConfig


class ResourcingConfig(AppConfig):
    name = "craffu.resourcing"
    label = "resourcing"
