from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "craffu.linkage"
    label = "linkage"
