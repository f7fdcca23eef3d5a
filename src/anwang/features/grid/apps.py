from django.apps import AppConfig


class GridConfig(AppConfig):
    name = "anwang.features.grid"
    label = "grid"
    verbose_name = "网格"
