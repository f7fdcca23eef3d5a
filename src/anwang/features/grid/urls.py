from django.urls import path

from .views import demo, lines, people, posts, sign_ins, switch, tree

urlpatterns = [
    path("post/", switch.switch, name="switch_post"),
    path("demo/", demo.roles, name="demo_roles"),
    path("demo/enter/", demo.enter, name="demo_enter"),
    path("grid/", tree.tree, name="grid_tree"),
    path("grid/<int:code>/", tree.unit, name="unit"),
    path("grid/<int:code>/below/", tree.below, name="grid_below"),
    path("grid/<int:code>/phone/", lines.phone, name="unit_phone"),
    path("grid/<int:code>/lead/", lines.lead, name="unit_lead"),
    path("grid/<int:code>/sponsor/", lines.sponsor, name="unit_sponsor"),
    path("grid/leader/<int:leadership_id>/end/", lines.end_leader, name="leader_end"),
    path("grid/sponsor/<int:sponsorship_id>/end/", lines.end_sponsor, name="sponsor_end"),
    path("people/", people.listing, name="person_list"),
    path("people/add/", people.add, name="person_add"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/edit/", people.edit, name="person_edit"),
    path("people/<int:person_id>/phone/", people.phone, name="person_phone"),
    path("people/<int:person_id>/post/", posts.add, name="post_add"),
    path("people/<int:person_id>/sign-in/", sign_ins.give, name="sign_in_give"),
    path("posts/<int:post_id>/edit/", posts.edit, name="post_edit"),
    path("posts/<int:post_id>/end/", posts.end, name="post_end"),
    path("sign-ins/", sign_ins.listing, name="sign_in_list"),
    path("sign-ins/<int:user_id>/reset/", sign_ins.reset, name="sign_in_reset"),
    path("sign-ins/<int:user_id>/lock/", sign_ins.lock, name="sign_in_lock"),
    path("sign-ins/<int:user_id>/unlock/", sign_ins.unlock, name="sign_in_unlock"),
    path("sign-ins/<int:user_id>/factor/", sign_ins.factor, name="sign_in_factor"),
]
