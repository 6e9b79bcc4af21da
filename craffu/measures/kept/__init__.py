"""Figures that are worked out once for each snapshot and read by pages, which load no engine (ADR 86)."""
