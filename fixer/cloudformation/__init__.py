"""What a template means: its sections, resources, references, conditions and intrinsics, on plain long-form data."""
