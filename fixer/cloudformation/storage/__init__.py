"""Buckets, their policies, and what AWS itself writes to them."""
