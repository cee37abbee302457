"""Outputs: what identifies a resource, and how an output of the template is named, described and exported."""
