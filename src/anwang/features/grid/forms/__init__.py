"""Forms of the grid: people and posts, lines of command, filters, sign-ins."""

from .filters import PersonFilter, SignInFilter
from .lines import EndForm, LineForm, PhoneForm
from .measures import EndMeasureForm, MeasureForm
from .people import PersonForm, PostForm, PostTextForm
from .refusals import say
from .sheets import SheetForm
from .sign_ins import ReasonForm, SignInForm

__all__ = [
    "EndForm",
    "EndMeasureForm",
    "LineForm",
    "MeasureForm",
    "PersonFilter",
    "PersonForm",
    "PhoneForm",
    "PostForm",
    "PostTextForm",
    "ReasonForm",
    "SheetForm",
    "SignInFilter",
    "SignInForm",
    "say",
]
