from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "anwang.features.policies"
    label = "policies"
    verbose_name = "政策"
