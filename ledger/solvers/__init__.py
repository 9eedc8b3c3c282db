"""The engines behind the domain's Protocols."""
