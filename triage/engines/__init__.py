"""The readers of the rule book that conclude: each turns its rules and a person's answers into findings."""
