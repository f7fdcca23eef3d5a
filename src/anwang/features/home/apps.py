from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "anwang.features.home"
    label = "home"
    verbose_name = "首页"
