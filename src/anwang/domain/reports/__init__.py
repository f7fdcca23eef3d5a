"""Reports 举报 of employees and the public (三.4): receipt codes, the case on its way, questions about retaliation."""
