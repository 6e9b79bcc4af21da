"""A home as an address says it, known again however it is written (IDN-02)."""
