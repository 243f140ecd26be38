"""How the simulated sites lay out addresses and lists: one module a dialect."""

from crawlers.demo.layouts.base import Layout, Listing, Row
from crawlers.demo.layouts.jpage import Jpage
from crawlers.demo.layouts.plain import Plain, Scripted
from crawlers.demo.layouts.table import Table
from crawlers.demo.layouts.trs import Trs

LAYOUTS: dict[str, Layout] = {"trs": Trs(), "jpage": Jpage(), "table": Table(), "plain": Plain(), "script": Scripted()}

__all__ = ["LAYOUTS", "Jpage", "Layout", "Listing", "Plain", "Row", "Scripted", "Table", "Trs"]
