"""Study 2: minefield records handed over, what was said of them, and what the published figures can and cannot mean."""
