"""Who may use every address, by what it is about; permission_map.py says how a row is written, and joins them."""
