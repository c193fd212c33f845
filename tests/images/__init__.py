"""The images: what is in them, and that it runs."""
