"""Rows of witness care and surveys on their way to whom they are about: at once, or once what they name is here (INT-04)."""
