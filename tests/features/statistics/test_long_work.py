"""A paper of many enterprises is long work: made for the person who asked, in the post worn then."""

import pytest

from anwang.features.grid.models import Post
from anwang.features.statistics.models import Paper
from anwang.features.statistics.views import papers
from anwang.features.work.models import Work
from tests.cast import LANSHAN

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ASKED = {"unit": LANSHAN, "kind": "attachment5", "form": "xlsx"}


@pytest.fixture
def large(bound, monkeypatch):
    """One enterprise is already many."""
    monkeypatch.setattr(papers, "AT_ONCE", 0)
    return bound


def ask(browser, run, **other):
    with run(execute=True):
        return browser.post("/papers/make/", ASKED | other)


def test_it_is_made_by_the_worker_and_listed_with_who_asked(large, as_client, django_capture_on_commit_callbacks):
    browser = as_client("county_leader")
    answer = ask(browser, django_capture_on_commit_callbacks)
    work, paper = Work.objects.get(), Paper.objects.get()
    assert str(work.id) in answer["Location"]
    assert (work.state, work.result) == ("done", {"paper": paper.id, "rows": 1})
    assert (paper.made_by, paper.unit, paper.rows) == ("示例县长", LANSHAN, 1)
    assert f"/papers/{paper.id}/" in browser.get(work.next_url).content.decode()


def test_a_paper_without_rows_is_made_at_once(large, as_client, django_capture_on_commit_callbacks):
    answer = ask(as_client("county_leader"), django_capture_on_commit_callbacks, kind="attachment4", form="docx")
    assert answer["Content-Disposition"].startswith("attachment")
    assert not Work.objects.exists()


def test_nothing_is_made_for_a_post_that_has_ended(large, today, as_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        as_client("county_leader").post("/papers/make/", ASKED)
    Post.objects.filter(id=large.county_leader.post.id).update(valid_to=today)
    for run in waiting:
        run()
    assert (Work.objects.get().state, Work.objects.get().error_code) == ("failed", "post_ended")
    assert not Paper.objects.exists()


def test_a_format_that_cannot_be_fails_with_its_sentence(large, as_client, django_capture_on_commit_callbacks):
    ask(as_client("county_leader"), django_capture_on_commit_callbacks, form="exe")
    assert (Work.objects.get().state, Work.objects.get().error_code) == ("failed", "bad_format")
