from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "anwang.features.assignments"
    label = "assignments"
    verbose_name = "包保关系"
