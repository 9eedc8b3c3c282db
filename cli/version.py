"""The version as a literal: `reciprocity --version` answers before anything else is loaded."""

from __future__ import annotations

VERSION = "0.1.0"
