"""The leader's table and its rows; the papers of the notice; the file of an enterprise."""

from .evaluations import apply as evaluation_apply
from .evaluations import discard as evaluation_discard
from .evaluations import errors as evaluation_errors
from .evaluations import preview as evaluation_preview
from .evaluations import template as evaluation_template
from .evaluations import undo as evaluation_undo
from .evaluations import upload as evaluation_upload
from .file import enterprise_file, evaluation_add, evaluation_restore, evaluation_withdraw
from .papers import attachment5, download, listing, make
from .table import export, rows, table

__all__ = [
    "attachment5",
    "download",
    "enterprise_file",
    "evaluation_add",
    "evaluation_apply",
    "evaluation_discard",
    "evaluation_errors",
    "evaluation_preview",
    "evaluation_restore",
    "evaluation_template",
    "evaluation_undo",
    "evaluation_upload",
    "evaluation_withdraw",
    "export",
    "listing",
    "make",
    "rows",
    "table",
]
