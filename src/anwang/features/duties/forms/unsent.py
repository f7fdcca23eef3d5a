"""Records that a telephone kept and could not send, judged by the same form as on the page (B9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.adapters.unsent import UnsentRecord, read_unsent
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.accounts import queries as accounts
from anwang.features.enterprises import queries as enterprises
from anwang.features.grid import queries as grid
from anwang.web.asked import number
from anwang.web.reasons import words

from .. import queries
from ..actions import PhotoData, Taken, Unsent
from .contact import ContactForm, Posted, made_at
from .photos import BadPhoto, photo_data


def read_records(data: bytes, *, by: Actor, now: datetime) -> list[Unsent]:
    """Every record of a ZIP with what it says, or why it cannot be taken; refuses a ZIP that is none of ours."""
    return [_judged(each, by, now) for each in read_unsent(data)]


def _judged(record: UnsentRecord, by: Actor, now: datetime) -> Unsent:
    found = Unsent(UUID(record.name.removesuffix(".json")), str(record.body.get("title") or "")[:120])
    try:
        person = _person(record.body, by)
        fields = _fields(record.body, found.client_id)
        firm = _firm(record.body, by)
        data = _data(fields, firm, person, by, now)
        return replace(found, data=data, photos=_photos(record))
    except Refusal as refusal:
        return replace(found, refusal=refusal)


def _person(body: dict[str, Any], by: Actor) -> int:
    """Whose record it is: one's own, or of somebody inside the territory for an office or a leader."""
    account = number(str(body.get("user", "")))
    if account is not None and account == by.user_id and by.person_id:
        return by.person_id
    user = accounts.sign_in(account) if account is not None else None
    if user is None or user.person_id is None or grid.person_for(by, user.person_id) is None:
        raise Refusal("not_own", gettext_noop("这条记录不是您本人登记的；请由本人导入，或交其所在单位办公室导入。"))
    return int(user.person_id)


def _fields(body: dict[str, Any], client_id: UUID) -> QueryDict:
    pairs = body.get("entries")
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        raise Refusal("record_format", gettext_noop("这条记录的内容无法识别。"))
    fields = QueryDict(mutable=True)
    for name, value in pairs:
        fields.appendlist(name, value)
    fields["client_id"] = str(client_id)
    fields.setdefault("captured_at", str(body.get("at") or ""))
    # The telephone's clock when it sends is not known here: what it said at exporting is no sending.
    fields["sent_at"] = ""
    return fields


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)


def _firm(body: dict[str, Any], by: Actor) -> Any:
    """The enterprise that the address of the form names; whatever host the telephone knew us by."""
    address = urlsplit(str(body.get("url", "")))
    if address.path != reverse("contact_new"):
        raise Refusal("record_format", gettext_noop("这条记录的内容无法识别。"))
    key = number((parse_qs(address.query).get("enterprise") or [""])[0])
    firm = enterprises.find(key, by=by) if key else None
    if firm is None:
        raise Refusal("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    return firm


def _data(fields: QueryDict, firm: Any, person: int, by: Actor, now: datetime) -> Any:
    today = local_day(now)
    posted = Posted.read(fields, today)
    known = queries.contact_by_client(str(fields["client_id"]), by=by)
    desk = queries.desk(
        firm.id, day=today, form=posted.form, on_site=posted.on_site, occurred_on=posted.occurred_on,
        wanted=posted.wanted, again=known.id if known else None,
    )  # fmt: skip
    at = known.received_at if known else now
    made = known.captured_at if known else made_at(fields, now)
    form = ContactForm(fields, desk=desk, now=at, today=today, made=made)
    if not form.is_valid():
        name, said = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields and form.fields[name].label else ""
        raise Refusal("invalid", "%(why)s", why=f"{label}{_('：')}{said[0]}" if label else str(said[0]))
    return form.record(enterprise=firm.id, person=person, channel="device", safety_officer=firm.safety_officer)


def _photos(record: UnsentRecord) -> tuple[PhotoData | Refusal, ...]:
    found: list[PhotoData | Refusal] = []
    for said, data in record.photos:
        try:
            found.append(photo_data(data, said))
        except BadPhoto as refusal:
            found.append(refusal)
    return tuple(found)


def outcomes(taken: Sequence[Taken]) -> dict[str, Any]:
    """What came of each record, in words: for the page, and as JSON."""
    return {
        "counts": {**dict.fromkeys(("created", "same", "differs", "refused"), 0), **Counter(t.outcome for t in taken)},
        "records": [
            {
                "client_id": str(each.client_id), "title": each.title, "outcome": each.outcome,
                "contact": each.contact_id, "photos": each.photos,
                "code": each.refusal.code if each.refusal else "",
                "message": words(each.refusal) if each.refusal else "",
                "photo_messages": [words(refusal) for refusal in each.photo_refusals],
            }
            for each in taken
        ],
    }  # fmt: skip
