"""The code of Lambda functions: where it is, in which language, whether it can stand in the template."""
