"""Many forms: scores and counts of files of them, and a report for each."""
