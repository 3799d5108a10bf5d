"""What Rasa loads into its graph: Indonesian spaCy pipeline, features, classifiers, danger, guard.

Nothing here reads a file or builds a pipeline at import. A component that depends on a word list hashes that list
into its fingerprint (`components.sources`), so that a changed list is never silently ignored by Rasa's cache.
"""
