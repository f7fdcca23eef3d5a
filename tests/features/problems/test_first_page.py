"""What one follows to the end stands on one's first page, also when it is over; for a while."""

from datetime import timedelta

import pytest

from anwang.features.problems import queries

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_what_others_work_on_is_followed_until_it_has_been_over_for_a_fortnight(found, act, line, today):
    row = found(kind="difficulty", title="变压器容量不足")

    def seen(days):
        return queries.first_page(line.village_cadre.actor, today + timedelta(days=days))[1]

    act("accept", "village_cadre", row)
    assert seen(0) == [row]
    assert queries.first_page(line.stranger.actor, today) == ([], [])
    act("solve", "village_cadre", row, text="供电所已增容")
    assert seen(0) == []  # it waits for the follower, and stands among what waits
    act("verify", "village_cadre", row)
    act("close", "village_cadre", row)
    assert seen(0) == seen(13) == [row]
    assert seen(14) == []


def test_an_open_major_hazard_stands_once(found, line, today):
    row = found(kind="major_hazard")
    assert queries.first_page(line.village_cadre.actor, today) == ([row], [])


def test_a_department_finds_what_was_handed_to_it_on_its_first_page(found, act, line, django_assert_max_num_queries):
    row, browser = found("township_officer", kind="violation"), line.sign_in("clerk")
    act("accept", "head", row)
    assert "问题待处理" not in browser.get("/").content.decode()
    act("hand", "head", row, posts=[line.clerk.post.id])
    with django_assert_max_num_queries(12):
        assert "问题待处理" in browser.get("/").content.decode()
