"""Pictures of exercises, and of where it hurts, drawn from what the rule book says of them."""
