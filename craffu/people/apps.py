from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "craffu.people"
    label = "people"
