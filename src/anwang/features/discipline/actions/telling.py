"""Messages about complaints: to the desk that there is one, to the enterprise that it is answered. They name nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from anwang.domain.base import Actor, Reason, Right, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.grid import queries as grid
from anwang.features.notices import actions as notices
from anwang.features.notices.actions import Draft

from .. import queries
from ..models import Complaint

KIND = "complaint"
#: A desk of the city may have many seats; the list of complaints shows it to the others too.
MOST = 10


def tell_desk(row: Complaint, *, by: Actor, now: datetime) -> None:
    """Say to whoever may handle it that a complaint waits; not whose."""
    text = Reason("complaint.desk", gettext_noop("有一件企业投诉请受理，%(due)s 前答复"), {"due": row.due})
    _say(row, queries.handlers(row, day=local_day(now))[:MOST], text, by, now)


def tell_enterprise(row: Complaint, *, by: Actor, now: datetime) -> None:
    """Say to the enterprise that its complaint was answered."""
    people = grid.firm_people([row.enterprise_id], Right.COMPLAIN, on=local_day(now)).get(row.enterprise_id, ())
    text = Reason("complaint.answered", gettext_noop("您反映的事项已有答复，请查看是否认可"))
    _say(row, people[:MOST], text, by, now)


def _say(row: Complaint, people: Iterable[int], text: Reason, by: Actor, now: datetime) -> None:
    drafts = [
        Draft(person, KIND, f"complaint:{row.id}:{row.state}:{person}", text, "", f"/complaints/{row.id}/")
        for person in dict.fromkeys(people)
    ]
    notices.enqueue_many(by=by, now=now, drafts=drafts)
