"""The readers that conclude: a verdict on every rule, from one form or from a table of them."""
