from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "craffu.outbox"
    label = "outbox"
