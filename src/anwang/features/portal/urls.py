from django.urls import path

from .views import inviting, joining, judging, own, staff

urlpatterns = [
    path("join/account/", joining.account, name="portal_account"),
    path("join/<str:token>/", joining.join, name="portal_join"),
    path("enterprises/<int:enterprise_id>/invitation/", inviting.invite, name="portal_invite"),
    path("invitations/<int:invitation_id>/revoke/", inviting.revoke, name="portal_revoke"),
    path("enterprises/access/", inviting.access, name="portal_access"),
    path("our/", own.page, name="own_profile"),
    path("our/facts/", own.facts, name="own_facts"),
    path("our/status/", own.status, name="own_status"),
    path("our/points/new/", own.point_new, name="own_point_new"),
    path("our/points/<int:point_id>/", own.point, name="own_point"),
    path("our/points/<int:point_id>/gone/", own.point_gone, name="own_point_gone"),
    path("our/affirm/", own.affirm, name="own_affirm"),
    path("our/papers/", own.papers, name="own_papers"),
    path("our/staff/", staff.listing, name="own_staff"),
    path("our/staff/new/", staff.new, name="own_staff_new"),
    path("our/staff/<int:post_id>/", staff.member, name="own_staff_member"),
    path("our/staff/<int:post_id>/end/", staff.end, name="own_staff_end"),
    path("our/staff/invitations/<int:invitation_id>/revoke/", staff.revoke, name="own_staff_revoke"),
    path("declarations/", judging.listing, name="declaration_list"),
    path("declarations/<int:declaration_id>/", judging.page, name="declaration"),
    path("declarations/<int:declaration_id>/accept/", judging.accept, name="declaration_accept"),
    path("declarations/<int:declaration_id>/return/", judging.give_back, name="declaration_return"),
    path("declarations/<int:declaration_id>/withdraw/", own.withdraw, name="declaration_withdraw"),
]
