"""首问负责 and 传达政策 (附件4.1): questions with their clock, notices with their receipts, answers found again."""
