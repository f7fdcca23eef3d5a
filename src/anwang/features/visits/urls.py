from django.urls import path

from .views import firm, plan, unit, visits

urlpatterns = [
    path("visits/", plan.mine, name="visit_plan"),
    path("visits/propose/", plan.propose, name="visit_propose"),
    path("visits/adopt/", plan.adopt, name="visit_adopt"),
    path("visits/plans/<int:adoption_id>/undo/", plan.undo, name="visit_adopt_undo"),
    path("visits/day/", plan.day, name="visit_day"),
    path("visits/day/sheet.pdf", plan.sheet, name="visit_sheet"),
    path("visits/new/", visits.new, name="visit_new"),
    path("visits/check/", visits.check, name="visit_check"),
    path("visits/unit/", unit.coming, name="visit_unit"),
    path("visits/unit/plan/", unit.plan, name="visit_unit_plan"),
    path("visits/firm/", firm.coming, name="visit_firm"),
    path("visits/wishes/", firm.wishes, name="wish_list"),
    path("visits/wishes/new/", firm.wish, name="wish_new"),
    path("visits/wishes/<int:wish_id>/withdraw/", firm.withdraw, name="wish_withdraw"),
    path("visits/<int:visit_id>/", visits.detail, name="visit_detail"),
    path("visits/<int:visit_id>/announce/", visits.announce, name="visit_announce"),
    path("visits/<int:visit_id>/move/", visits.move, name="visit_move"),
    path("visits/<int:visit_id>/cancel/", visits.cancel, name="visit_cancel"),
    path("visits/<int:visit_id>/restore/", visits.restore, name="visit_restore"),
    path("visits/<int:visit_id>/merge/", visits.merge, name="visit_merge"),
    path("visits/<int:visit_id>/unmerge/", visits.unmerge, name="visit_unmerge"),
]
