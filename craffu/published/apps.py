from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "craffu.published"
    label = "published"
