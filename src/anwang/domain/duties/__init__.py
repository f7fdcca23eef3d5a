"""The eight duties (三.3, 附件3, 附件4): what is owed, when, and when it counts as done.

rules: the form of a rule · due: its days · opening: which obligations exist · status: how one stands · timing: in time
or late · counting: what a record must say · bundle: what goes on one record · ledger: tally · handover: who follows
photos: how many, until when
"""
