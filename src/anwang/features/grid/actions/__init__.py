"""Writing the grid: the division table, posts, leaders and sponsors."""

from .lines import Line, appoint_leaders, end_leader, end_sponsor, set_supervision_phone, sponsor_units
from .measures import end_remote, order_remote
from .people import add_person, create_administrator
from .posts import PostData, change_post, create_posts, end_post, reopen_post
from .regrid import RegridResult, apply_regrid, load_grid
from .sheet import MAX_UPLOAD, drop_upload, import_people, keep_upload, note_export, take_upload

__all__ = [
    "MAX_UPLOAD",
    "Line",
    "PostData",
    "RegridResult",
    "add_person",
    "apply_regrid",
    "appoint_leaders",
    "change_post",
    "create_administrator",
    "create_posts",
    "drop_upload",
    "end_leader",
    "end_post",
    "end_remote",
    "end_sponsor",
    "import_people",
    "keep_upload",
    "load_grid",
    "note_export",
    "order_remote",
    "reopen_post",
    "set_supervision_phone",
    "sponsor_units",
    "take_upload",
]
