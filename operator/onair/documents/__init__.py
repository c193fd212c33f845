"""Manifests as text: read as the API server and kubectl read them, every value with its place."""

from onair.documents.reading import Document, Documents, read
from onair.documents.values import Remark

__all__ = ["Document", "Documents", "Remark", "read"]
