"""What is typed into the pages of tasks."""

from .acts import DoneForm, ExtendForm, HandForm
from .task import TaskForm, read_targets

__all__ = ["DoneForm", "ExtendForm", "HandForm", "TaskForm", "read_targets"]
