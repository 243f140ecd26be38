"""Every Chinese text of the pages, a module a page, so that the owner can proof-read them in one place."""
