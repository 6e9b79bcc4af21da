"""What other systems asked victims and what they answered, kept apart from what the safe page asks (M5, MET30)."""
