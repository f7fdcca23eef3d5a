from django.urls import path

from . import views

R, T = "tasks/receipts/<int:receipt_id>/", "tasks/<int:task_id>/"
urlpatterns = [
    path("tasks/", views.mine, name="task_mine"),
    path(R, views.receipt, name="task_receipt"),
    path(R + "receive/", views.receive, name="task_receive"),
    path(R + "progress/", views.progress, name="task_progress"),
    path(R + "done/", views.done, name="task_done"),
    path(R + "back/", views.back, name="task_back"),
    path(R + "extend/", views.extend, name="task_extend"),
    path(R + "hand/", views.hand, name="task_hand"),
    path(R + "below/", views.below, name="task_below"),
    path(R + "urge/", views.urge, name="task_urge"),
    path(R + "correct/", views.correct, name="task_correct"),
    path(R + "resend/", views.resend, name="task_resend"),
    path(R + "take-back/", views.take_back, name="task_take_back"),
    path("tasks/extensions/<int:extension_id>/", views.decide, name="task_decide"),
    path("tasks/files/<int:task_file_id>/", views.file, name="task_file"),
    path("tasks/issued/", views.issued, name="task_issued"),
    path("tasks/new/", views.new, name="task_new"),
    path("tasks/targets/", views.targets, name="task_targets"),
    path(T, views.detail, name="task_detail"),
    path(T + "export/", views.export, name="task_export"),
    path(T + "edit/", views.edit, name="task_edit"),
    path(T + "preview/", views.preview, name="task_preview"),
    path(T + "issue/", views.issue, name="task_issue"),
    path(T + "drop/", views.drop, name="task_drop"),
    path(T + "files/<int:task_file_id>/drop/", views.drop_file, name="task_file_drop"),
    path(T + "withdraw/", views.withdraw, name="task_withdraw"),
    path(T + "urge/", views.urge_all, name="task_urge_all"),
]
