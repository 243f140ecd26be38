"""The frame of every simulated page: head with its metadata tags, header, menu, breadcrumb, footer. Every page says 模拟数据."""

from dataclasses import dataclass, field
from html import escape

from crawlers.demo.content import SiteContent

CSS = """*{box-sizing:border-box}body{margin:0;font:15px/1.7 'Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#222;background:#f4f6f9}a{color:#24466f;text-decoration:none}
a:hover{color:#b3261e}ul{list-style:none;margin:0;padding:0}.w{width:1120px;max-width:96%;margin:0 auto}.top{background:#eef2f7;font-size:13px;color:#666;line-height:34px}
.top a{margin-left:16px}.top .w{display:flex;justify-content:space-between}.head{background:linear-gradient(120deg,var(--c),#0e2f57);color:#fff}
.head .w{display:flex;justify-content:space-between;align-items:center;height:128px}.logo{font-size:36px;letter-spacing:5px;font-weight:700}.logo small{display:block;font-size:14px;
letter-spacing:2px;font-weight:400;opacity:.85}.search input{width:260px;height:38px;border:0;padding:0 12px;border-radius:3px 0 0 3px}.search button{height:38px;border:0;background:#d39a2d;
color:#fff;padding:0 18px;border-radius:0 3px 3px 0}.nav{background:#fff;border-bottom:3px solid var(--c)}.nav ul{display:flex;flex-wrap:wrap}.nav a{display:block;padding:0 17px;
line-height:48px;font-size:16px;color:#222}.crumb{padding:14px 0;color:#777;font-size:14px}.two{display:grid;grid-template-columns:236px minmax(0,1fr);gap:20px;align-items:start;margin-bottom:10px}.box{background:#fff;padding:18px 22px;
margin-bottom:20px;border-radius:4px;box-shadow:0 1px 3px #0001}.menu a{display:block;padding:6px 10px;border-bottom:1px dashed #e3e8ef;font-size:14px}.menu a.on{color:#fff;background:var(--c)}
.box h2{margin:0 0 10px;font-size:18px;border-bottom:2px solid var(--c);padding-bottom:8px;display:flex;justify-content:space-between}.box h2 a{font-size:13px;font-weight:400;color:#888}
.list li{display:flex;justify-content:space-between;gap:20px;padding:6px 0;border-bottom:1px dashed #e8ecf1}.list li a{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.list span,.list b{color:#888;font-weight:400;white-space:nowrap}.news_list li{flex-direction:row-reverse}.grid{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 20px;align-items:start}.nav+.w{margin-top:20px}table{width:100%;border-collapse:collapse;
font-size:14px}th{background:#eef2f7;text-align:left}td,th{padding:8px 10px;border:1px solid #e1e7ee}.when,.no{white-space:nowrap;color:#666}.pager{padding:16px 0;text-align:center;font-size:14px}
.pager a,.pager b{padding:2px 9px;border:1px solid #d8e0e9;margin:0 2px}.art h1{text-align:center;font-size:25px;line-height:1.5}.info{text-align:center;color:#888;font-size:13px;
border-bottom:1px solid #e8ecf1;padding-bottom:12px}.art p{text-indent:2em}.quick{display:flex;flex-wrap:wrap;gap:12px}.quick a{background:#eef3fa;padding:10px 18px;border-radius:3px}
.foot{background:#27394f;color:#cfd8e3;text-align:center;font-size:13px;padding:22px 0;line-height:2}.foot a{color:#fff;margin:0 8px}.sim{color:#ffd479}.map dt{font-weight:700;margin-top:12px}
.map dd{margin:0;display:inline-block;padding:2px 16px 2px 0;font-size:14px}"""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sends."""

    status: int
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the breadcrumb; without `url` it is the page itself."""

    name: str
    url: str = ""


def link(url: str, text: str, css: str = "") -> str:
    """An anchor."""
    return f'<a href="{escape(url)}"{f" class={css}" if css else ""}>{escape(text)}</a>'


