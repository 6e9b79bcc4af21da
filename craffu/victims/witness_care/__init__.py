"""What the system of witness care says of a victim, taken up as if it had been recorded here (INT-01)."""
