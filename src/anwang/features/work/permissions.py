"""Who may open which page of this feature."""

PAGES = {"work_status": "signed_in", "work_file": "signed_in", "work_list": "signed_in"}
