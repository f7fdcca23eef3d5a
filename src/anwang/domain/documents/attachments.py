"""Attachments 1, 2, 4 and 6 as documents of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anwang.domain.documents.tree import (
    Align,
    Annotation,
    AttachmentMark,
    Block,
    Column,
    Disclosure,
    Document,
    Kind,
    Names,
    Para,
    Table,
    Title,
)


@dataclass(frozen=True, slots=True)
class Post:
    """A role of the leading group with its people, e.g. 组长（一级网格长）."""

    role: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A row of 附件2: who of the bureau takes which counties and enterprises."""

    leader: str
    department: str
    supervisor: str
    post: str
    counties: str
    enterprises: tuple[str, ...]
    phone: str = ""


@dataclass(frozen=True, slots=True)
class GradeRule:
    """A rule of 附件6: the sentence and the conditions under it, numbers included in the text."""

    text: str
    conditions: tuple[str, ...] = ()


def leading_group(title: str, posts: Sequence[Post], *, office: str, mark: str = "附件1") -> Document:
    """附件1: 组长, 副组长, 成员, and where the office is (四.1)."""
    names = tuple(Names(post.role, post.people) for post in posts)
    return _attachment("leading_group", mark, title, (*names, Para(office)))


def division_of_work(title: str, shares: Sequence[Share], *, mark: str = "附件2") -> Document:
    """附件2: the division of work inside the bureau (二.2)."""
    table = Table(
        columns=(
            Column("序号", 9, Align.CENTER, Kind.NUMBER),
            Column("网格长", 15, Align.CENTER),
            Column("科室（单位）", 25),
            Column("包保人", 15, Align.CENTER),
            Column("职务", 18, Align.CENTER),
            Column("包保县区", 17, Align.CENTER),
            Column("包保企业", 57),
        ),
        rows=tuple(
            (n, s.leader, s.department, s.supervisor, s.post, s.counties, _listed(s.enterprises))
            for n, s in enumerate(shares, 1)
        ),
        empty="尚未形成分工",
    )
    return _attachment("division_of_work", mark, title, (table,))


def _listed(names: tuple[str, ...]) -> str:
    return "\n".join(f"{n}.{name}" for n, name in enumerate(names, 1)) if len(names) > 1 else "".join(names)


def eight_rules(title: str, rules: Sequence[str], *, mark: str = "附件4") -> Document:
    """附件4: the rules as the policy words them, numbers included (三.3)."""
    return _attachment("eight_rules", mark, title, tuple(Para(rule) for rule in rules))


def grading_standard(title: str, intro: str, rules: Sequence[GradeRule], *, mark: str = "附件6") -> Document:
    """附件6: the grading standard (Attachment 6 of the notice)."""
    blocks: list[Block] = [Para(intro)]
    for rule in rules:
        blocks.append(Para(rule.text))
        blocks += [Para(condition) for condition in rule.conditions]
    return _attachment("grading_standard", mark, title, tuple(blocks))


def _attachment(kind: str, mark: str, title: str, blocks: tuple[Block, ...]) -> Document:
    head: tuple[Block, ...] = (AttachmentMark(mark),) if mark else ()
    public = Disclosure.PUBLIC
    content = (*head, Title(title), *blocks, Annotation(f"信息公开形式：{public.label}"))
    return Document(kind, title.replace("\n", ""), content, disclosure=public)
