"""For those who write rules: checks of a whole book, and rules and explanations in prose."""
