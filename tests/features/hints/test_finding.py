"""What deserves a word of explanation is found, once; what does not is not; nothing follows from an absence."""

from datetime import time, timedelta

import pytest
from PIL import Image, ImageEnhance

from anwang.features.audit.queries import faults
from anwang.features.duties.actions import drop_photo, void_contact
from anwang.features.duties.models import Contact, Fulfilment, Obligation, Photo, Tally
from anwang.features.duties.queries import tally_faults
from anwang.features.hints.models import Hint
from tests.features.duties.pictures import scene

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LONG = "今天到企业检查了配电室和压力容器，询问了安全管理员关于消防通道堵塞的整改情况，要求本周五之前完成整改并报告。"
LANSHAN, YISHUI = (35.05, 118.35), (35.79, 118.63)


def days_ago(today, days):
    return today - timedelta(days=days)


def test_the_same_photo_on_two_records_is_told_once(record, found, today):
    first = record(0, photos=[1], day=days_ago(today, 3))
    second = record(1, photos=[1])
    assert found() == [("photo_same", second.id, first.id)]
    assert found() == [("photo_same", second.id, first.id)]


@pytest.mark.parametrize(
    "changed",
    [
        lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        lambda image: image.transpose(Image.Transpose.ROTATE_90),
        lambda image: image.transpose(Image.Transpose.TRANSVERSE),
        lambda image: image.resize((320, 240)),
        lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    ],
    ids=["mirrored", "turned", "both", "smaller", "brighter"],
)
def test_the_same_scene_in_another_form_is_told(record, found, today, changed):
    first = record(0, photos=[7], day=days_ago(today, 3))
    second = record(1, photos=[changed(scene(7))])
    assert found() == [("photo_like", second.id, first.id)]


def test_another_scene_is_not_told(record, found, today):
    record(0, photos=[1, 2, 3], day=days_ago(today, 3))
    record(1, photos=[4, 5, 6])
    assert found() == []


def test_two_photos_of_a_blank_wall_are_not_told(record, found, today):
    record(0, photos=[Image.new("RGB", (640, 480), "white")], day=days_ago(today, 3))
    record(1, photos=[Image.new("RGB", (640, 481), (250, 250, 250))])
    assert found() == []


def test_colleagues_on_one_visit_may_have_the_same_photo(record, found):
    record(0, photos=[1])
    record(0, photos=[1])
    assert found() == []


def test_a_photo_that_was_withdrawn_and_a_record_that_was_withdrawn_are_not_looked_at(
    opened, record, found, now, today
):
    one = record(0, photos=[1], day=days_ago(today, 3))
    two = record(1, photos=[2], day=days_ago(today, 2))
    drop_photo(by=opened.village_cadre.actor, now=now, photo_id=Photo.objects.get(contact=one).id)
    void_contact(by=opened.village_cadre.actor, now=now, contact_id=two.id, reason="登记错企业")
    record(2, photos=[1, 2])
    assert found() == []


def test_minutes_that_say_the_same_are_told(record, found, today):
    first = record(0, note=LONG, day=days_ago(today, 3))
    second = record(1, note=LONG.replace("，", " "))
    assert found() == [("text_alike", second.id, first.id)]
    assert Hint.objects.get().evidence == {"on": days_ago(today, 3).isoformat(), "percent": 100}


@pytest.mark.parametrize("note", ["无", "一切正常", ""])
def test_short_minutes_are_not(record, found, today, note):
    record(0, note=note, day=days_ago(today, 3))
    record(1, note=note)
    assert found() == []


def test_minutes_of_another_quarter_or_of_another_person_are_not(opened, record, found, today, now):
    record(0, note=LONG, day=days_ago(today, 60), minutes=60)
    record(0, note=LONG, who="township_officer")
    record(1, note=LONG)
    assert found() == []


def test_two_tapped_places_that_nobody_travels_between_are_told(record, found):
    first = record(0, photos=[1], minutes=60, place=LANSHAN)
    second = record(1, photos=[2], minutes=45, place=YISHUI)
    assert found() == [("travel", second.id, first.id)]


def test_a_tapped_place_and_one_that_was_not_are_not(record, found):
    record(0, photos=[1], minutes=60, place=LANSHAN)
    record(1, photos=[2], minutes=59)
    assert found() == []


def test_visits_with_their_hours_at_enterprises_with_their_places_are_told(firms, record, found):
    for firm, (latitude, longitude) in zip(firms, (LANSHAN, YISHUI), strict=False):
        type(firm).objects.filter(id=firm.id).update(latitude=latitude, longitude=longitude)
    record(0, minutes=120)
    assert found() == []
    first = record(0, occurred_at=time(9, 0), minutes=90)
    second = record(1, occurred_at=time(9, 10))
    assert found() == [("travel", second.id, first.id)]


def test_three_factories_in_one_minute_are_told(record, found):
    made = [record(number, minutes=60 - number / 4) for number in range(3)]
    assert found() == [("batch", made[2].id, made[0].id)]


@pytest.mark.parametrize("other", [{"channel": "sheet"}, {"channel": "paper"}, {"channel": "device"}])
def test_what_is_entered_together_by_its_nature_is_not(record, found, other):
    for number in range(4):
        record(number, minutes=60, **other)
    assert found() == []


def test_calls_in_one_minute_are_not(record, found):
    for number in range(4):
        record(number, minutes=60, form="call")
    assert found() == []


def test_long_on_the_way_without_a_reason_is_told_and_with_one_is_not(record, found, today):
    slow = record(0, minutes=60 * 24 * 12, day=days_ago(today, 12))
    record(1, minutes=60 * 24 * 12, day=days_ago(today, 12), late_reason="山里没有信号")
    assert found() == [("apart", slow.id, None)]


def test_a_record_without_photo_place_hour_or_words_is_never_told(record, found, today):
    for number in range(4):
        record(number, minutes=60 + 3 * number, note="")
        record(number, minutes=90 + 3 * number, note="", form="call", day=days_ago(today, 1))
    assert found() == []


def test_hints_change_no_record_no_count_and_no_duty(opened, record, found, today):
    record(0, photos=[1], note=LONG, day=days_ago(today, 3))
    record(1, photos=[1], note=LONG)

    def everything():
        return [
            list(model.objects.order_by("id").values()) for model in (Contact, Photo, Fulfilment, Obligation, Tally)
        ]

    before = everything()
    assert {kind for kind, *_ in found()} == {"photo_same", "text_alike"}
    assert everything() == before
    assert tally_faults() == []
    assert list(faults()) == []


def test_a_photo_that_follows_later_is_looked_at_too(record, found, now, today):
    first = record(0, photos=[1], day=days_ago(today, 3))
    second = record(1)
    assert found() == []
    later = record(1, photos=[1], arrives=now + timedelta(days=1))
    assert found(now + timedelta(days=2)) == [("photo_same", later.id, first.id)]
    assert second.id < later.id


def test_an_evening_of_looking_takes_few_queries(record, found, django_assert_max_num_queries, today):
    for number in range(4):
        record(number, photos=[number, number + 10], note=f"{LONG}{number}", day=days_ago(today, number))
    with django_assert_max_num_queries(60):
        found()
