"""Forms in: one module for each family of formats, each ending in checked responses."""
