from django.urls import path

from . import views

urlpatterns = [
    path("hints/", views.own, name="hint_own"),
    path("hints/unit/", views.unit, name="hint_unit"),
    path("hints/<int:hint_id>/", views.detail, name="hint"),
    path("hints/<int:hint_id>/explain/", views.explain, name="hint_explain"),
    path("hints/<int:hint_id>/settle/", views.settle, name="hint_settle"),
    path("hints/<int:hint_id>/reopen/", views.reopen, name="hint_reopen"),
]
