"""The carrier that is a person: a paper waits in the print queue, is fetched, printed, and posted or handed over."""
