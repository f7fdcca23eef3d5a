"""policy.yaml and clauses.yaml: the document itself, its levels and grades, its clauses."""

from __future__ import annotations

from anwang.domain.base import Grade, Interval, Level, gettext_noop
from anwang.domain.policy.fields import CLAUSE, DOCUMENT, PLACEHOLDER_DAY, RULE, Fields
from anwang.domain.policy.model import CarriedOutBy, Clause, GradeName, LevelName, Meta

NO_META = Meta(
    "", "", "", "", "", "", "", 0, "", PLACEHOLDER_DAY, PLACEHOLDER_DAY, "", False, Interval(PLACEHOLDER_DAY)
)
CAPABILITY = r"N\d{1,2}(\.\d)?|B\d{1,2}"
SCREEN = r"[a-z][a-z0-9_]*"


def read_meta(fields: Fields) -> Meta:
    """The head of policy.yaml."""
    return Meta(
        code=fields.text("code", pattern=r"[a-z0-9-]{3,40}", shape="linyi-2020-9"),
        name=fields.text("name"),
        title=fields.text("title"),
        document_number=fields.text("document_number", pattern=r".+〔\d{4}〕[1-9]\d*号", shape="临应急发〔2020〕9号"),
        issuer=fields.text("issuer"),
        issuer_heading=fields.text("issuer_heading"),
        addressees=fields.text("addressees"),
        territory=fields.integer("territory", 10**11, 10**12 - 1),
        office=fields.text("office"),
        issued_on=fields.day("issued_on"),
        printed_on=fields.day("printed_on"),
        disclosure=fields.text("disclosure"),
        public=fields.flag("public"),
        interval=fields.interval(),
    )


def read_level(fields: Fields) -> LevelName:
    """A level: what it is called, who leads, whom it sponsors."""
    fields.reading.declare("level", fields.text("level"), *fields.place("level"))
    return LevelName(
        level=fields.one_of("level", Level),
        label=fields.text("label"),
        leader=fields.text("leader"),
        sponsors=fields.one_of("sponsors", Level) if fields.has("sponsors") else None,
        staff=fields.text("staff", ""),
        clause=fields.clause(),
        interval=fields.interval(),
    )


def read_grade(fields: Fields) -> GradeName:
    """A grade: what it is called, its colour (红橙黄蓝), whether its enterprises are key ones."""
    fields.reading.declare("grade", fields.text("grade"), *fields.place("grade"))
    return GradeName(
        grade=fields.one_of("grade", Grade),
        label=fields.text("label"),
        colour=fields.text("colour", pattern="red|orange|yellow|blue", shape="red、orange、yellow、blue"),
        key=fields.flag("key"),
        clause=fields.clause(),
        interval=fields.interval(),
    )


def read_clause(fields: Fields) -> Clause:
    """A clause, verbatim. Its parent stands further up, so that no circle can be."""
    code, parent = fields.text("code"), fields.text("parent", "")
    if parent and not fields.reading.is_declared(CLAUSE, parent):
        fields.wrong("parent", "parent", gettext_noop("应为前面已写的条款"))
    fields.reading.declare(CLAUSE, code, *fields.place("code"))
    return Clause(
        code=code,
        title=fields.text("title"),
        heading=fields.text("heading", ""),
        text=fields.text("text", ""),
        parent=parent,
        capabilities=fields.texts("capabilities", pattern=CAPABILITY, shape="N3、N7.2、B11"),
        carried_out_by=_carried_out_by(fields),
        interval=fields.interval(),
        note=fields.text("note", ""),
    )


def _carried_out_by(fields: Fields) -> CarriedOutBy:
    if not fields.has("carried_out_by"):
        return CarriedOutBy()
    return fields.one("carried_out_by", _read_carried, CarriedOutBy())


def _read_carried(fields: Fields) -> CarriedOutBy:
    return CarriedOutBy(
        screens=fields.texts("screens", pattern=SCREEN, shape="assign_plan"),
        rules=fields.references("rules", RULE),
        documents=fields.references("documents", DOCUMENT),
    )
