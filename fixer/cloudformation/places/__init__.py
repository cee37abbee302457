"""Regions, Availability Zones, accounts and partitions that a template names literally."""
