"""Tables, sealing, inbox, outbox, audit. Every act is one function in one transaction; every text is sealed."""
