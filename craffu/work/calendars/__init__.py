"""A person's own due work as a calendar that their own program reads: references and times, nothing else (ADR 46)."""
