"""slopes."""
