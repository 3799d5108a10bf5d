"""Design tokens and shared page pieces: one quiet family for chat, desk and workbench."""
