"""From verdicts to an assessment of one person, the reasons for it, and it all as JSON."""
