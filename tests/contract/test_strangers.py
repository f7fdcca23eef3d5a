"""The neighbour's leader, who may do everything at home, finds nothing of ours: every address, reading and writing."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import get_resolver, reverse

from anwang.config.access import pages
from anwang.domain.base import Role
from anwang.domain.discipline.complaints import Kind
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.portal.declarations import Topic
from anwang.domain.reports import cases as reports_cases
from anwang.features.advice import actions as advice
from anwang.features.advice.models import Material
from anwang.features.assignments.models import Assignment, Commitment, PairRule, Plan, Posting
from anwang.features.audit.models import AuditEvent
from anwang.features.discipline import actions as discipline
from anwang.features.dispatch import actions as dispatch
from anwang.features.documents.actions import Issue, issue
from anwang.features.duties.actions import ContactData, PhotoData, add_photo, open_duties, record_contact
from anwang.features.duties.models import Obligation
from anwang.features.enterprises.models import Change, ChangedRow, RiskPoint, RosterImport
from anwang.features.grid import actions as grid
from anwang.features.grid.models import Post, Sponsorship
from anwang.features.hints.models import Hint
from anwang.features.home.models import Feedback
from anwang.features.notices.actions import enqueue
from anwang.features.notices.models import Message
from anwang.features.paper.models import Scan
from anwang.features.paper.queries import Code
from anwang.features.portal import actions as portal
from anwang.features.portal.models import Invitation
from anwang.features.problems import actions as problems
from anwang.features.public.models import Publication
from anwang.features.reports import actions as reports
from anwang.features.reports.models import Report
from anwang.features.statistics.models import Evaluation, EvaluationImport
from anwang.features.timeline.models import Handover, ReviewPack
from anwang.features.visits import actions as visits
from anwang.features.visits.models import Adoption, Visit
from anwang.features.work.models import Work
from tests.cast import LANSHAN, SINCE, TOWNSHIP
from tests.features.duties.pictures import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ADMINISTRATORS = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}


def addresses(patterns, route=""):
    """(name, parameter names) of every address that names an object."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route + str(pattern.pattern))
        elif getattr(pattern.pattern, "converters", None):
            yield pattern.name, tuple(pattern.pattern.converters)


def guarded():
    for name, parameters in addresses(get_resolver().url_patterns):
        if pages().get(name, "anyone") != "anyone":
            yield name, parameters


def planned(now):
    """A plan of 兰山区."""
    return Plan.objects.create(unit=LANSHAN, on=SINCE, policy_version="x", created_at=now, created_by="示例县长")


def told(cast, now):
    """A message to one of us."""
    enqueue(by=cast.system, now=now, to=cast.village_cadre.person.id, kind="test", key="ours", title="我们的")
    return {"message_id": Message.objects.get(key="ours").id}


def reviewed(cast, now, paper):
    """A handover of ours, a review pack of our enterprise and what our office published."""
    firm, cadre = cast.enterprise, cast.village_cadre
    given = Handover.objects.create(
        person=cadre.person, post=cadre.post, unit=cadre.post.unit, kind="retire", on=SINCE, state="planned",
        created_at=now, created_by="示例县长",
    )  # fmt: skip
    pack = ReviewPack.objects.create(
        enterprise=firm, document=paper, on=SINCE, form="pdf", sha256="x", whole=True, made_at=now,
        made_by="示例县长",
    )  # fmt: skip
    shown = Publication.objects.create(
        unit=LANSHAN, title="通报", on=SINCE, disclosure="public", published_at=now, published_by="示例县长"
    )
    scored = Evaluation.objects.create(enterprise=firm, on=SINCE, score=80, recorded_at=now, recorded_by="示例县长")
    ours = {"handover_id": given.id, "pack_id": pack.id}
    return {**ours, "publication_id": shown.id, "evaluation_id": scored.id}


