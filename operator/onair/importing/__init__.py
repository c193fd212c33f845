"""Media plans and calendar exports, pure: from their text to Campaign manifests and notes.

Nothing is guessed: what could mean two things is left out, and said with what would be right.
"""
