"""What a user may set, where it is said, and what of it applies to a template."""
