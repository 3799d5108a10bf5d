"""How a person comes back to a web chat: the code of words."""
