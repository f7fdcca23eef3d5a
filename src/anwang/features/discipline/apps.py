from django.apps import AppConfig


class DisciplineConfig(AppConfig):
    name = "anwang.features.discipline"
    label = "discipline"
    verbose_name = "督导纪律"
