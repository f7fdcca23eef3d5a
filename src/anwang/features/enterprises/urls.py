from django.urls import path

from .views import changes, imports, listing, page, risk, worklists

urlpatterns = [
    path("enterprises/", listing.listing, name="enterprise_list"),
    path("enterprises/export/", listing.export, name="enterprise_export"),
    path("enterprises/bulk/", listing.bulk, name="enterprise_bulk"),
    path("enterprises/add/", page.add, name="enterprise_add"),
    path("enterprises/<int:enterprise_id>/", page.enterprise, name="enterprise"),
    path("enterprises/<int:enterprise_id>/edit/", page.edit, name="enterprise_edit"),
    path("enterprises/<int:enterprise_id>/status/", page.status, name="enterprise_status"),
    path("enterprises/<int:enterprise_id>/move/", page.move, name="enterprise_move"),
    path("enterprises/<int:enterprise_id>/phone/", page.phone, name="enterprise_phone"),
    path("enterprises/<int:enterprise_id>/grade/", risk.grade, name="enterprise_grade"),
    path("enterprises/<int:enterprise_id>/grade/end/", risk.grade_end, name="enterprise_grade_end"),
    path("enterprises/<int:enterprise_id>/risk/add/", risk.add, name="risk_point_add"),
    path("enterprises/<int:enterprise_id>/risk/<int:point_id>/", risk.edit, name="risk_point_edit"),
    path("enterprises/<int:enterprise_id>/risk/<int:point_id>/remove/", risk.remove, name="risk_point_remove"),
    path("roster/import/", imports.upload, name="roster_import"),
    path("roster/import/<int:import_id>/", imports.preview, name="roster_preview"),
    path("roster/import/<int:import_id>/apply/", imports.apply, name="roster_apply"),
    path("roster/import/<int:import_id>/discard/", imports.discard, name="roster_discard"),
    path("roster/import/<int:import_id>/errors/", imports.errors, name="roster_errors"),
    path("roster/template/", imports.template, name="roster_template"),
    path("roster/changes/", changes.listing, name="change_list"),
    path("roster/changes/<int:change_id>/undo/", changes.undo, name="change_undo"),
    path("roster/places/", worklists.places, name="place_todo"),
    path("roster/places/assign/", worklists.assign_place, name="place_assign"),
    path("roster/industries/", worklists.industries, name="industry_rules"),
    path("roster/industries/assign/", worklists.assign_industry, name="industry_assign"),
]
