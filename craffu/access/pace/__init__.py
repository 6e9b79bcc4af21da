"""How fast one person, or one program, may ask (SEC-01): nobody copies a register by asking for all of it quickly."""
