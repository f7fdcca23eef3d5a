"""What people type about questions, answers, notices and material."""

from .library import EntryForm
from .materials import MaterialForm
from .notices import NoticeForm
from .questions import AskForm, RecordForm

__all__ = ["AskForm", "EntryForm", "MaterialForm", "NoticeForm", "RecordForm"]
