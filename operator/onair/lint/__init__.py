"""What is wrong with manifests, and what is right but hardly meant, before anybody applies them."""

from onair.lint.findings import Finding
from onair.lint.linting import Linted, lint

__all__ = ["Finding", "Linted", "lint"]