class Frame:
    """Wraps the inside of a page in the site's frame. `netloc` is host:port of the server, `menu` the first level."""

    def __init__(self, content: SiteContent, netloc: str, menu: list[tuple[str, str]]) -> None:
        self.content = content
        self.netloc = netloc
        self.menu = menu

    def reply(self, inside: str, title: str, crumbs: list[Crumb], meta: dict[str, str] | None = None, status: int = 200) -> Reply:
        """A whole page, encoded and labelled as the site does (the label may be wrong)."""
        text = self._page(inside, title, crumbs, meta or {})
        return Reply(status, text.encode(self.content.encoding), f"text/html; charset={self.content.claims}")

    def _page(self, inside: str, title: str, crumbs: list[Crumb], meta: dict[str, str]) -> str:
        content, identity = self.content, self.content.identity
        tags = {
            "SiteName": content.name if identity.site_name else "",
            "SiteDomain": self.netloc if identity.site_domain else "",
            "SiteIDCode": identity.meta_id,
            **{name: value for name, value in meta.items() if name not in identity.left_out},
        }
        head = "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in tags.items() if value)
        charset = "gb2312" if content.encoding == "gb18030" else content.encoding
        menu = "".join(f"<li>{link(url, name)}</li>" for name, url in self.menu)
        trail = " &gt; ".join(link(crumb.url, crumb.name) if crumb.url else escape(crumb.name) for crumb in crumbs)
        where = f'<div class="crumb w">当前位置：{trail}</div>' if crumbs else ""
        search = (
            '<form class="search" action="/search.html" method="get"><input type="text" name="q" placeholder="请输入关键词"><button type="submit">搜索</button></form>'
            if content.home.search
            else ""
        )
        sitemap = link("/sitemap.html", "网站地图") if content.home.sitemap else ""
        code = f"网站标识码：{identity.footer_id}&nbsp;&nbsp;" if identity.footer_id else ""
        serial = identity.meta_id[-6:] or "000000"
        accessible = f'<a href="javascript:;"{" onclick=openReader()" if content.home.accessible else ""}>无障碍浏览</a>'
        elderly = f'<a href="#"{" onclick=openLarge()" if content.home.elderly else ""}>适老化</a>'
        police = f"&nbsp;&nbsp;示公网安备 {serial}02000{serial[:3]}号" if identity.police else ""
        conac = '<div id="_ideConac" data-from="dcs.conac.cn">党政机关网站标识（模拟数据）</div>' if identity.conac else ""
        return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}
<title>{escape(title)}</title>
<link rel="stylesheet" href="/css/site.css">
</head>
<body style="--c:{content.colour}">
<div class="top"><div class="w"><span>今天是 <script>var d=new Date();document.write(d.getFullYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日");</script></span>
<span><a href="javascript:void(0);" onclick="setHome()">设为首页</a>{accessible}{elderly}{sitemap}</span></div></div>
<div class="head"><div class="w"><div class="logo">{escape(content.name)}<small>模拟数据 · 示例网站</small></div>{search}</div></div>
<div class="nav"><ul class="w">{menu}</ul></div>
{where}
<div class="w">
{inside}
</div>
<div class="foot"><div class="w"><div>友情链接：<a href="https://www.example.org/" target="_blank">示例省人民政府</a><a href="https://service.example.net/index.html" target="_blank">示例省一网通办</a><a href="javascript:void(0)">更多</a></div>
<div>主办：{escape(content.name)}办公室&nbsp;&nbsp;承办：{escape(content.short)}大数据中心&nbsp;&nbsp;联系电话：0000-8{serial}</div>
<div>{code}示ICP备{serial[:4]}{serial}号-1{police}</div>{conac}
<div class="sim">模拟数据：本网站为演示而生成，名称与内容均为虚构</div></div></div>
</body>
</html>
"""


def shield() -> Reply:
    """What a bot shield answers to every request."""
    blob = "".join(f"\\x{(n * 37 + 11) % 256:02x}" for n in range(400))
    body = f"<!DOCTYPE html><html><head><meta charset='utf-8'><script>$_ts=window['$_ts']||{{}};$_ts.cd='{blob}';if($_ts.lcd)$_ts.lcd();</script></head><body><!-- 模拟数据 --></body></html>"
    return Reply(412, body.encode(), headers={"Set-Cookie": "demoShield=0; Path=/; HttpOnly"})


def article(title: str, info: str, paragraphs: list[str], files: list[tuple[str, str]] | None = None) -> str:
    """The inside of a document page."""
    body = "".join(f"<p>{escape(one)}</p>\n" for one in paragraphs)
    attached = "".join(f"<li>{link(url, name)}</li>" for name, url in files or [])
    return (
        f'<div class="box art"><h1>{escape(title)}</h1><div class="info">{info}</div>\n<div id="zoom" class="article-content">{body}</div>\n'
        f"{f'<div class=files>附件下载：<ul>{attached}</ul></div>' if attached else ''}</div>"
    )
