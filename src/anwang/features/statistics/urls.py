from django.urls import path

from . import views

urlpatterns = [
    path("enterprises/<int:enterprise_id>/file/", views.enterprise_file, name="enterprise_file"),
    path("enterprises/<int:enterprise_id>/evaluations/", views.evaluation_add, name="evaluation_add"),
    path("evaluations/<int:evaluation_id>/withdraw/", views.evaluation_withdraw, name="evaluation_withdraw"),
    path("evaluations/<int:evaluation_id>/restore/", views.evaluation_restore, name="evaluation_restore"),
    path("evaluations/import/", views.evaluation_upload, name="evaluation_import"),
    path("evaluations/import/<int:import_id>/", views.evaluation_preview, name="evaluation_preview"),
    path("evaluations/import/<int:import_id>/apply/", views.evaluation_apply, name="evaluation_apply"),
    path("evaluations/import/<int:import_id>/discard/", views.evaluation_discard, name="evaluation_discard"),
    path("evaluations/import/<int:import_id>/undo/", views.evaluation_undo, name="evaluation_undo"),
    path("evaluations/import/<int:import_id>/errors/", views.evaluation_errors, name="evaluation_errors"),
    path("evaluations/template/", views.evaluation_template, name="evaluation_template"),
    path("table/", views.table, name="leader_table"),
    path("table/rows/", views.rows, name="leader_rows"),
    path("table/export/", views.export, name="leader_table_export"),
    path("papers/", views.listing, name="paper_list"),
    path("papers/make/", views.make, name="paper_make"),
    path("papers/attachment5/", views.attachment5, name="attachment5"),
    path("papers/<int:paper_id>/", views.download, name="paper_download"),
]
