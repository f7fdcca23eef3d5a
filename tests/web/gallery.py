"""What the style guide shows: one of everything, in the shapes of docs/reference/components.md."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import django_tables2 as tables
from django import forms
from django.utils.safestring import mark_safe

NUM = {"td": {"class": "num"}, "th": {"class": "num"}}
GRADES = [("major", "重大风险"), ("larger", "较大风险"), ("general", "一般风险"), ("low", "低风险")]
STATES = ["done"] * 14 + ["late", "done", "done", "unable", "done", "done", "overdue", "due", "ahead", "ahead"]
LONGER = ["done", "done", "late", "open"] * 2 + ["done", "done", "overdue", "ahead"] + ["done", "open", "none"]


class RosterTable(tables.Table):
    selection = tables.CheckBoxColumn(accessor="id", attrs={"td": {"class": "aw-col-pick"}})
    name = tables.Column(verbose_name="企业名称", attrs={"td": {"class": "aw-main-cell"}})
    code = tables.Column(verbose_name="统一社会信用代码", attrs={"td": {"class": "aw-mono"}})
    risk = tables.Column(verbose_name="风险等级")
    village = tables.Column(verbose_name="所属网格")
    people = tables.Column(verbose_name="从业人数", attrs=NUM)
    lead = tables.Column(verbose_name="包保人")
    progress = tables.Column(verbose_name="本期进度", orderable=False)

    class Meta:
        attrs = {"class": "aw-table aw-cards"}
        order_by = "-people"


class FilterForm(forms.Form):
    q = forms.CharField(label="名称或代码", required=False)
    grade = forms.ChoiceField(label="风险等级", choices=[("", "全部"), *GRADES], required=False)
    industry = forms.ChoiceField(
        label="行业", choices=[("", "全部"), ("chem", "化工"), ("wood", "轻工")], required=False
    )


class ContactForm(forms.Form):
    when = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(label="方式", choices=[("phone", "电话"), ("video", "视频会商"), ("site", "现场督导")])
    text = forms.CharField(
        label="企业急需解决的问题", widget=forms.Textarea(attrs={"rows": 3}), help_text="没有就写“无”。"
    )


def rows() -> list[dict[str, Any]]:
    names = [
        "沂蒙化工有限公司",
        "红旗木业有限公司",
        "临港建材厂",
        "白沙埠金属制品有限公司",
        "朱阳纺织有限公司",
        "<b>甲</b>乙商贸行",
    ]
    found = []
    for n in range(24):
        grade, words = GRADES[n % 4]
        light = ["green", "yellow", "red"][n % 3]
        found.append(
            {
                "id": n,
                "name": names[n % 6],
                "code": f"91371300MA3C{n:04d}1X",
                "risk": mark_safe(f'<span class="aw-risk aw-risk-{grade}">{words}</span>'),
                "village": "白沙埠镇朱阳村",
                "people": (n * 137) % 900 + 3,
                "lead": ["王建国", "李秀兰", "张 伟"][n % 3],
                "progress": mark_safe(
                    f'<span class="aw-light aw-light-{light}">{["正常", "临近到期", "逾期"][n % 3]}</span>'
                ),
            }
        )
    return found


def cells() -> list[dict[str, Any]]:
    spans = [6] * 12 + [12, 12, 24]
    half_months = [{"state": s, "span": 1, "title": f"第二条 第 {n + 1} 个半月"} for n, s in enumerate(STATES)]
    longer = [
        {"state": s, "span": w, "title": "第三条 专题会议", "url": "#"} for s, w in zip(LONGER, spans, strict=True)
    ]
    return half_months + longer


def charts() -> dict[str, Any]:
    counties = ["兰山", "罗庄", "河东", "沂南", "郯城", "沂水", "兰陵", "费县", "平邑", "莒南", "蒙阴", "临沭"]
    months = [f"{n} 月" for n in range(1, 13)]
    series = [("按时", "green", 70), ("逾期完成", "yellow", 20), ("逾期未办", "red", 10)]
    return {
        "bars": {
            "categories": counties,
            "unit": "项",
            "series": [
                {"name": name, "colour": tone, "data": [(n * 7) % 13 + base for n in range(12)]}
                for name, tone, base in series
            ],
        },
        "pie": {
            "slices": [
                {"name": w, "colour": g, "value": v, "url": "#"}
                for (g, w), v in zip(GRADES, [312, 1840, 9200, 18866], strict=True)
            ]
        },
        "line": {"categories": months, "series": [{"name": "联系", "data": [n * n % 37 + 40 for n in range(12)]}]},
        "heat": {
            "x": months,
            "y": counties[:6],
            "values": [[x, y, (x * y * 7) % 30] for x in range(12) for y in range(6)],
        },
    }


def nav() -> list[dict[str, Any]]:
    labels = [
        ("工作台", "home", 3),
        ("企业", "building-factory-2", 0),
        ("网格", "sitemap", 0),
        ("人员", "users", 0),
        ("包保分配", "affiliate", 0),
        ("履职", "clipboard-check", 0),
        ("文书", "file-text", 0),
        ("统计", "chart-bar", 0),
        ("政策", "book-2", 0),
        ("审计", "shield-lock", 0),
    ]
    return [{"label": w, "url": "#", "icon": i, "active": n == 1, "count": c} for n, (w, i, c) in enumerate(labels)]


def tree() -> list[dict[str, Any]]:
    villages = [
        {"label": "朱阳村", "code": "371302106201", "url": "#", "count": 12, "active": True},
        {"label": "孝友村", "count": 3},
    ]
    towns = [{"label": "白沙埠镇", "code": "371302106000", "children": villages, "open": True, "count": 214}]
    return [{"label": "兰山区", "code": "371302000000", "url": "#", "children": towns, "open": True, "count": 8122}]


def context(request: Any, *, data: Any = None) -> dict[str, Any]:
    """Everything the style guide needs, without a database."""
    table = RosterTable(rows())
    table.paginate(page=1, per_page=20)
    posts = [
        SimpleNamespace(id=1, title="白沙埠镇安全生产工作人员", unit_name="白沙埠镇人民政府"),
        SimpleNamespace(id=2, title="白沙埠镇网格长", unit_name="兰山区白沙埠镇"),
    ]
    return {
        "nav": nav(),
        "demo": True,
        "own_posts": posts,
        "actor": SimpleNamespace(post_id=1, title=posts[0].title),
        "table": table,
        "filter": SimpleNamespace(form=FilterForm({"grade": "major"})),
        "cells": cells(),
        "tree": tree(),
        "form": ContactForm(data),
        "page_clause": "三.2",
        "tabs": [
            {"label": "概况", "url": "#", "active": True},
            {"label": "履职记录", "url": "#", "count": 39},
            {"label": "文书", "url": "#", "count": 4},
        ],
        "steps": ["选择文件", "核对列", "预检结果", "导入"],
        **charts(),
    }
