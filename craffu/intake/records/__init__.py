"""A force's own records: one engine for six kinds of extract, whose layouts are data in `craffu/intake/layouts`."""
