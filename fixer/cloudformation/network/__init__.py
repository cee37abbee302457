"""Networks: what a template has of them, and what it takes to put functions, services and APIs into one."""
