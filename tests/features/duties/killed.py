"""A program that is killed in the middle of recording a photo: `killed.py make|record POINT|check|together`.

No product code knows of it: the functions at which it dies are replaced here, in this process alone.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
RECORD, PHOTO = UUID(int=1, version=4), UUID(int=2, version=4)
POINTS = ("before_file", "after_file", "after_thumb", "row", "trail", "before_commit", "after_commit")


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def make():
    from django.core.management import call_command

    from anwang.features.duties.actions import open_duties
    from tests.cast import make_cast, make_grid
    from tests.features.duties.conftest import bind

    call_command("migrate", verbosity=0)
    make_grid(NOW)
    cast = make_cast(NOW)
    for firm, member in ((cast.enterprise, cast.village_cadre), (cast.elsewhere, cast.stranger)):
        bind(firm, member, NOW)
    open_duties(by=cast.system, now=NOW)


def set_trap(point):
    """Replace the function at which this process dies."""
    from django.db import connection

    from anwang.adapters import media
    from anwang.features.audit import actions as audit
    from anwang.features.duties.models import Photo

    keep, count = media.keep, [0]

    def counted(data, **how):
        name = keep(data, **how)
        count[0] += 1
        if (point, count[0]) in (("after_file", 1), ("after_thumb", 2)):
            die()
        return name

    commit = connection._commit

    def committed():
        if count[0] == 2 and point == "before_commit":
            die()
        done = commit()
        if count[0] == 2 and point == "after_commit":
            die()
        return done

    connection._commit = committed
    media.keep = die if point == "before_file" else counted
    if point == "row":
        Photo.save = die
    if point == "trail":
        recorded = audit.record
        audit.record = lambda **data: die() if data["action"] == "photo.add" else recorded(**data)


def record():
    """The half-month's call of the cadre, then one photo: as a telephone sends them."""
    from anwang.features.accounts.models import User
    from anwang.features.duties.actions import ContactData, PhotoData, add_photo, record_contact
    from anwang.features.enterprises.models import Enterprise
    from anwang.features.grid.queries import actor_for
    from tests.features.duties.pictures import jpeg

    user = User.objects.get(username="village_cadre")
    by = actor_for(user, now=NOW)
    firm = Enterprise.objects.get(name="示例机械有限公司")
    data = ContactData(RECORD, firm.id, user.person_id, "call", date(2026, 11, 24), note="检查了配电室")
    kept = record_contact(by=by, now=NOW, data=data)
    return add_photo(by=by, now=NOW, contact_id=kept.contact.id, photo=PhotoData(jpeg(1), PHOTO))


def check():
    """What `verify` says, now and three days later, and after sweeping; then the telephone sends again."""
    import json
    from datetime import timedelta

    from anwang.domain.base import SYSTEM
    from anwang.features.audit.actions import sweep_files
    from anwang.features.duties.models import Contact, Photo
    from anwang.features.duties.queries.checks import verify

    def codes(now):
        return sorted(fault.code for each in verify(on=NOW.date(), now=now).values() for fault in each)

    real = datetime.now(NOW.tzinfo)
    later = real + timedelta(days=3)
    said = {"now": codes(real), "later": codes(later), "before": Photo.objects.count()}
    said |= {"swept": sweep_files(by=SYSTEM, now=later), "after": codes(later)}
    record()
    said |= {"contacts": Contact.objects.count(), "photos": Photo.objects.count(), "end": codes(real)}
    print(json.dumps(said))


def together():
    """Four tabs that send the same record and the same photo at the same moment."""
    import json
    import threading

    from django.db import connections

    from anwang.features.duties.models import Contact, Fulfilment, Photo
    from anwang.features.duties.queries.checks import verify

    gate, found = threading.Barrier(4), []

    def tab():
        gate.wait()
        try:
            found.append(record().again)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tab) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    counts = [model.objects.count() for model in (Contact, Fulfilment, Photo)]
    faults = [fault.code for each in verify(on=NOW.date(), now=datetime.now(NOW.tzinfo)).values() for fault in each]
    print(json.dumps({"again": sorted(found), "counts": counts, "faults": faults}))


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "make":
        make()
    elif sys.argv[1] == "check":
        check()
    elif sys.argv[1] == "together":
        together()
    else:
        set_trap(sys.argv[2])
        record()
