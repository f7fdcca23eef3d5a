"""Long work: its outcome is on the row whatever happens, and what a killed worker left is given back."""

from datetime import timedelta

import pytest

from anwang.features.work import actions
from anwang.features.work.models import Work, WorkState

pytestmark = pytest.mark.django_db


def left_running(now, ago):
    return Work.objects.create(handler="x", label="x", state=WorkState.RUNNING, created_at=now, started_at=now - ago)


def test_what_a_killed_worker_left_long_ago_is_given_back(cast, now):
    old, fresh = left_running(now, timedelta(hours=2)), left_running(now, timedelta(minutes=5))
    assert actions.reap(by=cast.system, now=now) == 1
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, old.error_code, fresh.state) == ("failed", "worker_lost", "running")


def test_only_the_jobs_of_features_are_started(cast, now):
    with pytest.raises(ValueError, match="not a job"):
        actions.start(by=cast.system, now=now, handler="os.system", label="x", params={})


def test_a_work_is_seen_by_who_asked_for_it(cast, now, as_client):
    row = left_running(now, timedelta())
    Work.objects.filter(id=row.id).update(user_id=cast.county_leader.user.id)
    assert as_client("county_leader").get(f"/work/{row.id}/").status_code == 200
    assert as_client("city_office").get(f"/work/{row.id}/").status_code == 404
