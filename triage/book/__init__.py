"""What a rule book may say, what that means, and how it is read from its files."""
