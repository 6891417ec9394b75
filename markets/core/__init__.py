"""Who can carry a contract's risk, and who is left: providers, markets and the diversity simulation."""
