"""What several pages share: theme, charts, tables, addresses, the error boundary and the way to the services."""
