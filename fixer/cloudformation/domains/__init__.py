"""Custom domains of API Gateway: what belongs to one, and how it is switched on and off."""
