"""The only writers: what the command line and the pages may ask for."""
