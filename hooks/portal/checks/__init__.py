"""What must be true of a library. One rule, one function; `table.py` lists them all."""
