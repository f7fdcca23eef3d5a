from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "anwang.features.timeline"
    label = "timeline"
    verbose_name = "责任时间线"
