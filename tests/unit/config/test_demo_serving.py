"""What the demo says when it serves."""

from craffu.config.demo.serving import address, sign_in_words


def test_the_address_that_is_given_for_passkeys_is_no_address_of_numbers() -> None:
    said = sign_in_words(address(8765)).splitlines()
    assert said[0] == "Sign in at http://127.0.0.1:8765/   Ctrl-C stops it."
    assert said[1] == "To try passkeys, sign in at http://localhost:8765/ instead."
