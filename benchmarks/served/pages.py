"""Pages as government sites have them, about 35 KB each, the same every time: a home page, columns of dated lists, articles."""

import random
from datetime import date, timedelta
from pathlib import Path

SITE = "~site~"
"""Stands where sites differ in their markup; the server puts its port there, so that no two hosts have a menu or a title in common."""
COLUMN = 40
"""Pages a column has: half of them pages of its list, half of them articles."""
_ROWS = 20
_AS_OF = date(2026, 3, 31)
_NAMES = [
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
    "机构职能",
    "领导信息",
    "规划信息",
    "统计信息",
    "财政预决算",
    "行政许可",
    "行政处罚",
    "重大项目",
    "政府采购",
    "应急管理",
    "社会救助",
    "食品药品",
    "环境保护",
    "公共资源",
    "人事信息",
]
_WORDS = [
    "关于",
    "印发",
    "推进",
    "全市",
    "政务公开",
    "工作要点",
    "的通知",
    "实施方案",
    "安全生产",
    "专项检查",
    "公示",
    "结果",
    "公告",
    "营商环境",
    "优化",
    "办法",
    "意见",
    "解读",
    "召开",
    "会议",
    "建设",
    "项目",
    "资金",
    "管理",
    "暂行",
]
_STYLE = "\n".join(
    f".m{number} li a:hover{{color:#{number * 9973 % 0xFFFFFF:06x};padding:{number % 7}px {number % 11}px;line-height:{20 + number % 9}px}}"
    for number in range(110)
)
_SCRIPT = "\n".join(f"  if (document.getElementById('tab{number}')) {{ setTab('tab{number}', {number}, 'hover'); }}" for number in range(100))


def write_site(folder: Path, pages: int) -> int:
    """Write a site of about `pages` pages below `folder`; how many it has. Every page can be reached by links from `/`."""
    columns = max(1, pages // COLUMN)
    for number in range(columns):
        for part in range(COLUMN // 2):
            _write(folder / f"c{number}" / ("index.html" if part == 0 else f"index_{part}.html"), _list(number, part, columns))
            _write(folder / f"c{number}" / _article_name(number, part), _article(number, part, columns))
    _write(folder / "index.html", _home(columns))
    return columns * COLUMN + 1


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _day(column: int, number: int) -> date:
    return _AS_OF - timedelta(days=column % 5 + number * 3)


def _article_name(column: int, number: int) -> str:
    return f"t{_day(column, number):%Y%m%d}_{column * 1000 + number}.html"


def _title(column: int, number: int) -> str:
    draw = random.Random(column * 1000 + number)  # noqa: S311 — not a secret
    return "".join(draw.choice(_WORDS) for _ in range(7)) + f"（{SITE}号）"


def _page(title: str, column: str, body: str, columns: int, kind: str) -> str:
    menu = "\n".join(
        f'          <li class="nav-item m{number}"><a href="/c{number % columns}/index.html" target="_blank" data-site="{SITE}" title="{name}">{name}</a></li>'
        for number, name in enumerate(_NAMES * 2)
    )
    friends = "\n".join(
        f'          <li><a href="http://www.friend{number}.example.invalid/" target="_blank" data-site="{SITE}">友情链接网站{number}</a></li>'
        for number in range(12)
    )
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge,chrome=1">
<meta name="SiteName" content="示例市人民政府">
<meta name="SiteDomain" content="www.example.invalid">
<meta name="SiteIDCode" content="3300000000">
<meta name="ColumnName" content="{column}">
<meta name="ColumnType" content="{kind}">
<meta name="ArticleTitle" content="{title}">
<title>{title}</title>
<link rel="stylesheet" href="/css/common.css">
<style>
{_STYLE}
</style>
<script src="/js/jquery.min.js"></script>
</head>
<body>
  <div class="header"><div class="wrap"><a href="/"><img src="/images/logo.png" alt="示例市人民政府"></a>
    <form action="/search" method="get"><input type="text" name="q" placeholder="请输入关键词"><input type="submit" value="搜索"></form></div></div>
  <div class="nav"><div class="wrap"><ul>
{menu}
  </ul></div></div>
  <div class="wrap main">
    <div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/c0/index.html">政府信息公开</a> &gt; <span>{column}</span></div>
{body}
  </div>
  <div class="footer"><div class="wrap"><ul class="friend">
{friends}
  </ul><p>主办：示例市人民政府办公室</p><p>网站标识码：3300000000</p><p>浙ICP备00000000号-1</p><p>联系电话：0000-12345678</p></div></div>
<script>
$(function () {{
{_SCRIPT}
}});
</script>
</body>
</html>
"""


def _rows(column: int, start: int) -> str:
    found = []
    for number in range(start, start + _ROWS):
        at = number % (COLUMN // 2)
        found.append(
            f'          <li class="list-item clearfix">\n            <span class="dot"></span><a href="/c{column}/{_article_name(column, at)}" target="_blank" '
            f'title="{_title(column, at)}">{_title(column, at)}</a>\n            <span class="date">{_day(column, at):%Y-%m-%d}</span>\n          </li>'
        )
    return "\n".join(found)


def _text(seed: int, characters: int) -> str:
    draw = random.Random(seed)  # noqa: S311 — not a secret
    lines = []
    while characters > 0:
        line = "".join(draw.choice(_WORDS) for _ in range(40))
        lines.append(f'<p style="text-indent: 2em; line-height: 2;"><span style="font-family: 仿宋; font-size: 16pt;">{line}。</span></p>')
        characters -= len(line)
    return "\n".join(lines)


def _list(column: int, part: int, columns: int) -> str:
    name, last = _NAMES[column % len(_NAMES)], COLUMN // 2 - 1
    pager = f'<a href="/c{column}/index.html">首页</a>' + (f'<a href="/c{column}/index_{part + 1}.html">下一页</a>' if part < last else "")
    body = f"""    <div class="left"><ul class="menu">{"".join(f'<li><a href="/c{number % columns}/index.html" data-site="{SITE}">{one}</a></li>' for number, one in enumerate(_NAMES))}</ul></div>
    <div class="right"><h2>{name}</h2><ul class="list">
{_rows(column, part)}
    </ul><div class="pages">{pager}</div></div>
    <div class="intro">{_text(column * 100 + part, 1500)}</div>"""
    return _page(f"{name}_示例市人民政府", name, body, columns, "信息公开")


def _article(column: int, number: int, columns: int) -> str:
    title, day = _title(column, number), _day(column, number)
    body = f"""    <div class="article"><h1>{title}</h1>
    <div class="info"><span>发布日期：{day:%Y-%m-%d} 09:{number:02d}</span><span>信息来源：示例市人民政府办公室</span><span>浏览次数：<em id="hits"></em></span></div>
    <div class="content">{_text(column * 1000 + number, 3200)}</div>
    <ul class="related">{"".join(f'<li><a href="/c{column}/{_article_name(column, one)}">{_title(column, one)}</a></li>' for one in range(6))}</ul></div>"""
    return _page(title, _NAMES[column % len(_NAMES)], body, columns, "信息公开")


def _home(columns: int) -> str:
    blocks = "\n".join(
        f'    <div class="block"><h3><a href="/c{column}/index.html">{_NAMES[column % len(_NAMES)]}</a></h3><ul>\n{_rows(column, 0)}\n    </ul></div>'
        for column in range(min(columns, 3))
    )
    return _page("示例市人民政府", "首页", blocks, columns, "首页")
