"""The readers of the rule book that conclude: rules and answers in, findings out."""
