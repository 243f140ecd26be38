"""The small tree of errors a user can cause. Each message names the culprit and the remedy in one Chinese line."""


class DisclosureError(Exception):
    """Root; `exit_code` is what the command line ends with."""

    exit_code = 2


class BadInput(DisclosureError):
    """A file, argument or address that cannot be used; nothing was written."""


class Refused(DisclosureError):
    """The state of the data does not allow it (locking with blockers, writing to a locked period)."""

    exit_code = 3


class StoreBusy(BadInput):
    """Another process owns the database; the message names its PID."""


class NotPermitted(Refused):
    """The signed-in role may not do this."""
