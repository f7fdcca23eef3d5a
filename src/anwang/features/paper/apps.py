from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "anwang.features.paper"
    label = "paper"
    verbose_name = "纸质记录"