@pytest.fixture
def ours(cast, now):
    """Something of every kind in 兰山区, by parameter name."""
    firm, cadre, leader = cast.enterprise, cast.village_cadre, cast.county_leader
    place = {"county": firm.county, "township": firm.township}
    bound = Assignment.objects.create(
        enterprise=firm, person=cadre.person, post=cadre.post, level="village", valid_from=SINCE, recorded_at=now,
        **place,
    )  # fmt: skip
    rows = [Issue(f"t:{n}", "t", LANSHAN) for n in (1, 2)]
    papers = issue(by=cast.system, now=now, kind="test", pattern="{year}-{number}", rows=rows)
    letter = Commitment.objects.create(assignment=bound, document=papers[0], created_at=now)
    sheet = Posting.objects.create(assignment=bound, document=papers[1], created_at=now)
    open_duties(by=cast.system, now=now)
    call = ContactData(uuid4(), firm.id, cadre.person.id, "call", date(2026, 11, 20))
    contact = record_contact(by=cadre.actor, now=now, data=call).contact
    sponsor = Sponsorship.objects.create(
        unit=TOWNSHIP, level="township", post=leader.post, valid_from=SINCE, recorded_at=now
    )
    return {
        **told(cast, now),
        **reviewed(cast, now, papers[0]),
        "enterprise_id": firm.id, "person_id": cadre.person.id, "post_id": cadre.post.id, "user_id": cadre.user.id,
        "code": TOWNSHIP, "unit": LANSHAN, "leadership_id": leader.post.leaderships.get().id,
        "sponsorship_id": sponsor.id,
        "assignment_id": bound.id, "commitment_id": letter.id, "posting_id": sheet.id, "plan_id": planned(now).id,
        "obligation_id": Obligation.objects.filter(enterprise=firm).first().id, "contact_id": contact.id,
        "point_id": RiskPoint.objects.create(enterprise=firm, name="锅炉房", created_at=now).id,
        "kind": "attachment5", "format": "pdf", "form": "pdf", "paper_id": papers[0].id,
        "commitment.paper_id": letter.id, "posting.paper_id": sheet.id, **uploaded(cast, now),
        **advised(cast, now), **tasked(cast, now), **visited(cast, now),
        **troubled(cast, now), **complained(cast, now), **pictured(cast, contact, now), **papered(cast, now),
        **invited(cast, now), **reported(cast, now),
    }  # fmt: skip


def uploaded(cast, now):
    """What the county's leader handed in and has not confirmed, changed, ruled out and asked for; feedback; the
    trail."""
    leader = cast.county_leader
    sheet = {"filename": "x.xlsx", "path": "x", "sha256": "x", "user_id": leader.user.id, "by": "x", "created_at": now}
    change = Change.objects.create(kind="edit", label="x", enterprises=1, user_id=leader.user.id, by="x", at=now)
    ChangedRow.objects.create(change=change, enterprise=cast.enterprise, created=False)
    rule = PairRule.objects.create(
        enterprise_id=cast.enterprise.id, person_id=cast.village_cadre.person.id, kind="forbid", reason="x",
        created_at=now, created_by="x",
    )  # fmt: skip
    return {
        "upload_id": grid.keep_upload(by=leader.actor, now=now, filename="x.xlsx", data=b"x"),
        "import_id": RosterImport.objects.create(unit=LANSHAN, on=SINCE, **sheet).id,
        "evaluation.import_id": EvaluationImport.objects.create(**sheet).id,
        "change_id": change.id, "rule_id": rule.id,
        "feedback_id": Feedback.objects.create(text="x", created_at=now).id,
        "work_id": Work.objects.create(handler="x", label="x", user_id=leader.user.id, created_at=now).id,
        "event_id": AuditEvent.objects.latest("id").id, "chain": LANSHAN // 10**6,
    }  # fmt: skip


def pictured(cast, contact, now):
    """A photo of the record, and what was noticed about it."""
    by, data = cast.village_cadre.actor, PhotoData(jpeg())
    photo = add_photo(by=by, now=now, contact_id=contact.id, photo=data).photo
    hint = Hint.objects.create(
        key="test", kind="apart", person=cast.village_cadre.person, unit=371302101201, county=contact.county,
        contact=contact, evidence={"days": 12}, found_at=now, leader_from=date(2026, 11, 24), state="explained",
    )  # fmt: skip
    return {"client_id": contact.client_id, "photo_id": photo.id, "hint_id": hint.id}


def papered(cast, now):
    """A record sheet of our enterprise, and its photo."""
    code = Code(cast.enterprise.id, cast.village_cadre.person.id, date(2026, 11, 24))
    scan = Scan.objects.create(
        sender=cast.village_cadre.person, enterprise=cast.enterprise, received_at=now, sha256="x"
    )
    return {"token": code.token, "scan_id": scan.id}


def invited(cast, now):
    """An invitation of our enterprise's principal, and what the enterprise declared."""
    row = Invitation.objects.create(
        enterprise=cast.enterprise, name="示例厂长", token_digest="x", code_digest="x", by="x", made_at=now,
        expires_at=now,
    )  # fmt: skip
    said = portal.declare(by=cast.principal.actor, now=now, topic=Topic.FACTS, values={"headcount": 12})
    return {"invitation_id": row.id, "declaration_id": said.id}


def troubled(cast, now):
    """A problem of our enterprise with a photo of it."""
    data = problems.ProblemData(cast.enterprise.id, ProblemKind.OTHER, "示例")
    row = problems.report(by=cast.village_cadre.actor, now=now, data=data)
    kept = {"path": "problems/x.pdf", "kind": "pdf", "size": 1, "digest": "x", "by": "示例村主任", "at": now}
    file = row.files.create(stage="reported", name="图.pdf", **kept)
    return {"problem_id": row.id, "problem_file_id": file.id, "act": "note"}


