"""Tags: their shape on each type of resource, those that are there, and what they should say."""
