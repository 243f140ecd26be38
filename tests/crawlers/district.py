"""A district's site as ordinary as can be: header with search and menu, side menus, breadcrumbs, footer, the scripts that every such page has. Everything is there and fresh."""

from collections.abc import Mapping

from tests.crawlers.web import AS_OF, HOME, Answer

Pages = dict[str, Answer | list[Answer]]
Named = tuple[str, str]

HEAD = (
    "<script src='/images/jquery-1.12.4.min.js'></script><script src='/images/jquery.SuperSlide.2.1.3.js'></script><script src='/images/common.js'></script>"
    "<script>$(function(){$('.nav li').hover(function(){$(this).find('ul').show();},function(){$(this).find('ul').hide();});});</script>"
)
COMMON = "function setTab(n,c,l){for(var i=1;i<=l;i++){document.getElementById('con_'+n+'_'+i).style.display=i==c?'block':'none';}}"
MENU: tuple[Named, ...] = (
    ("首页", "/"),
    ("走进示例", "/zjsl/"),
    ("政务要闻", "/zwyw/"),
    ("政府信息公开", "/zfxxgk/"),
    ("政民互动", "/zmhd/"),
    ("专题专栏", "/ztzl/"),
)
HEADER = (
    "<div class='header'><span id='today'></span><script>document.getElementById('today').innerHTML=new Date().toLocaleDateString();</script>"
    "<img src='/images/logo.png'><form action='/search/'><input type='text' name='keyword' placeholder='请输入关键字'><input type='submit' value='搜索'></form></div>"
    "<div class='nav'><ul>" + "".join(f"<li><a href='{url}'>{name}</a></li>" for name, url in MENU) + "</ul></div>"
)
FOOTER = (
    "<div class='footer'><p>主办：示例区人民政府办公室</p><p>网站标识码：3302000001 示ICP备05000001号</p><a href='/wzdt/'>网站地图</a>"
    "<script>document.write(unescape(\"%3Cspan id='_ideConac' %3E%3C/span%3E\"));</script>"
    "<script>var _hmt=_hmt||[];(function(){var hm=document.createElement('script');hm.src='https://hm.baidu.com/hm.js?1';document.body.appendChild(hm);})();</script></div>"
)
TITLES = (
    "关于推进农村公路建设的通知",
    "关于公布非遗传承人名单的通知",
    "关于防治地质灾害的通知",
    "关于排查房屋安全隐患的通告",
    "关于调整公交线路的公告",
    "住房租赁补贴公示",
)
RECENT = ("2026-03-25", "2026-03-23", "2026-03-20", "2026-03-12", "2026-02-28", "2026-02-10")
OLD = ("2024-12-20", "2024-11-19", "2024-10-18", "2024-09-17", "2024-08-16", "2024-07-15")
PLATFORM: tuple[Named, ...] = (("政府信息公开指南", "/zfxxgk/zn/"), ("法定主动公开内容", "/zfxxgk/fd/"), ("政府信息公开年报", "/zfxxgk/nb/"))
BUYING = "/zfxxgk/fd/zfcg/"
STATUTORY: tuple[Named, ...] = (("机构职能", "/zfxxgk/fd/jgzn/"), ("统计信息", "/zfxxgk/fd/tjxx/"), ("行政处罚", "/zfxxgk/fd/xzcf/"), ("政府采购", BUYING))
GUIDE = (
    "<p>为了方便公民、法人和其他组织获得本机关政府信息，编制本指南。</p><p>信息分类 编排体系 获取方式</p><p>机构名称：区政府办 办公地址：中山路1号</p>"
    "<p>办公时间：8:30-17:00 联系电话：87000000 传真：87000001 互联网联系方式：gk@example.gov.cn</p>"
)


def crumbs(*above: Named) -> str:
    """The breadcrumb of a page."""
    return " &gt; ".join(f"<a href='{url}'>{name}</a>" for name, url in (("首页", "/"), *above))


def framed(title: str, body: str, where: str = "") -> str:
    """A page with the site's frame."""
    place = f"<div class='position'>您现在的位置：{where}</div>" if where else ""
    head = f"<head><meta charset='utf-8'><title>{title}_示例区人民政府</title>{HEAD}</head>"
    return f"<html>{head}<body>{HEADER}<div class='wrap'>{place}{body}</div>{FOOTER}</body></html>"


