"""Who may open which page of this feature: verification is for whoever holds the paper."""

PAGES = {"document_verify": "anyone", "document_verify_form": "anyone"}
