from django.urls import path

from . import views

urlpatterns = [
    path("paper/", views.page, name="paper"),
    path("paper/month/", views.month, name="paper_month"),
    path("paper/sheets/", views.sheets, name="paper_sheets"),
    path("paper/scans/", views.upload, name="scan_upload"),
    path("paper/scans/file/", views.file, name="scan_file"),
    path("paper/scans/<uuid:scan_id>/", views.scan, name="scan_page"),
    path("paper/scans/<uuid:scan_id>/image/", views.image, name="scan_image"),
    path("paper/scans/<uuid:scan_id>/choose/", views.choose, name="scan_choose"),
    path("paper/scans/<uuid:scan_id>/drop/", views.drop, name="scan_drop"),
    path("paper/records/<int:contact_id>/", views.sheet, name="contact_sheet"),
    path("paper/records/<int:contact_id>/image/", views.sheet_image, name="contact_sheet_image"),
    path("r/<str:token>/", views.open_sheet, name="sheet_open"),
]
