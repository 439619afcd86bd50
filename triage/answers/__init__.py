"""One person's answers: checked, in words, and as a row of the table of forms."""
