"""Letters to a victim of what happened in her case, and asking her how she was treated: written, printed and sent once."""
