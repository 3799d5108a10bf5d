"""The trainers' workbench: doubts, labels, changes."""
