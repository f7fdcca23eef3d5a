from django.urls import path

from . import views
from .views import photos, sheets, unsent

urlpatterns = [
    path("duties/", views.duty_home, name="duty_home"),
    path("duties/all/", views.duty_list, name="duty_list"),
    path("duties/<int:obligation_id>/", views.detail, name="obligation_detail"),
    path("duties/<int:obligation_id>/waive/", views.waive, name="obligation_waive"),
    path("duties/<int:obligation_id>/unwaive/", views.unwaive, name="obligation_unwaive"),
    path("duties/<int:obligation_id>/unable/", views.unable, name="obligation_unable"),
    path("duties/<int:obligation_id>/able/", views.able, name="obligation_able"),
    path("contacts/", views.contact_list, name="contact_list"),
    path("contacts/new/", views.contact_new, name="contact_new"),
    path("contacts/new/duties/", views.contact_duties, name="contact_duties"),
    path("contacts/import/", sheets.start, name="record_import"),
    path("contacts/import/template/", sheets.template, name="record_template"),
    path("contacts/import/unsent/", unsent.result, name="record_unsent"),
    path("contacts/import/<int:upload_id>/", sheets.preview, name="record_preview"),
    path("contacts/import/<int:upload_id>/apply/", sheets.apply, name="record_confirm"),
    path("contacts/import/<int:upload_id>/errors/", sheets.errors, name="record_errors"),
    path("contacts/<uuid:client_id>/photos/", photos.album, name="contact_photos"),
    path("contacts/photos/<int:photo_id>/", photos.photo, name="contact_photo"),
    path("contacts/photos/<int:photo_id>/small/", photos.small, name="contact_photo_small"),
    path("contacts/photos/<int:photo_id>/drop/", photos.drop, name="contact_photo_drop"),
    path("contacts/<int:contact_id>/photos/add/", photos.add, name="contact_photo_add"),
    path("contacts/<int:contact_id>/", views.contact_detail, name="contact_detail"),
    path("contacts/<int:contact_id>/void/", views.contact_void, name="contact_void"),
    path("contacts/<int:contact_id>/undo/", views.contact_undo, name="contact_undo"),
]
