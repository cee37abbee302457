"""What resource types are like: their properties, attributes and policies, read from schemas as data."""
