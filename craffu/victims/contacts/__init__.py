"""Contacts with her: which are safe, which promise each keeps, and when she could truly not be reached."""