def side(name: str, *links: Named) -> str:
    """A side menu."""
    return f"<div class='leftnav'><h3>{name}</h3><ul>" + "".join(f"<li><a href='{url}'>{text}</a></li>" for text, url in links) + "</ul></div>"


def dated(days: tuple[str, ...], folder: str) -> str:
    """A list as TRS writes it."""
    entries = (
        f"<li><a href='{folder}{day[:4]}{day[5:7]}/t{day.replace('-', '')}_1000{number}.html' title='{title}'>{title}</a><span>{day}</span></li>"
        for number, (title, day) in enumerate(zip(TITLES, days, strict=False))
    )
    return f"<ul class='list'>{''.join(entries)}</ul>"


def undated(days: tuple[str, ...], name: str) -> tuple[str, Pages]:
    """Articles whose addresses say nothing, as links, and their pages."""
    pages: Pages = {f"{HOME}info/{name}{number}.html": framed("通知", f"<h1>第{number}号通知</h1><p>发布日期：{day}</p>") for number, day in enumerate(days)}
    return "".join(f"<h2><a href='/info/{name}{number}.html'>示例区人民政府第{number}号令全文</a></h2>" for number in range(len(days))), pages


def put(pages: Pages, more: Mapping[str, str]) -> Pages:
    """A site with some of its pages, by path, replaced or added."""
    return pages | {HOME + path.lstrip("/"): html for path, html in more.items()}


def everywhere(pages: Pages, old: str, new: str) -> Pages:
    """A site with a piece of its pages exchanged on each of them."""
    return {url: html.replace(old, new) if isinstance(html, str) else html for url, html in pages.items()}


def district() -> Pages:
    """The whole site."""
    assert AS_OF.isoformat() > RECENT[0]
    news = side("新闻中心", ("政务要闻", "/zwyw/"), ("通知公告", "/tzgg/"))
    pages = {
        "/": framed(
            "首页",
            "<h2><a href='/zwyw/'>政务要闻</a></h2>" + dated(RECENT, "/zwyw/") + "<h2><a href='/tzgg/'>通知公告</a></h2><a href='/tzgg/'>更多&gt;&gt;</a>",
        ),
        "/zjsl/": framed("走进示例", "<p>示例区位于东部沿海，总面积595平方公里，下辖6个街道7个镇。</p>", crumbs(("走进示例", "/zjsl/"))),
        "/zwyw/": framed("政务要闻", news + dated(RECENT, "/zwyw/"), crumbs(("政务要闻", "/zwyw/"))),
        "/tzgg/": framed("通知公告", news + dated(RECENT, "/tzgg/"), crumbs(("通知公告", "/tzgg/"))),
        "/zfxxgk/": framed("政府信息公开", side("政府信息公开", *PLATFORM) + dated(RECENT, "/zfxxgk/zc/"), crumbs(("政府信息公开", "/zfxxgk/"))),
        "/wzdt/": framed("网站地图", "".join(f"<a href='{url}'>{name}</a> " for name, url in (*MENU, *PLATFORM, *STATUTORY)), crumbs(("网站地图", "/wzdt/"))),
        "/images/common.js": COMMON,
    }
    for name, url in MENU[4:]:
        pages[url] = framed(name, dated(RECENT, url), crumbs((name, url)))
    bodies = {"/zfxxgk/zn/": f"<div class='con'><h1>政府信息公开指南</h1><p>发布日期：2026-01-10</p>{GUIDE}</div>"}
    bodies["/zfxxgk/fd/"] = "<ul class='lm'>" + "".join(f"<li><a href='{url}'>{name}</a></li>" for name, url in STATUTORY) + "</ul>"
    for name, url in PLATFORM:
        pages[url] = framed(name, side("政府信息公开", *PLATFORM) + bodies.get(url, dated(RECENT, url)), crumbs(("政府信息公开", "/zfxxgk/"), (name, url)))
    for name, url in STATUTORY:
        pages[url] = framed(name, side("法定主动公开内容", *STATUTORY) + dated(RECENT, url), crumbs(("政府信息公开", "/zfxxgk/"), PLATFORM[1], (name, url)))
    return put({}, pages)
