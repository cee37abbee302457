"""What cfn-lint finds, and nobody repairs."""
