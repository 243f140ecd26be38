"""A list that no reader of pages understands: the rows come packed from an interface of its own, and only running its script shows them."""

from base64 import b64encode
from collections.abc import Mapping

from crawlers.demo.layouts.base import Listing
from crawlers.demo.layouts.interface import NOTE, Asked, paged
from crawlers.demo.layouts.plain import Plain

SCRIPTS = {
    "/js/chunk-vendors.js": "window.unpack = function (text) { return new TextDecoder().decode(Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); })); };",
    "/js/app.js": """(function () {
  var list = document.createElement("ul"), more = document.createElement("div");
  list.className = "list"; more.className = "pager";
  function draw(page) {
    fetch(window._CONFIG.api + "?column=" + encodeURIComponent(window._CONFIG.column) + "&page=" + page).then(function (answer) { return answer.text(); }).then(function (text) {
      var lines = window.unpack(text).split("\\n"), pages = Number(lines.shift());
      list.replaceChildren(); more.replaceChildren();
      lines.forEach(function (line) {
        var part = line.split("\\t"), row = document.createElement("li"), link = document.createElement("a"), day = document.createElement("span");
        if (part.length < 3) { return; }
        link.href = part[0]; link.textContent = part[1]; day.textContent = part[2];
        row.append(link, day); list.append(row);
      });
      if (!list.children.length) { more.textContent = "暂无相关信息"; }
      if (page < pages) {
        var next = document.createElement("a");
        next.href = "javascript:;"; next.textContent = "下一页"; next.onclick = function () { draw(page + 1); };
        more.append(next);
      }
    });
  }
  document.getElementById("app").append(list, more);
  draw(1);
})();""",
}
"""The site's own scripts by path."""


class Scripted(Plain):
    """The addresses of a plain list, but the list is an empty element that a script fills."""

    prefix = "/api/list"

    def column_id(self, first: str) -> str:
        return first

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:  # noqa: ARG002 - the one path that begins so
        return paged(params.get("column", ""), params.get("page", "1"), "", size)

    def answer(self, listing: Listing) -> tuple[str, str]:
        lines = [str(listing.pages), *(f"{row.url}\t{row.document.title}\t{row.when}" for row in listing.rows), NOTE]
        return b64encode("\n".join(lines).encode()).decode(), "text/plain"

    def listing(self, listing: Listing) -> str:
        config = f'{{"SID": 339910, "api": "{self.prefix}", "column": "{listing.first}"}}'
        return (
            f'<div id="app" v-cloak></div>\n<script>window._CONFIG = {config};</script>\n'
            '<script src="/js/chunk-vendors.js"></script>\n<script src="/js/app.js"></script>\n<noscript>请启用 JavaScript 后访问。</noscript>'
        )
