from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "craffu.messages"
    # Django has an application of its own by the plain name.
    label = "outgoing"
