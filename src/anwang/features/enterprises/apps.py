from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "anwang.features.enterprises"
    label = "enterprises"
    verbose_name = "企业"
