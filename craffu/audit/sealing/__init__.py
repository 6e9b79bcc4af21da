"""Keeps the chain of each force's log: seals what was recorded, signs the head, and checks the whole (SEC-05)."""
