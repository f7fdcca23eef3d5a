"""Risk grading of enterprises and risk points (附件6)."""
