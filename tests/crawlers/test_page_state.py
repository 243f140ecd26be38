"""What a page is, and the pages that look like it without being it. Each id names a defect of the field or its near-miss."""

from pathlib import Path

import pytest

from crawlers.page import Page
from crawlers.status import Match, PageState
from tests.crawlers.web import HOME, REDIRECT, Answer, column, links, observe, page, rows, view

URL = HOME + "zwgk/jd/"
FILL = "这一页有足够的正文内容，" * 60
CHROME = links(
    ("首页", "/"),
    ("政务公开", "/zwgk/"),
    ("政务服务", "/fw/"),
    ("互动交流", "/hd/"),
    ("走进示例", "/zj/"),
    ("专题专栏", "/zt/"),
    ("新闻中心", "/xw/"),
    ("数据", "/sj/"),
)
ARTICLE = "<meta name='ArticleTitle' content='某文'>"


def read(html: str, url: str = URL) -> Page:
    return Page(url, html.encode())


STATES = {
    # 防护页
    "shield-ruishu-script": ("<script>$_ts=window['$_ts']||{};</script>", PageState.SHIELD),
    "shield-jsl-cookie": ("<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>", PageState.SHIELD),
    "shield-acw": ("<script>var arg1='ABC';acw_sc__v2</script>", PageState.SHIELD),
    "shield-any-cookie-and-reload": ("<html><script>document.cookie='k='+f();location.reload();</script></html>", PageState.SHIELD),
    "shield-packed-script-alone": ("<script>eval(function(p,a,c,k,e,d){return p}('0 1'))</script>", PageState.SHIELD),
    "shield-checking-browser": ("<title>安全检查</title><p>正在验证浏览器，请稍候…</p>", PageState.SHIELD),
    "shield-slider": ("<p>请完成安全验证</p><p>向右滑动滑块填充拼图</p>", PageState.SHIELD),
    "shield-request-refused": ("<p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><p>可能原因：您提交的内容包含危险的攻击请求</p>", PageState.SHIELD),
    "shield-risk": ("<p>您的访问请求可能存在安全风险，已被拦截。</p><p>请求ID：0a1b2c</p>", PageState.SHIELD),
    "shield-heading": ("<h1>安全验证</h1><div id='captcha'></div>", PageState.SHIELD),
    "shield-below": ("<p>为保障访问安全，请完成下列验证后继续</p>", PageState.SHIELD),
    "shield-trace": ("<title>访问被阻断</title><p>您的请求存在异常行为，请联系网站管理员。事件ID：20260323</p>", PageState.SHIELD),
    "shield-yunsuo": ("<title>云锁</title><p>当前访问疑似黑客攻击，已被拦截</p>", PageState.SHIELD),
    "shield-safedog": ("<title>网站防火墙</title><p>请求被网站安全狗拦截</p>", PageState.SHIELD),
    "shield-d": ("<title>D盾_拦截提示</title><p>已拦截：对不起，您访问的内容被拦截</p>", PageState.SHIELD),
    "shield-360": ("<p>360网站卫士：您的访问被阻断</p>", PageState.SHIELD),
    "shield-too-often": ("<p>访问过于频繁，请稍后再试</p>", PageState.SHIELD),
    "shield-ip": ("<p>您的IP已被限制访问</p>", PageState.SHIELD),
    "shield-403-told-with-200": ("<title>403 Forbidden</title><h1>403 Forbidden</h1>", PageState.SHIELD),
    "shield-overseas": ("<p>根据安全策略，您所在地区的访问请求已被拒绝</p>", PageState.SHIELD),
    "error-told-with-200": ("<p>系统繁忙，请稍后再试</p>", PageState.SHIELD),
    "shield-cloudflare": ("<title>Just a moment...</title><p>Checking your browser</p>", PageState.SHIELD),
    # 登录页
    "login-password": ("<form>用户名<input name='u'>密码<input type='password'></form>", PageState.LOGIN),
    "login-unified-identity": ("<title>统一身份认证平台</title><div id='qr'></div><p>扫码登录</p>", PageState.LOGIN),
    "login-expired": ("<p>登录超时，请重新登录</p>", PageState.LOGIN),
    "login-first": ("<p>您尚未登录，请先登录</p><a href='/login'>登录</a>", PageState.LOGIN),
    # 提示不存在
    "gone-plain": ("<p>抱歉，您访问的页面不存在或已删除！</p>", PageState.SOFT_404),
    "gone-not-found-first": ("<p>很抱歉，找不到您要访问的页面</p>", PageState.SOFT_404),
    "gone-removed": ("<p>该信息已被删除</p>", PageState.SOFT_404),
    "gone-wrong-address": ("<p>您输入的网址有误</p>", PageState.SOFT_404),
    "gone-column": ("<p>栏目不存在</p><a href='/'>返回首页</a>", PageState.SOFT_404),
    "gone-lost": ("<p>哎呀，页面走丢了~</p>", PageState.SOFT_404),
    "gone-english": ("<h1>Not Found</h1><p>The requested URL /x was not found on this server.</p>", PageState.SOFT_404),
    "gone-title-404": ("<title>404错误</title><p>3秒后返回首页</p>", PageState.SOFT_404),
    "gone-code": ("<p>错误代码：404</p>", PageState.SOFT_404),
    "gone-withdrawn": ("<p>文章已下架或链接已失效</p>", PageState.SOFT_404),
    "gone-with-the-sites-frame": (f"<title>页面不存在</title>{CHROME}<div>您访问的页面不存在</div><p>{FILL}</p>", PageState.SOFT_404),
    "gone-refresh-to-home": ("<meta http-equiv='refresh' content='0;url=/'>", PageState.SOFT_404),
    "gone-script-to-home": ("<script>window.location.href='/'</script>", PageState.SOFT_404),
    "gone-countdown-to-home": ("<p>3秒后自动跳转</p><script>setTimeout(function(){location.href='/index.html'},3000)</script>", PageState.SOFT_404),
    # 停放页
    "parked-for-sale": ("<p>本域名可出售，欢迎联系</p>", PageState.PARKED),
    "parked-expired": ("<title>域名已过期</title><p>请联系注册商续费</p>", PageState.PARKED),
    "parked-english": ("<p>The domain example.com is for sale</p>", PageState.PARKED),
    "parked-server-default": ("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>", PageState.PARKED),
    "parked-panel": ("<h1>恭喜，站点创建成功！</h1>", PageState.PARKED),
    "parked-stopped": ("<p>网站已暂停</p>", PageState.PARKED),
    # 过渡页、框架页、脚本页
    "splash-refresh": ("<meta http-equiv='refresh' content='0;url=/main/'>", PageState.SPLASH),
    "splash-mourning": ("<p>沉痛悼念</p><a href='/main/'>进入首页</a>", PageState.SPLASH),
    "splash-skip": ("<a href='/index_1.html'>跳过</a><img src='a.jpg'>", PageState.SPLASH),
    "frameset": ("<frameset><frame src='/top.html'><frame src='/main.html'></frameset>", PageState.FRAME),
    "iframe-alone": ("<iframe src='/main.html'></iframe>", PageState.FRAME),
    "script-shell": ("<div id='app'></div><script src='a.js'></script>", PageState.NEEDS_SCRIPT),
}


