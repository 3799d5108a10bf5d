"""What the office does with a conversation: turn, escalation, takeover. Orders, facts and ports; no I/O."""
