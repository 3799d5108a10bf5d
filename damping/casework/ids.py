"""Identities as types of their own, so that a phone number can never pass for a conversation."""

import secrets
from typing import NewType

ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
OutboxId = NewType("OutboxId", str)
OfficerId = NewType("OfficerId", str)
EscalationId = NewType("EscalationId", str)


def new_id() -> str:
    """A fresh opaque id: 128 random bits, 32 hexadecimal signs."""
    return secrets.token_hex(16)
