"""Forms of the roster: filters, one enterprise, its acts and risk points, uploads, work lists."""

from .acts import GradeForm, MoveForm, ReasonForm, StatusForm
from .enterprise import EnterpriseForm
from .filters import EnterpriseFilter
from .risk import PointForm
from .uploads import MappingForm, UploadForm

__all__ = [
    "EnterpriseFilter",
    "EnterpriseForm",
    "GradeForm",
    "MappingForm",
    "MoveForm",
    "PointForm",
    "ReasonForm",
    "StatusForm",
    "UploadForm",
]
