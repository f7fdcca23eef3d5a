from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "anwang.features.portal"
    label = "portal"
    verbose_name = "企业端"