@pytest.mark.parametrize(("html", "state"), STATES.values(), ids=STATES.keys())
def test_states_and_their_reasons(html: str, state: PageState) -> None:
    one = read(html)
    assert one.state is state
    assert any("\u4e00" <= character <= "\u9fff" for character in one.why), one.why


CONTENT = {
    "article-about-missing-pages": f"{ARTICLE}<title>关于网页不存在问题的通报</title>{CHROME}<h1>关于网页不存在问题的通报</h1><p>经排查，部分页面不存在。</p>",
    "article-about-missing-pages-without-metadata": f"<title>网页不存在怎么办_示例区</title>{CHROME}<h1>网页不存在怎么办</h1><p>{FILL}</p>",
    "article-named-like-a-soft-404": f"{ARTICLE}<title>政府信息不存在</title>{CHROME}<p>答复如下。</p>",
    "item-named-like-a-soft-404": f"{CHROME}<ul><li><a href='/a/1.html'>页面不存在的整改情况</a></li></ul>",
    "list-titled-404-something": f"<title>404专项整治_示例区</title>{CHROME}{rows(('关于专项整治的通知', '2026-03-20'))}",
    "list-of-a-404-numbered-file": f"<title>第404号提案办理</title>{CHROME}{rows(('关于第404号提案的答复', '2026-03-20'))}",
    "message-hidden-in-a-template": f"{CHROME}<div style='display:none'>页面不存在</div>{rows(('关于春耕的通知', '2026-03-20'))}",
    "search-that-found-nothing": f"<title>站内搜索</title>{CHROME}<p>没有找到您要查找的内容</p>",
    "login-box-on-a-portal-home": "<form><input name='u'><input type='password'></form>" + links(*[(f"栏目{n}", f"/c{n}/") for n in range(20)]),
    "login-link-in-a-header": f"<a href='/login'>登录</a><a href='/reg'>注册</a>{CHROME}{rows(('关于春耕的通知', '2026-03-20'))}",
    "article-that-mentions-protection": f"<title>汛期防护要点</title>{CHROME}<p>各镇要加强防护，做好安全检查，严防入侵。</p>",
    "article-about-risks": f"{ARTICLE}<title>关于防范安全风险的提示</title><p>部分应用的访问请求存在安全风险，市民请及时更新。</p>",
    "article-about-checks": f"{ARTICLE}<title>食品安全验证工作启动</title><p>安全验证</p><p>按照要求完成下列各项验证工作。</p>",
    "article-about-blocked-requests": f"{ARTICLE}<title>网站防火墙升级</title><p>本网防火墙升级后，异常请求已被拦截，访问更安全。</p>",
    "notice-that-a-system-was-busy": f"<title>关于系统繁忙情况的说明</title>{CHROME}<p>关于系统繁忙情况的说明</p><p>{FILL}</p>",
    "article-about-domain-names": f"<title>域名管理办法</title>{CHROME}<p>域名注册人转让域名的，应当办理变更。{FILL}</p>",
    "list-with-projects-being-built": f"{CHROME}<ul><li><a href='/a/1.html'>示例大道项目建设中</a> 2026-03-01</li></ul>",
    "shield-script-on-a-page-full-of-content": f"<script>$_ts=window['$_ts'];</script><p>{FILL}</p>",
    "handler-that-goes-home-on-a-click": f"<script>function goHome(){{location.href='/'}}</script><p>{FILL}</p>{CHROME}",
    "document-no-longer-in-force": f"{CHROME}<h1>示例区管理办法</h1><p>效力状态：该文件已失效</p>",
    "rule-about-lost-data": f"{CHROME}<p>防止个人信息丢失</p>{rows(('关于春耕的通知', '2026-03-20'))}",
    "unified-identity-in-a-list-title": f"{CHROME}<ul><li><a href='/a/1.html'>统一身份认证平台上线</a></li></ul>",
}


