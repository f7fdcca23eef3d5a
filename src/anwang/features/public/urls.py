from django.urls import path

from .views import desk, pages, rosters

urlpatterns = [
    path("public/", pages.home, name="public_home"),
    path("public/search/", pages.search, name="public_search"),
    path("public/notices/<str:token>/", pages.notice, name="public_notice"),
    path("public/papers/", pages.papers, name="public_paper_list"),
    path("public/papers/<int:publication_id>/", pages.paper, name="public_paper_file"),
    path("public/rosters/", rosters.rosters, name="public_roster_list"),
    path("public/rosters/<int:code>/", rosters.rosters, name="public_roster"),
    path("robots.txt", pages.robots, name="robots"),
    path("publications/", desk.listing, name="publication_list"),
    path("publications/new/", desk.new, name="publication_new"),
    path("publications/<int:publication_id>/withdraw/", desk.withdraw, name="publication_withdraw"),
    path("publications/<int:publication_id>/restore/", desk.restore, name="publication_restore"),
]
