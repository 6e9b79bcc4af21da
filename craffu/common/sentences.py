"""Sentences that are kept before anybody's language is known: marked for the catalogue here, translated by what shows them."""


def gettext_noop(sentence: str) -> str:
    """Mark an English sentence for the translators' catalogue; the page that shows it translates it."""
    return sentence
