"""Periods, workdays and deadlines, in Asia/Shanghai days."""
