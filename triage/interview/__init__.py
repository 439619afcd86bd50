"""One question after the other: which comes next, the terminal, and what a typed letter means."""