def reported(cast, now):
    """A report about our enterprise at our desk, with a photo, a question and a request to unseal it."""
    told = reports.Told("n", cast.enterprise.id, reports_cases.Kind.HAZARD, "something", photos=(jpeg(),))
    reports.file_report(by=cast.system, now=now, told=told)
    row = Report.objects.get()
    ask = {"number": row.number, "reason": "an example of a reason"}
    asked = reports.ask_unsealing(by=cast.city_office.actor, now=now, **ask)
    photo, question = row.photos.get(), row.follow_ups.first()
    return {"report_id": row.id, "report_photo_id": photo.id, "follow_up_id": question.id, "unsealing_id": asked.id}


def complained(cast, now):
    """A complaint of our enterprise and a health measure of 兰山区."""
    told = discipline.Told(uuid4(), cast.enterprise.id, Kind.OTHER, "示例")
    complaint = discipline.file_complaint(by=cast.principal.actor, now=now, told=told)
    days = {"first": date(2026, 11, 24), "end": date(2026, 12, 1)}
    measure = grid.order_remote(by=cast.county_leader.actor, now=now, unit=LANSHAN, reason="示例", **days)
    return {"complaint_id": complaint.id, "measure_id": measure.id}


def visited(cast, now):
    """A visit, an adopted plan and a wish of 兰山区."""
    firm, person = cast.enterprise, cast.village_cadre.person
    place = {"enterprise": firm, "county": firm.county, "township": firm.township}
    adoption = Adoption.objects.create(
        person=person, first=date(2026, 11, 24), until=date(2026, 12, 31), contacts=1, records=1, lower_bound=1,
        adopted_at=now, adopted_by="x",
    )  # fmt: skip
    row = Visit.objects.create(
        **place, person=person, form="on_site", day=date(2026, 12, 2), adoption=adoption, created_at=now, created_by="x"
    )
    data = visits.WishData(firm.id, "wished", date(2026, 12, 2), date(2026, 12, 2))
    wish = visits.wish(by=cast.principal.actor, now=now, data=data)
    return {"visit_id": row.id, "adoption_id": adoption.id, "wish_id": wish.id}


def tasked(cast, now):
    """A task of 兰山区 at its township, with a file and a request for more time."""
    to = {"kind": "posts", "posts": [cast.township_officer.post.id]}
    data = dispatch.TaskData("防汛", "值守", date(2026, 12, 20), to)
    task = dispatch.draft(by=cast.county_leader.actor, now=now, data=data)
    dispatch.issue(by=cast.county_leader.actor, now=now, task_id=task.id)
    row = task.receipts.get()
    ask = {"receipt_id": row.id, "wanted": date(2026, 12, 20), "reason": "下雨"}
    asked = dispatch.ask(by=cast.township_officer.actor, now=now, **ask)
    kept = {"path": "tasks/x.pdf", "kind": "pdf", "size": 1, "digest": "x", "by": "示例县长", "at": now}
    file = task.files.create(name="通知.pdf", **kept)
    return {"task_id": task.id, "receipt_id": row.id, "extension_id": asked.id, "task_file_id": file.id}


def advised(cast, now):
    """A question, an answer, a notice and a film of 兰山区."""
    office = {"by": cast.county_leader.actor, "now": now}
    asking = advice.Asking(uuid4(), cast.enterprise.id, "示例问题", cast.village_cadre.person.id)
    question = advice.ask(by=cast.village_cadre.actor, now=now, data=asking)
    entry = advice.keep_entry(**office, data=advice.EntryData("标题", "解答", "依据", date(2027, 1, 1)))
    notice = advice.keep_notice(**office, data=advice.NoticeData("通知", "要点"))
    advice.issue_notice(**office, notice_id=notice.id)
    film = Material.objects.create(unit=LANSHAN, title="片", kind="mp4", size=1, file="x", made_by="x", made_at=now)
    return {"question_id": question.id, "entry_id": entry.id, "relay_id": notice.id, "material_id": film.id}


def paths(ours):
    """(name, path) of every guarded address, filled with our objects."""
    unknown = {key for _name, parameters in guarded() for key in parameters} - set(ours)
    assert not unknown, "give these parameters an object of ours"
    for name, parameters in guarded():
        feature = name.partition("_")[0]
        values = {key: ours.get(f"{feature}.{key}", ours[key]) for key in parameters}
        yield name, reverse(name, kwargs=values)


def test_outside_the_territory_there_is_nothing(ours, cast):
    browser = cast.sign_in("stranger")
    found = []
    for _name, path in paths(ours):
        for answer in (browser.get(path), browser.post(path, {"reason": "x", "text": "x"})):
            if answer.status_code not in {404, 405}:
                found.append((answer.request["REQUEST_METHOD"], path, answer.status_code))
    assert found == []


def test_the_administrators_keep_the_system_and_see_no_record(ours, cast):
    Post.objects.filter(id=cast.county_leader.post.id).update(kind="system_admin")
    browser = cast.sign_in("county_leader")
    kept = {name for name, roles in pages().items() if roles == "signed_in" or ADMINISTRATORS & set(roles)}
    assert [
        path for name, path in paths(ours) if name not in kept and browser.get(path).status_code not in {404, 405}
    ] == []
