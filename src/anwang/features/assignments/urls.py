from django.urls import path

from . import views

COMMITMENT, POSTING = {"kind": "commitment"}, {"kind": "posting"}

urlpatterns = [
    path("plans/", views.listing, name="assign_plan"),
    path("plans/propose/", views.propose, name="assign_propose"),
    path("plans/<int:plan_id>/", views.plan, name="plan"),
    path("plans/<int:plan_id>/resolve/", views.resolve, name="plan_resolve"),
    path("plans/<int:plan_id>/adopt/", views.adopt, name="plan_adopt"),
    path("plans/<int:plan_id>/undo/", views.undo, name="plan_undo"),
    path("plans/<int:plan_id>/pair/", views.pair, name="plan_pair"),
    path("plans/<int:plan_id>/pair/<int:rule_id>/end/", views.pair_end, name="pair_end"),
    path("coverage/", views.coverage, name="coverage"),
    path("coverage/names/", views.coverage_names, name="coverage_names"),
    path("enterprises/<int:enterprise_id>/supervisors/", views.assignment_history, name="assignment_history"),
    path("enterprises/<int:enterprise_id>/supervisors/change/", views.assignment_change, name="assignment_change"),
    path("commitments/", views.commitment_list, name="commitment_list"),
    path("commitments/record/", views.record_papers, name="commitment_record"),
    path("commitments/batch/", views.batch, COMMITMENT, name="commitment_batch"),
    path("commitments/<int:commitment_id>/", views.commitment, name="commitment"),
    path("commitments/<int:commitment_id>/sign/", views.sign, name="commitment_sign"),
    path("commitments/<int:commitment_id>/paper/", views.record_paper, name="commitment_paper"),
    path("commitments/<int:commitment_id>/withdraw/", views.withdraw_paper, name="commitment_withdraw"),
    path("commitments/<int:paper_id>/file.<str:form>", views.file, COMMITMENT, name="commitment_file"),
    path("postings/", views.posting_list, name="posting_list"),
    path("postings/batch/", views.batch, POSTING, name="posting_batch"),
    path("postings/<int:posting_id>/", views.posting, name="posting"),
    path("postings/<int:posting_id>/confirm/", views.confirm, name="posting_confirm"),
    path("postings/<int:posting_id>/withdraw/", views.withdraw, name="posting_withdraw"),
    path("postings/<int:posting_id>/photo/", views.photo, name="posting_photo"),
    path("postings/<int:paper_id>/file.<str:form>", views.file, POSTING, name="posting_file"),
    path("papers/batch/", views.papers_file, name="papers_file"),
]
