from django.apps import AppConfig


class BurdenConfig(AppConfig):
    name = "anwang.features.burden"
    label = "burden"
    verbose_name = "减负自查"
