"""Where registers are read from: a folder of files or a PostgreSQL schema, in batches of rows."""
