"""How the simulated sites lay out addresses and lists: one module a dialect."""

from crawlers.demo.layouts.base import Layout, Listing, Row
from crawlers.demo.layouts.fjapi import Fjapi
from crawlers.demo.layouts.gkmlpt import Gkmlpt
from crawlers.demo.layouts.interface import Asked, Interface
from crawlers.demo.layouts.jpaas import Jpaas, JpaasForm
from crawlers.demo.layouts.jpage import Jpage
from crawlers.demo.layouts.plain import Plain
from crawlers.demo.layouts.scripted import Scripted
from crawlers.demo.layouts.table import Table
from crawlers.demo.layouts.trs import Trs
from crawlers.demo.layouts.ucap import Static, Ucap
from crawlers.demo.layouts.written import Definitions, JsArray
from crawlers.demo.layouts.xxgk import Xxgk

LAYOUTS: dict[str, Layout] = {
    "trs": Trs(),
    "jpage": Jpage(),
    "table": Table(),
    "plain": Plain(),
    "script": Scripted(),
    "jpaas": Jpaas(),
    "jpaas_form": JpaasForm(),
    "xxgk": Xxgk(),
    "fjapi": Fjapi(),
    "gkmlpt": Gkmlpt(),
    "ucap": Ucap(),
    "comment": Static(),
    "jsarray": JsArray(),
    "dl": Definitions(),
}

__all__ = ["LAYOUTS", "Asked", "Interface", "Jpage", "Layout", "Listing", "Row"]