@pytest.mark.parametrize("html", CONTENT.values(), ids=CONTENT.keys())
def test_near_misses_are_content(html: str) -> None:
    one = read(html)
    assert (one.state, one.why) == (PageState.CONTENT, "")


def test_what_a_page_says_of_itself_stands_in_the_path(tmp_path: Path) -> None:
    seen = view(observe(LEAVES | {HOME + "jd/": "<p>栏目建设中，敬请期待</p>"}, [READING], tmp_path)).sightings[0]
    assert any(step.action == "打开栏目" and "栏目建设中" in step.text and step.result == PageState.UNDER_CONSTRUCTION.value for step in seen.path)


def test_tools_beside_a_breadcrumb_are_not_the_pages_name() -> None:
    assert read("<div class='position'>当前位置：首页 &gt; 政策解读 字体：大 中 小 打印 关闭</div>").own_name == "政策解读"


def test_a_redirect_to_a_page_of_errors_is_no_content() -> None:
    assert read("<img src='x.png'>", HOME + "404.html").state is PageState.SOFT_404
    assert read(f"{CHROME}<p>返回首页</p>", HOME + "common/error_404.html").state is PageState.SOFT_404
    assert read("<p>请联系管理员</p>", HOME + "error.html").state is PageState.SHIELD, "an error page says that looking failed, not that there is nothing"
    assert read(f"{CHROME}{FILL}", HOME + "zwgk/404zxzz/").state is PageState.CONTENT


