"""Races are run over real processes on an installation of their own."""

from tests.integration.conftest import installation, prepared

__all__ = ["installation", "prepared"]
