"""Asking her by the safe page: who is invited to answer what, by a link or a code, once and for a short time (VIC-01, VIC-02)."""
