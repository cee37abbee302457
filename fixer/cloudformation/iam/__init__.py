"""What IAM policies allow, who is allowed it, and on which resources of the template."""
