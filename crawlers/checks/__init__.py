"""Checks of a site as a whole: links, search, identity, HTTPS, IPv6, accessibility, load time, what it links to."""
