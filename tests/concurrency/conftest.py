"""Races are run over real processes on an installation of their own."""

from tests.integration.conftest import demo_installations, demonstrated, installation, prepared

__all__ = ["demo_installations", "demonstrated", "installation", "prepared"]
