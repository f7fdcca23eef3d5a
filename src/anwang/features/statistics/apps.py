from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "anwang.features.statistics"
    label = "statistics"
    verbose_name = "统计"
