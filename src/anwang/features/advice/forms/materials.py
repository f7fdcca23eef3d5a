"""A film, paper or picture for warning education."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions import MaterialData


class MaterialForm(forms.Form):
    """What it is, where it comes from, for which industries, and the file."""

    title = forms.CharField(label=_("名称"), max_length=120)
    source = forms.CharField(label=_("来源"), max_length=120, help_text=_("制作单位或网址"))
    minutes = forms.IntegerField(
        label=_("时长（分钟，影片填写）"), required=False, min_value=1, max_value=600,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("说明（选填）"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    industries = forms.MultipleChoiceField(
        label=_("适用行业"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("不选为各行业通用")
    )
    file = forms.FileField(label=_("文件"), error_messages={"required": _("请选择文件")})

    def __init__(self, *args: Any, industries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["industries"].choices = industries  # type: ignore[attr-defined]

    def material(self) -> MaterialData:
        """What the action takes, from a valid form."""
        data = self.cleaned_data
        return MaterialData(data["title"], data["source"], data["minutes"], data["industries"], data["note"])
