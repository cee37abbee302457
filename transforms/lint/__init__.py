"""Repairs of what cfn-lint finds."""
