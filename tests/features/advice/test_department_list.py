"""A department answers what was passed to it; it is not offered what it may not do."""

import pytest
from django.urls import reverse

from anwang.features.grid.models import Post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "offered"), [("department", False), ("township_safety", True)])
def test_only_those_in_the_field_are_offered_to_record_a_question(cast, kind, offered):
    Post.objects.filter(id=cast.township_officer.post.id).update(kind=kind, is_supervisor=offered, is_office=False)
    page = cast.sign_in("township_officer").get(reverse("question_list")).content.decode()
    assert (reverse("question_new") in page) is offered
