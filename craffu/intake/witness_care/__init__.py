"""Rows of witness care on their way to the victim they are about: at once, or when what they name has come (INT-04)."""
