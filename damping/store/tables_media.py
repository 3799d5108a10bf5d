"""Pictures, voice notes and documents that people sent."""
