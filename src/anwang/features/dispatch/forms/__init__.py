"""What is typed into the pages of tasks."""

from .acts import DoneForm, ExtendForm, HandForm
from .sheet import TaskSheetForm
from .task import TaskForm, read_targets

__all__ = ["DoneForm", "ExtendForm", "HandForm", "TaskForm", "TaskSheetForm", "read_targets"]
