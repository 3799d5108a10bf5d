"""WhatsApp through Meta's Cloud API; in development also a double of it with a phone to try."""
