"""Uploads of rosters, and which column holds what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor
from anwang.domain.roster.enterprises import ENTERPRISES
from anwang.web.fields import SheetField, day_field

from .fields import UnitField


class UploadForm(forms.Form):
    """A workbook; where rows without a place go, and the day of the facts."""

    file = SheetField(label=_("名册文件"), too_large=_("文件超过 %(most)s MB，请分县区或分乡镇上传。"))
    on = day_field(_("基准日期"), help_text=_("变更从这一天起生效"))

    def __init__(self, *args: Any, actor: Actor, on: date, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.today = on
        self.fields["unit"] = UnitField(
            label=_("没有地点的企业暂放在"), actor=actor, on=on, required=False, help_text=_("留空为本单位")
        )

    def clean_on(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(gettext("基准日期不能晚于今天。"), code="date_future")
        return day


class MappingForm(forms.Form):
    """For every column of the sheet, the field it holds or none."""

    def __init__(self, *args: Any, columns: Sequence[dict[str, Any]], **extra: Any) -> None:
        super().__init__(*args, **extra)
        choices = [("", gettext("（不导入）")), *((each.name, gettext(each.label)) for each in ENTERPRISES.fields)]
        for column in columns:
            title = f"{column['letter']} · {column['title']}"
            self.fields[column["letter"]] = forms.ChoiceField(
                label=title[:60], choices=choices, required=False, initial=column["field"]
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        used = [name for name in data.values() if name]
        for name in {each for each in used if used.count(each) > 1}:
            text = gettext("“%(label)s”指定了两列，请只留一列。") % {"label": ENTERPRISES[name].label}
            raise forms.ValidationError(text, code="mapping_twice")
        return data

    def mapping(self) -> dict[str, str]:
        """Column letter → field; a column set to none is told as ""."""
        return {letter: name for letter, name in self.cleaned_data.items() if name != self.fields[letter].initial}
