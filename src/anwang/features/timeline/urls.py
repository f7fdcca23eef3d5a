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
    path("enterprises/<int:enterprise_id>/timeline/", views.enterprise_timeline, name="enterprise_timeline"),
    path("people/<int:person_id>/timeline/", views.person_timeline, name="person_timeline"),
    path("my-timeline/", views.my_timeline, name="my_timeline"),
    path("enterprises/<int:enterprise_id>/review-pack/", views.review_pack_make, name="review_pack_make"),
    path("review-packs/<int:pack_id>/", views.review_pack, name="review_pack"),
]
