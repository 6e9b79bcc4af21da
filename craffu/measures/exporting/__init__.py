"""Tables of figures and of the snapshot that leave as files, described so that other tools read them as they are meant (X21)."""
