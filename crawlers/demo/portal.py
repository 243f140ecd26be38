"""The city's portal: besides its own columns it hosts departments and towns that have no site of their own, in four ways."""

from dataclasses import replace
from datetime import date
from html import escape
from zlib import crc32

from crawlers.demo import documents as close
from crawlers.demo.articles import article_page
from crawlers.demo.content import ColumnContent, HostedContent, SiteContent, Wording
from crawlers.demo.items import Document, documents, stamp
from crawlers.demo.layouts.base import Listing, Row
from crawlers.demo.layouts.table import pager, rows
from crawlers.demo.pages import Crumb, Reply, article, link
from crawlers.demo.site import HOME, DemoSite

DIRECTORY = "/bmgk/index.html"
CATALOGUE = "/zwgkml/"
FIELD_SIZE = 60


class PortalSite(DemoSite):
    """A `DemoSite` with hosted units: by URL prefix, column subtree, query parameter or 发布机构 field."""

    def __init__(self, content: SiteContent, words: Wording, as_of: date, netloc: str) -> None:
        super().__init__(content, words, as_of, netloc)
        self.frame.menu.append(("部门街镇公开", DIRECTORY))
        self.routes[DIRECTORY] = self._directory
        self.counted.append(DIRECTORY)
        self.catalogue: dict[str, list[Document]] = {}
        for unit in content.hosted:
            if unit.kind == "field":
                self._add_to_catalogue(unit)
            else:
                self._build_hosted(unit)
        self._build_catalogue()

    def entry(self, unit: HostedContent) -> str:
        """The page a unit's scope starts from."""
        match unit.kind:
            case "prefix":
                return f"/{unit.place}/"
            case "subtree":
                return f"/xxgk/{unit.place}/"
            case "query":
                return f"/bmxxgk/index.html?number={unit.place}"
            case "field":
                return CATALOGUE

    def hosted_column(self, unit: HostedContent, key: str, number: int = 1) -> str:
        """Address of a page of a hosted unit's column."""
        slug = unit.columns[key].slug
        page = f"_{number}" if number > 1 else ""
        match unit.kind:
            case "prefix":
                return f"/{unit.place}/{slug}/list{page}.html"
            case "subtree":
                return f"/xxgk/c{10000 + crc32(f'{unit.id}/{slug}'.encode()) % 90000}/list{page}.html"
            case "query":
                return f"/bmxxgk/list.html?number={unit.place}&cat={slug}" + (f"&page={number}" if number > 1 else "")
            case "field":
                return f"{CATALOGUE}{slug}/list{page}.html"

    def hosted_article(self, unit: HostedContent, key: str, document: Document) -> str:
        """Address of a document of a hosted unit."""
        if unit.kind == "query":
            return f"/bmxxgk/content_{document.number}.html?number={unit.place}"
        return f"{self.hosted_column(unit, key).rsplit('/', 1)[0]}/content_{document.number}.html"

    def _hosted_documents(self, unit: HostedContent, key: str) -> list[Document]:
        names = {"district": unit.name, "publisher": unit.name}
        return documents(unit.id, key, unit.columns[key], self.words, names, self.as_of)

    def _build_hosted(self, unit: HostedContent) -> None:
        self.routes[self.entry(unit)] = lambda: self._entry(unit)
        self.counted.append(self.entry(unit))
        shelf = self._hosted_shelf(unit)
        for key, column in unit.columns.items():
            if column.state == "missing":
                continue
            self.counted.append(self.hosted_column(unit, key))
            if column.state == "dead":
                continue
            found = [] if column.state == "blank" else self._hosted_documents(unit, key)
            if column.kind == "page":
                self.routes[self.hosted_column(unit, key)] = lambda key=key, found=found: self._hosted_page(unit, key, found)  # type: ignore[misc]
                continue
            size = self.content.page_size
            pages = max(1, -(-len(found) // size))
            for number in range(1, pages + 1):
                url = self.hosted_column(unit, key, number)
                self.routes[url] = lambda key=key, found=found, number=number: self._hosted_list(unit, key, found, number)  # type: ignore[misc]
                if number > 1:
                    self.counted.append(url)
            for one in found:
                self.routes[self.hosted_article(unit, key, one)] = lambda key=key, one=one: self._hosted_document(unit, key, one, shelf)  # type: ignore[misc]

    def _hosted_trail(self, unit: HostedContent) -> list[Crumb]:
        return [HOME, Crumb("部门街镇公开", DIRECTORY), Crumb(unit.name, self.entry(unit))]

    def _hosted_menu(self, unit: HostedContent, active: str = "") -> str:
        links = [
            link(self.hosted_column(unit, key), column.name, "on" if key == active else "") for key, column in unit.columns.items() if column.state != "missing"
        ]
        return f'<div class="box menu"><h2>{escape(unit.name)}</h2>{"".join(links)}</div>'

    def _entry(self, unit: HostedContent) -> Reply:
        inside = f'<div class="two">{self._hosted_menu(unit)}<div class="box"><h2>{escape(unit.name)}</h2><p>请从左侧选择公开栏目。</p></div></div>'
        return self.frame.reply(
            inside, f"{unit.name}信息公开_{self.content.name}", self._hosted_trail(unit), {"ColumnName": unit.name, "ColumnType": "部门信息"}
        )

    def _hosted_meta(self, unit: HostedContent, key: str) -> dict[str, str]:
        return {"ColumnName": unit.columns[key].name, "ColumnType": unit.name}

    def _hosted_page(self, unit: HostedContent, key: str, found: list[Document]) -> Reply:
        column = unit.columns[key]
        newest = max((one.date for one in found), default=None)
        info = f"发布机构：{escape(unit.name)}" + (f"&nbsp;&nbsp;发布日期：{newest}" if newest else "")
        text = [*column.text, *(f"{name}：{value}" for name, value in column.elements.items() if value)]
        body = article(f"{unit.name}{column.name}", info, [one.format(publisher=unit.name) for one in text])
        meta = self._hosted_meta(unit, key) | ({"PubDate": str(newest)} if newest else {})
        inside = f'<div class="two">{self._hosted_menu(unit, key)}{body}</div>'
        return self.frame.reply(inside, f"{column.name}_{unit.name}", [*self._hosted_trail(unit), Crumb(column.name)], meta)

    def _hosted_list(self, unit: HostedContent, key: str, found: list[Document], number: int) -> Reply:
        size, column = self.content.page_size, unit.columns[key]
        here = found[(number - 1) * size : number * size]
        dated = column.state != "undated"
        shown = tuple(Row(self.hosted_article(unit, key, one), stamp(one.date, self.content.date_style) if dated else "", one) for one in here)
        first = self.hosted_column(unit, key)
        listing = Listing(first, column.name, shown, number, max(1, -(-len(found) // size)), len(found), size)
        pattern = f"{first}&page={{}}" if unit.kind == "query" else first.removesuffix(".html") + "_{}.html"
        table = rows(listing) + pager(listing, pattern) + ("" if found else "<p>暂无相关信息</p>")
        inside = f'<div class="two">{self._hosted_menu(unit, key)}<div class="box"><h2>{escape(column.name)}</h2>{table}</div></div>'
        trail = [*self._hosted_trail(unit), Crumb(column.name)]
        return self.frame.reply(inside, f"{column.name}_{unit.name}", trail, self._hosted_meta(unit, key))

    def _hosted_shelf(self, unit: HostedContent) -> close.Shelf:
        held = {key: self._hosted_documents(unit, key) for key, column in unit.columns.items() if column.state not in ("missing", "blank", "dead")}
        flaws = {key: column.flaws for key, column in unit.columns.items()}
        return close.Shelf(held, close.nearest_policies(held), flaws, lambda key, one: self.hosted_article(unit, key, one), unit.name)

    def _hosted_document(self, unit: HostedContent, key: str, one: Document, shelf: close.Shelf) -> Reply:
        trail = [*self._hosted_trail(unit), Crumb(unit.columns[key].name, self.hosted_column(unit, key)), Crumb("正文")]
        return article_page(self.frame, one, trail, self._hosted_meta(unit, key), more=close.more(one, unit.columns[key], shelf))

    def _add_to_catalogue(self, unit: HostedContent) -> None:
        for key, column in unit.columns.items():
            if column.state not in ("missing", "blank", "dead"):
                self.catalogue.setdefault(key, []).extend(replace(one, publisher=unit.name) for one in self._hosted_documents(unit, key))

    def _build_catalogue(self) -> None:
        model = next((unit for unit in self.content.hosted if unit.kind == "field"), None)
        if model is None:
            return
        office = HostedContent(id="office", name=f"{self.content.name}办公室", kind="field", place="", columns=self._office(model))
        for key in model.columns:
            if key in office.columns:
                self.catalogue.setdefault(key, []).extend(self._hosted_documents(office, key))
        self.routes[CATALOGUE] = lambda: self._catalogue_entry(model)
        self.counted.append(CATALOGUE)
        for key in self.catalogue:
            found = sorted(self.catalogue[key], key=lambda one: (one.date, one.number), reverse=True)
            self.catalogue[key] = found
            for number in range(1, max(1, -(-len(found) // FIELD_SIZE)) + 1):
                url = self.hosted_column(model, key, number)
                self.routes[url] = lambda key=key, number=number: self._catalogue_list(model, key, number)  # type: ignore[misc]
                self.counted.append(url)
            for one in found:
                self.routes[self.hosted_article(model, key, one)] = lambda key=key, one=one: self._catalogue_document(model, key, one)  # type: ignore[misc]

    def _office(self, model: HostedContent) -> dict[str, ColumnContent]:
        """The office's own documents stand in the same lists, so that a reader who does not tell publishers apart gets dates wrong."""
        own = self.content.columns
        return {key: own[key].model_copy(update={"slug": column.slug, "kind": "list"}) for key, column in model.columns.items() if key in own}

    def _catalogue_menu(self, model: HostedContent, active: str = "") -> str:
        links = [link(self.hosted_column(model, key), model.columns[key].name, "on" if key == active else "") for key in self.catalogue]
        return f'<div class="box menu"><h2>市级公开目录</h2>{"".join(links)}</div>'

    def _catalogue_entry(self, model: HostedContent) -> Reply:
        inside = (
            f'<div class="two">{self._catalogue_menu(model)}<div class="box"><h2>市级公开目录</h2><p>各单位信息按栏目汇总，列表中标明发布机构。</p></div></div>'
        )
        return self.frame.reply(
            inside, f"市级公开目录_{self.content.name}", [HOME, Crumb("市级公开目录")], {"ColumnName": "市级公开目录", "ColumnType": "公开目录"}
        )

    def _catalogue_list(self, model: HostedContent, key: str, number: int) -> Reply:
        found = self.catalogue[key]
        here = found[(number - 1) * FIELD_SIZE : number * FIELD_SIZE]
        shown = tuple(Row(self.hosted_article(model, key, one), stamp(one.date, self.content.date_style), one) for one in here)
        first, name = self.hosted_column(model, key), model.columns[key].name
        listing = Listing(first, name, shown, number, max(1, -(-len(found) // FIELD_SIZE)), len(found), FIELD_SIZE)
        table = rows(listing) + pager(listing, first.removesuffix(".html") + "_{}.html")
        inside = f'<div class="two">{self._catalogue_menu(model, key)}<div class="box"><h2>{escape(name)}</h2>{table}</div></div>'
        trail = [HOME, Crumb("市级公开目录", CATALOGUE), Crumb(name)]
        return self.frame.reply(inside, f"{name}_{self.content.name}", trail, {"ColumnName": name, "ColumnType": "公开目录"})

    def _catalogue_document(self, model: HostedContent, key: str, one: Document) -> Reply:
        name = model.columns[key].name
        trail = [HOME, Crumb("市级公开目录", CATALOGUE), Crumb(name, self.hosted_column(model, key)), Crumb("正文")]
        return article_page(self.frame, one, trail, {"ColumnName": name, "ColumnType": "公开目录"}, more=self._guide_text(one) if key == "guide" else "")

    def _guide_text(self, one: Document) -> str:
        """The guide of a unit whose guide is an entry of the common directory."""
        unit = next((unit for unit in self.content.hosted if unit.name == one.publisher), None)
        paragraphs = unit.columns["guide"].text if unit is not None else ()
        return "".join(f"<p>{escape(text.format(publisher=one.publisher))}</p>" for text in paragraphs)

    def _directory(self) -> Reply:
        links = "".join(f"<li>{link(self.entry(unit), unit.name)}</li>" for unit in self.content.hosted if unit.kind != "field")
        inside = f'<div class="box"><h2>部门街镇公开</h2><ul>{links}<li>{link(CATALOGUE, "市级公开目录")}</li></ul></div>'
        return self.frame.reply(inside, f"部门街镇公开_{self.content.name}", [HOME, Crumb("部门街镇公开")])
