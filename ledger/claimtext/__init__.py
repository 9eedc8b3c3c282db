"""The text form of the claim language: read, printed, and explained where it cannot be read."""
