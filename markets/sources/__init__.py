"""Outside data in, plain dataclasses out: registers of providers, and the designs of a programme file."""
