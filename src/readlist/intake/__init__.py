"""Text from outside becomes papers."""