EMPTY = {
    "blank-says-nothing-yet": ("<p>暂无内容</p>", PageState.BLANK),
    "blank-since-it-was-opened": ("<p>本栏目自开设以来无内容</p>", PageState.BLANK),
    "blank-no-data": ("<div>没有找到相关数据</div>", PageState.BLANK),
    "blank-nothing-found": ("<li class='none'>没有找到相关信息</li>", PageState.BLANK),
    "blank-current-column": ("<li class='none'>当前栏目下暂无信息</li>", PageState.BLANK),
    "content-nothing-of-this-year": ("<p>本年度暂无该类信息</p>", PageState.CONTENT),
    "blank-to-be-updated": ("<p>该栏目暂无信息，敬请期待</p>", PageState.UNDER_CONSTRUCTION),
    "blank-empty-list": ("<ul class='list'></ul><div>共0条</div>", PageState.BLANK),
    "construction-plain": ("<p>栏目建设中</p>", PageState.UNDER_CONSTRUCTION),
    "construction-upgrade": ("<p>系统正在升级改造中，请稍候访问</p>", PageState.UNDER_CONSTRUCTION),
    "construction-await": ("<p>内容正在完善中，敬请期待……</p>", PageState.UNDER_CONSTRUCTION),
    "construction-soon": ("<p>本频道即将上线</p>", PageState.UNDER_CONSTRUCTION),
    "construction-english": ("<p>Under Construction</p>", PageState.UNDER_CONSTRUCTION),
    "gone-inside-the-frame": ("<p>您访问的栏目不存在</p>", PageState.SOFT_404),
    "content-projects-without-links": (
        "<ul><li>示例大道项目建设中</li><li>示例桥项目正在建设</li><li>示例学校扩建工程建设中，年底完工</li></ul>",
        PageState.CONTENT,
    ),
    "content-not-applicable": ("<p>本单位不涉及此项内容</p>", PageState.CONTENT),
    "content-did-not-happen": ("<p>2025年本单位未发生行政复议案件</p>", PageState.CONTENT),
    "content-telephone": ("<p>咨询电话：0571-12345678</p>", PageState.CONTENT),
    "content-moved": ("<p>本栏目已并入通知公告</p>", PageState.CONTENT),
    "content-comment-box-empty": ("<p>评论：暂无</p><a href='/new/1'>春耕备耕通知</a>", PageState.CONTENT),
    "content-file": ("<a href='/f/2025.pdf'>2025年预算</a>", PageState.CONTENT),
    "script-fills-it": ("<ul id='l'></ul><script>$.ajax({url:'/api'})</script><div style='display:none'>暂无数据</div>", PageState.NEEDS_SCRIPT),
    "script-file-fills-it": ("<ul id='l'></ul><script src='/js/list.js'></script>", PageState.NEEDS_SCRIPT),
}


@pytest.mark.parametrize(("html", "state"), EMPTY.values(), ids=EMPTY.keys())
def test_what_a_column_without_items_is(html: str, state: PageState) -> None:
    frame = f"<html><body>{CHROME}{{}}<div class='foot'>主办：示例区人民政府办公室 承办：示例区大数据中心 联系方式见网站说明栏目</div></body></html>"
    home = read(frame.format("<p>首页</p>"), HOME)
    menu = frozenset(link.url for link in home.links)
    assert read(frame.format(html)).empty_state([home], menu) is state


READING = column("reading", "政策解读")
MENU = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("专题", "/zt/"), ("政策解读", "/jd/"))
FRESH = rows(("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-01"))
LEAVES: dict[str, Answer | list[Answer]] = {HOME: page("示例区", links(*MENU))}
LEAVES.update({HOME + path.strip("/") + "/": page(name, FRESH) for name, path in MENU})


@pytest.mark.parametrize(
    ("answer", "state", "confirmed"),
    [
        ("<p>您的请求可能存在威胁，已被拦截</p>", PageState.SHIELD, False),
        ("<p>系统繁忙，请稍后再试</p>", PageState.SHIELD, False),
        ("<title>统一身份认证</title><p>请登录</p>", PageState.LOGIN, False),
        ("<p>抱歉，找不到您要访问的页面</p>", PageState.SOFT_404, True),
        ("<p>栏目建设中，敬请期待</p>", PageState.UNDER_CONSTRUCTION, True),
        ("<p>本栏目自开设以来无内容</p>", PageState.BLANK, True),
        ("<p>本单位不涉及此项内容</p>", PageState.CONTENT, True),
        ("<iframe src='http://other.invalid/list'></iframe>", PageState.FRAME, False),
        (REDIRECT + HOME, PageState.SOFT_404, True),
        (REDIRECT + HOME + "404.html", PageState.SOFT_404, True),
        (REDIRECT + HOME + "error.html", PageState.SHIELD, False),
    ],
    ids=["shield", "busy", "login", "gone", "construction", "blank", "not-applicable", "foreign-frame", "sent-home", "sent-to-404", "sent-to-error"],
)
def test_the_finding_behind_a_column(answer: Answer, state: PageState, confirmed: bool, tmp_path: Path) -> None:
    pages = LEAVES | {HOME + "jd/": answer, HOME + "404.html": "<img src='404.png'>", HOME + "error.html": "<p>请联系管理员</p>"}
    seen = view(observe(pages, [READING], tmp_path)).sightings[0]
    assert (seen.match, seen.page, seen.confirmed) == (Match.EXACT, state, confirmed)
