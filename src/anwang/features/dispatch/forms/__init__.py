"""What is typed into the pages of tasks."""

from .acts import DoneForm, ExtendForm, HandForm, read_files
from .task import TaskForm, read_targets

__all__ = ["DoneForm", "ExtendForm", "HandForm", "TaskForm", "read_files", "read_targets"]
