"""Where the walls of the matrix have doors on purpose; whatever is not named here is closed."""

#: Without a sign-in. A page comes here only when the public, a reporter or a telephone's calendar needs it.
OPEN = {
    # the way in, and what every browser asks for
    "account_login", "account_logout", "account_inactive", "mfa_authenticate", "mfa_trust", "set_language", "healthz",
    "service_worker", "manifest", "offline", "offline_who", "robots", "demo_roles", "demo_enter",
    # what the notice lets everybody read, and the feedback entry of every page
    "policy_page", "policy_clause", "document_verify", "document_verify_form", "feedback", "public_home",
    "public_search", "public_notice", "public_roster", "public_roster_list", "public_paper_list",
    "public_paper_file", "burden_kept",
    # reporters, invited principals, calendars by their secret address
    "report_start", "report_new", "report_follow", "portal_join", "portal_account", "calendar_feed",
}  # fmt: skip
#: What a county's office gives to everybody in it: answers, films, notices with each one's own receipt.
_GIVEN = {"entry_detail", "material_detail", "relay_detail", "relay_mark", "relay_confirm"}
#: key of `OTHERS` → what of ours is open to them. Whoever is far has nothing. The department is of our own township: it
#: sees its enterprises and what they ask, never a problem, report, task, record or visit that was not handed to it.
SHARED = {
    "near_cadre": _GIVEN, "near_principal": _GIVEN, "near_staff": _GIVEN,
    "near_department": _GIVEN | {
        "unit", "grid_below", "enterprise", "enterprise_file", "enterprise_list", "enterprise_phone", "question_add",
        "question_answer", "question_detail", "question_list", "question_pass", "question_reopen", "question_tell",
        "question_withdraw",
    },
}  # fmt: skip
#: What nobody at home comes to: it needs a state or a stored file that `ours` is not in.
UNREACHED = {
    # stored files that the rows only name
    "contact_sheet_image", "material_file", "posting_photo", "problem_file", "relay_file", "scan_image", "task_file",
    "work_file", "papers_file", "paper_download",
    # nothing was faulty, read or finished
    "evaluation_errors", "roster_errors", "regrid_preview", "visit_rate",
    # a report before a clerk has put it into other words has no handler
    "report", "report_problem",
    # no two-step sign-in is set up
    "mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_view_recovery_codes",
    # acts that have no page, or an object of another kind
    "own_point", "own_point_gone", "own_staff_member", "risk_point_edit", "risk_point_remove", "plan_pair",
    "record_unsent",
}  # fmt: skip
