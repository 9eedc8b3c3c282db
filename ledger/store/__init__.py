"""All storage."""
