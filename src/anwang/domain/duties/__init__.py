"""The eight duties (三.3, 附件3, 附件4): what is owed, when, and when it counts as done."""
