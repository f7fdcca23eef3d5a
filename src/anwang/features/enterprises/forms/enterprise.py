"""An enterprise by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anwang.domain.base import Actor
from anwang.domain.grid.coordinates import System
from anwang.domain.roster.codes import check_credit_code
from anwang.web.fields import day_field
from anwang.web.reasons import words

from ..models import Managing
from ..queries.industries import gbt_of
from ..queries.sheet import located
from .fields import PhonesField, UnitField, industry_choices, translated


class EnterpriseForm(forms.Form):
    """All that is stated of an enterprise; a new one also says where it is."""

    name = forms.CharField(label=_("企业名称"), max_length=120)
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=30, required=False)
    address = forms.CharField(label=_("生产经营地址"), max_length=300, required=False)
    gbt = forms.CharField(label=_("国民经济行业（代码或名称）"), max_length=100, required=False,
                          help_text=_("例如 C2614 或 有机化学原料制造"))  # fmt: skip
    industry = forms.ChoiceField(label=_("行业（十三类）"), required=False)
    managing = forms.ChoiceField(label=_("管理级别"))
    headcount = forms.IntegerField(label=_("从业人数"), min_value=0, max_value=10_000_000, required=False)
    principal = forms.CharField(label=_("企业主要负责人"), max_length=60, required=False)
    principal_phone = PhonesField(label=_("主要负责人联系电话"), max_length=60, required=False)
    safety_officer = forms.CharField(label=_("安全负责人"), max_length=60, required=False)
    safety_phone = PhonesField(label=_("安全负责人联系电话"), max_length=60, required=False)
    opened_on = day_field(_("开业日期"), required=False)
    longitude = forms.FloatField(label=_("经度"), min_value=73, max_value=136, required=False)
    latitude = forms.FloatField(label=_("纬度"), min_value=3, max_value=54, required=False)
    coordinates = forms.ChoiceField(
        label=_("坐标系"),
        required=False,
        help_text=_("经纬度取自哪种地图；不同的坐标系相差几百米，保存时换算为 WGS-84"),
    )
    remarks = forms.CharField(label=_("备注"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))
    field_order = (
        *("name", "credit_code", "unit", "address", "gbt", "industry", "managing", "headcount", "principal"),
        *("principal_phone", "safety_officer", "safety_phone", "opened_on", "longitude", "latitude", "coordinates"),
        "remarks",
    )

    def __init__(self, *args: Any, actor: Actor, on: date, new: bool = False, **extra: Any) -> None:
        super().__init__(*args, **extra)
        if not new:
            for name in ("principal_phone", "safety_phone"):
                self.fields[name].help_text = _("加密保存；留空则不变")
        self.fields["industry"].choices = industry_choices(on, gettext("按行业代码认定"))  # type: ignore[attr-defined]
        self.fields["coordinates"].choices = [  # type: ignore[attr-defined]
            ("", gettext("（没有经纬度）")), *((each.value, gettext(each.label)) for each in System)
        ]  # fmt: skip
        self.fields["managing"].choices = translated(Managing.choices)  # type: ignore[attr-defined]
        if new:
            self.fields["unit"] = UnitField(label=_("所在网格"), actor=actor, on=on)
        self.order_fields(self.field_order)

    def clean_credit_code(self) -> str | None:
        """A valid code or none; what is wrong with it in words."""
        text = self.cleaned_data["credit_code"]
        if not text.strip():
            return None
        checked = check_credit_code(text)
        if not checked.ok and checked.reason:
            raise forms.ValidationError(words(checked.reason), code=checked.reason.code)
        return checked.text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (data.get("longitude") is None) != (data.get("latitude") is None):
            self.add_error("longitude", gettext("经度和纬度要么都填，要么都不填。"))
        elif data.get("longitude") is not None and not data.get("coordinates"):
            self.add_error("coordinates", gettext("请选择经纬度取自哪种地图；不知道的请不要填经纬度。"))
        return data

    def values(self) -> dict[str, Any]:
        """Columns of the enterprise; phones left blank are not among them when it is known already."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("unit", "gbt")}
        if found["longitude"] is not None:
            found |= located(found["longitude"], found["latitude"], System(found["coordinates"]))
        else:
            found["coordinates"] = ""
        code, name = gbt_of(self.cleaned_data["gbt"]) if self.cleaned_data["gbt"] else ("", "")
        return {**found, "gbt_code": code, "gbt_name": name}
