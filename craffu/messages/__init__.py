"""One door out: what leaves by text message or e-mail waits here, is sent once, and says what became of it (house rule)."""
