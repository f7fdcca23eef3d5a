from django.urls import path

from . import views

urlpatterns = [
    path("audit/", views.listing, name="audit_list"),
    path("audit/<int:event_id>/", views.event, name="audit_event"),
    path("audit/verify/<int:chain>/", views.verify, name="audit_verify"),
]
