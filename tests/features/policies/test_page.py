"""The policy page: public, every clause, every link leads somewhere."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from anwang.domain.policy.values import sections
from anwang.features.policies import queries
from anwang.features.policies.actions import keep_version
from anwang.features.policies.models import PolicyVersion
from anwang.features.policies.views import SCREENS

pytestmark = pytest.mark.django_db


def test_anyone_reads_every_clause_without_signing_in(client):
    page = client.get("/policy/").content.decode()
    policy = queries.current()
    assert all(f'id="{clause.code}"' in page for clause in policy.clauses)
    assert "临应急发〔2020〕9号" in page


def test_every_screen_that_a_clause_names_exists_and_has_words():
    named = {name for clause in queries.current().clauses for name in clause.carried_out_by.screens}
    assert named <= set(SCREENS)
    for name in named:
        try:
            reverse(name)
        except NoReverseMatch:
            pytest.fail(f"{name} is no address of the product")


def test_a_clause_tag_leads_to_its_place_on_the_page(client):
    assert client.get("/policy/二.2/")["Location"] == "/policy/#%E4%BA%8C.2" or client.get("/policy/二.2/")[
        "Location"
    ].endswith("#二.2")
    assert client.get("/policy/九.9/")["Location"] == "/policy/"


def test_a_version_is_kept_once_and_can_be_read_again(cast, now):
    first, created = keep_version(by=cast.system, now=now)
    again, second = keep_version(by=cast.system, now=now)
    assert (created, second, first.id) == (True, False, again.id)
    assert "duties.yaml" in PolicyVersion.objects.get().files


@pytest.mark.slow
def test_the_page_shows_every_number_that_the_office_has_set(client):
    page = client.get("/policy/").content.decode()
    for section in sections(queries.current(), date(2026, 11, 24)):
        assert f'id="values-{section.name}"' in page
        assert all(value.label in page for value in section.values)
    assert "30、90、180" in page
    assert "通知规定</span>" not in page


@pytest.mark.slow
def test_what_the_notice_sets_is_marked(client, revised):
    revised("reports.yaml", "[accept_days, answer_days, ", "[answer_days, ")
    assert client.get("/policy/").content.decode().count("通知规定</span>") == 1
