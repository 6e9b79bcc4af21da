"""A whole installation in one sealed file, and back again (T39, B12)."""
