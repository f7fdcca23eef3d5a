from django.urls import path

from . import views

urlpatterns = [
    path("handovers/", views.handover_list, name="handover_list"),
    path("handovers/new/", views.handover_new, name="handover_new"),
    path("handovers/make/", views.handover_make, name="handover_make"),
    path("handovers/received/", views.handover_received, name="handover_received"),
    path("handovers/<int:handover_id>/", views.handover, name="handover"),
    path("handovers/<int:handover_id>/undo/", views.handover_undo, name="handover_undo"),
    path("handovers/<int:handover_id>/return/", views.handover_return, name="handover_return"),
    path("handovers/<int:handover_id>/list.<str:form>", views.handover_file, name="handover_file"),
]
