"""What the enterprise's side asks for."""

from .declaring import FactsForm, PointForm, ReasonForm, StatusForm
from .join import AccountForm, JoinForm
from .staff import RightsForm, StaffForm

__all__ = ["AccountForm", "FactsForm", "JoinForm", "PointForm", "ReasonForm", "RightsForm", "StaffForm", "StatusForm"]
