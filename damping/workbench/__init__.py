"""The trainers' web app: words, examples, models. Never a person's conversation."""
