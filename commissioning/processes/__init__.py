"""The processes behind the product: the embedded PostgreSQL and Valkey, and what `manage.py serve` looks after.

Plain Python that never reads Django's settings, since the services have to be up before those are read.
"""
