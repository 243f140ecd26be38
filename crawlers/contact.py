"""The address at which an administrator reaches whoever crawls: the site list's, else that of the environment."""

import os

VARIABLE = "DISCLOSURE_CONTACT"
PLACEHOLDER = "the operator has not set a contact address"
"""What the site lists that come with the program say instead of an address."""


def is_set(contact: str) -> bool:
    """Whether a contact is an address and not what stands for none."""
    return contact.strip() not in ("", PLACEHOLDER)


def contact_of(listed: str) -> str:
    """What the requests of a crawl say: what its site list says, unless that is no address and the environment has one."""
    return listed if is_set(listed) else os.environ.get(VARIABLE, "").strip() or listed
