"""The mouth: what can turn words into the sound of a telephone line."""
