from django.urls import path

from .views import inviting, joining

urlpatterns = [
    path("join/account/", joining.account, name="portal_account"),
    path("join/<str:token>/", joining.join, name="portal_join"),
    path("enterprises/<int:enterprise_id>/invitation/", inviting.invite, name="portal_invite"),
    path("invitations/<int:invitation_id>/revoke/", inviting.revoke, name="portal_revoke"),
    path("enterprises/access/", inviting.access, name="portal_access"),
]
