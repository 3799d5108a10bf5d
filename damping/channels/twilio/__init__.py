"""WhatsApp by way of Twilio: another road to the same person, the same channel and the same rules."""
