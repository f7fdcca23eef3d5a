"""Pages of questions, answers, notices and material."""
