"""What a page is: content, or something that only looks like an answer (防护页、登录页、提示不存在、停放页、空白、建设中、过渡页), and what on it says so."""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from crawlers.emptiness import holds_more_than_text, is_statement
from crawlers.filling import filled_by_script
from crawlers.status import PageState

if TYPE_CHECKING:
    from crawlers.page import Page

_SHIELD_SCRIPT = re.compile(
    r"\$_ts\s*[=.]|\$_[a-z]{2}\s*=\s*window\[|__jsl_clearance|_\$[a-zA-Z]{2,3}\(|acw_sc__v2|yunsuo_session|security_verify_data|__anti_?bot|cf-chl|cdn_sec_tc_|waf_captcha|WAF_NC|/_guard/|btwaf|challenge-platform",
    re.IGNORECASE,
)
_COOKIE_JUMP = re.compile(r"document\.cookie\s*=", re.IGNORECASE)
_RELOAD = re.compile(r"location\s*(?:\.\s*(?:href|reload|replace|assign))?\s*[=(]|location\.reload", re.IGNORECASE)
_MARKED = re.compile(r"<(?:meta|script)\b[^<>]{0,300}\sr=['\"]?m\b", re.IGNORECASE)
_PACKED = re.compile(r"eval\(function\(p,a,c,k,e|(?:_0x[0-9a-f]{4,6}\b.{0,400}){3}|\\x[0-9a-f]{2}(?:\\x[0-9a-f]{2}){80}", re.IGNORECASE | re.DOTALL)
_SHIELD_SAYS = re.compile(
    r"正在(?:验证|检查|检测|校验)(?:您的)?(?:浏览器|访问|安全|环境)|(?:浏览器|人机|访问|安全)(?:安全)?(?:验证|检查|校验)(?:中|页|…|\.\.)|请(?:先)?完成(?:以下|下列|下方|下面的?|页面)?(?:安全|人机|滑动|滑块)?验证|^\W*(?:安全|人机|滑动|滑块|访问)验证\W*$|"
    r"(?:滑动|拖动)(?:滑块|下方|上方)?.{0,8}(?:验证|拼图)|请输入验证码(?:后)?(?:继续|访问)|(?:请求|访问|操作|IP|ip|行为)(?:可能)?(?:存在|含有|带有|包含).{0,8}(?:威胁|不合法|非法|攻击|恶意|危险|风险|异常行为)|"
    r"(?:请求|访问|操作|IP|ip|地址)[^，。]{0,12}(?:已被|被)[^，。]{0,12}(?:拦截|阻断|拒绝|阻止|封禁|屏蔽|限制)|疑似(?:黑客)?攻击|网站防火墙|Web ?应用防火墙|云锁|网站安全狗|D盾|创宇盾|加速乐|奇安信网站卫士|360网站卫士|安域云|玄武盾|"
    r"访问(?:过于|太|过)频繁|(?:系统|服务器?|网站)(?:繁忙|忙|过载|异常|出错|错误)|当前访问人数过多|请稍后(?:再试|重试|访问)|无权(?:限)?访问|禁止访问|拒绝访问|没有(?:访问)?权限|"
    r"403 ?(?:Forbidden|禁止)|Access (?:to .{0,60})?(?:Denied|Forbidden)|Request (?:Rejected|Blocked)|(?:500|502|503|504) (?:Internal|Bad|Service|Gateway)|Just a moment|Attention Required|Verify(?:ing)? you are human|Checking your browser|enable JavaScript and cookies",
    re.IGNORECASE,
)
_LOGIN_SAYS = re.compile(
    r"^\W*(?:.{0,20}(?:统一)?身份认证(?:平台|系统|中心)?|.{0,20}单点登录.{0,6}|(?:用户|系统|账号|帐号|扫码|法人|个人|实名|密码)+登[录陆]|欢迎登[录陆]|请(?:先|您先)?登[录陆].{0,12}|(?:您|你)?(?:尚未|还未|还没有|未)登[录陆].{0,16}|登[录陆](?:已)?(?:超时|过期|失效).{0,12}|会话(?:已)?(?:超时|过期|失效).{0,12})\W*$"
)
_LOGIN_PATH = re.compile(r"/(?:cas|sso|oauth2?|passport|idp|uc)?/?(?:login|signin|authorize|logon)(?:\.\w{2,5}|/|$)", re.IGNORECASE)
_THING = r"(?:页面|网页|文件|内容|信息|栏目|文章|稿件|资源|网址|地址|链接|频道|站点|页)"
_PAGE = r"(?:页面|网页|链接|网址|地址|稿件|文章|栏目)"
_LOST = r"(?:不存在|被?删除|没有找到|未找到|找不到|无法找到|被?移除)"
_STRAY = r"(?:丢失|失效|过期|下线|被?移走|被?移动|走丢|飞走|不见了?|撤销|下架|打不开)"
"""What is said of pages only: a document that is 失效 or 撤销 is there, and says so."""
_GONE = re.compile(
    rf"{_THING}(?:似乎|好像|可能|暂时|已经|已|并|暂|被|均)*{_LOST}|{_PAGE}(?:似乎|好像|可能|暂时|已经|已|并|暂|被|均)*{_STRAY}|(?:找不到|未找到|没有找到|无法找到|未能找到|没找到|不存在)(?:了)?(?:您|你|该|此|这个|对应|相应|相关)?(?:所|要|想|需)*(?:访问|查找|浏览|请求|查看|找|打开)?的?{_THING}|"
    rf"(?:您|你)(?:所|要|想|正在|试图|现在)*(?:访问|查找|要找|请求|浏览|查看|输入|找|打开)的?.{{0,8}}{_THING}.{{0,10}}(?:{_LOST}|{_STRAY}|没有|错误|有误|未发布|为空)|404 ?(?:not found|错误|页面|error|提示|找不到|文件)|"
    r"(?:http|error|错误|状态)\s?(?:code|代码|码)?\s?[:：]?\s?404|^404$|(?:page|file|url|resource|document|site)[^.]{0,30}(?:not (?:be )?found|does ?n[o']t exist|cannot be found)|此路不通",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"关于|通报|整改|怎么|如何|排查|告知书|《|情况|公告$|通知$|办理|回复|来信")
_PROVISION = re.compile(
    r"(?:政府|公开|申请的?|所需|相关)信息(?:\w{0,4})(?:不存在|没有找到|未找到)|(?:不存在|找不到|未找到|没有找到|失效|过期|撤销|删除)(?:了)?的?(?:情形|情况|，|,|；|;|、)\W{0,2}(?:应|予以|依|由|可|按|行政机关|告知|本机关)|"
    r"(?:不存在|找不到|未找到|没有找到)的[，,；;。]|申请公开|予以告知|告知申请人|依法(?:予以|不予)|第[一二三四五六七八九十百\d]{1,4}条"
)
"""A provision about information that does not exist, as a guide to access to information has it, is content."""
_GONE_PATH = re.compile(r"/(?:\w{0,12}[_-])?(?:404|not_?found|page_?404|err_?404|error_?404|nopage|no_?found)(?:\.\w{2,5}|/)?$", re.IGNORECASE)
_ERROR_PATH = re.compile(r"/(?:error|err|exception|message|warning|errorpage|error_page|tip)s?(?:\.\w{2,5}|/)?$", re.IGNORECASE)
_PARKED = re.compile(
    r"(?:域名|domain).{0,16}(?:出售|转让|过期|到期|停放|求购|交易|for sale|expired|parking|parked)|(?:buy|sale).{0,12}this domain|"
    r"没有找到站点|站点创建成功|Welcome to nginx|Apache2? .{0,20}(?:Default|Test) Page|IIS Windows|IIS7|It works!|"
    r"(?:网站|站点|空间|主机)(?:已|已经)(?:过期|到期|停用|暂停|关停|关闭|停止(?:服务|访问|解析))|未(?:进行)?备案.{0,12}(?:阻断|拦截|关闭|访问)|网站.{0,6}未备案",
    re.IGNORECASE,
)
_PART = r"(?:本|该|此|这个)?(?:栏目|网站|网页|页面|内容|频道|系统|平台|版块|板块|模块|专栏|专题|信息|功能|服务|站点|数据)"
_BUILDING = re.compile(
    rf"^\W*(?:抱歉|对不起|温馨提示|提示)?\W*(?:{_PART}{{1,2}})?(?:目前|现)?(?:正在|尚在|仍在|还在|在)?(?:努力|紧张|抓紧|加紧|积极|火热|筹备)?"
    r"(?:建设|筹建|维护|升级|改版|完善|制作|调试|开发|充实|录入|整理|更新|改造|迁移|完善)(?:改造|维护|建设|完善|更新|之)*中(?:[\W_].{0,30})?$|"
    r"^.{0,12}(?:敬请(?:期待|关注|谅解)|即将(?:上线|开通|开放|推出))\W*$|coming soon|under construction",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    rf"^\W*(?:抱歉|对不起|很抱歉|温馨提示|提示)?\W*(?:当前)?(?:{_PART}(?:下)?)?(?:自?开设以来)?\W{{0,2}}(?:目前|当前|现)?(?:还|尚|暂时?)?(?:暂无|没有|无|为空|没有?找到|未(?:查询|检索|找|查)到|未(?:发布|公开|更新)|查无|不存在)"
    r"(?:找到|查到|搜索到|检索到|更多|任何|相关|符合(?:条件)?的?|可(?:显示|展示)的?|该类|此类|最新|对应|有效|的)*(?:数据|信息|内容|记录|文章|文件|稿件|公示|资料|新闻|公告|结果|动态|更新|条目|目录|列表|图片|视频)?\W*(?:更新)?\W*(?:敬请期待|请稍后.{0,6})?\W*$|"
    r"开设以来无内容|no (?:data|records?|results?|content)\b|nothing (?:found|here)",
    re.IGNORECASE,
)
_FOUND_NONE = re.compile(r"(?:没有|没|未)(?:找|查|搜|检)索?到(?:任何)?(?:相关|符合条件|满足条件|匹配)的?(?:信息|内容|数据|记录|文章|文件|资料|结果)")
"""What an empty list says of itself: the page that says so is there."""
_STATED = re.compile(
    r"不涉及|不适用|未发生|未开展|未收到|未产生|无(?:此|该|相关)?(?:项|类)?(?:职能|职责|业务|事项|权限|收费)|\d{3,4}[-－—]?\d{7,8}|[路街道]\d{1,5}号|见附件|详见|请点击|移至|并入|已迁|合并"
)
_ENTER = re.compile(
    r"^\W*(?:点击)?(?:进入|跳过|访问|浏览)(?:政府|门户|本)?(?:网站|首页|主页|主站|官网|门户|系统|页面|网页)?\W*$|^\W*(?:enter|skip)\W*$|进入(?:首页|网站|主页|门户)",
    re.IGNORECASE,
)
_ASKING = re.compile(r"搜索|检索|查询结果|search", re.IGNORECASE)
_ASKED = frozenset({"q", "qt", "wd", "kw", "key", "keyword", "keywords", "searchword", "searchkey", "searchtext", "word", "words", "query"})
_SHORT = 400
_RESIDUE = 40
"""Characters of its own that a blank page may still have: a caption, a date of today."""
_ROW = 6
"""Chinese characters of a line that may be an entry of a list without links; three of them are a list."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = re.compile(r"\d+")
_SHOWN = "img, iframe, frame, object, embed, video, canvas, input, textarea, a"
_HIDDEN = "[hidden], template, [style*='display:none'], [style*='display: none'], [style*='visibility:hidden']"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a page is, and the words or marks on it that say so (Chinese, or empty for plain content)."""

    state: PageState
    why: str = ""


def judge(page: "Page") -> Judgement:
    """What a page is before its list is read. An empty list is decided by `judge_empty`."""
    text, links = page.text, page.links
    short = len(text) < _SHORT
    checks: tuple[Callable[[], Judgement | None], ...] = (
        lambda: _shield(page) if short and len(links) < 8 else None,
        lambda: _gone(page, short=short),
        lambda: _parked(page) if short and len(links) < 15 else None,
        lambda: _login(page, short=short),
        lambda: Judgement(PageState.NEEDS_SCRIPT, "网址中 # 之后的页面由脚本显示") if page.is_routed else None,
        lambda: _leads_on(page),
    )
    for check in checks:
        if found := check():
            return found
    if len(links) < 3 and short and (page.loads_by_script or _only_scripts(page)):
        return Judgement(PageState.NEEDS_SCRIPT, "页面内容由脚本加载")
    return Judgement(PageState.CONTENT)


def _only_scripts(page: "Page") -> bool:
    """Whether a page shows nothing at all and has scripts that may change that: a shield that is not known by name, or a shell."""
    if page.settled or page.links or page.text.strip() or page.tree.css_first("script") is None:
        return False
    return page.tree.css_first(_SHOWN) is None


def _shield(page: "Page") -> Judgement | None:
    if match := _SHIELD_SCRIPT.search(page.source):
        return Judgement(PageState.SHIELD, f"防护脚本：{match[0][:30]}")
    if page.meta_of("ArticleTitle"):
        return None
    if not page.text.strip() and not page.links:
        inline = page.inline_scripts[:20_000]
        if (_COOKIE_JUMP.search(inline) and _RELOAD.search(inline)) or _PACKED.search(inline) or _MARKED.search(page.source[:20_000]):
            return Judgement(PageState.SHIELD, "页面只有设置 Cookie 或加密的脚本")
    for line in (page.title, *page.text.split("\n")):
        if len(line) <= 80 and (match := _SHIELD_SAYS.search(line)) and not _ABOUT.search(line):
            return Judgement(PageState.SHIELD, f"页面提示：{line[:60]}")
    return None


def _gone(page: "Page", *, short: bool) -> Judgement | None:
    if page.meta_of("ArticleTitle") or is_answer_of_search(page):
        return None
    path = urlsplit(page.url).path
    if _GONE_PATH.search(path) and len(page.text) < 3 * _SHORT:
        return Judgement(PageState.SOFT_404, f"转到提示页 {path}")
    said = _saying(page) if short else ""
    if said:
        return Judgement(PageState.SOFT_404, f"页面提示：{said}")
    title = page.title
    if (
        len(title) <= 60
        and _GONE.search(title)
        and not _ABOUT.search(title)
        and (short or _saying(page) or re.match(r"\W*(?:404|error)\b", title, re.IGNORECASE))
    ):
        return Judgement(PageState.SOFT_404, f"页面标题：{title}")
    if short and _ERROR_PATH.search(path) and len(page.links) < 8:
        return Judgement(PageState.SHIELD, f"转到出错页 {path}")
    if short and page.jumps_home:
        return Judgement(PageState.SOFT_404, "页面自动跳回首页")
    return None


def _saying(page: "Page") -> str:
    """A short visible line that says the page is gone: not the name of a link, not a title, not hidden in a template."""
    hidden = hidden_lines(page)
    items = [name for link in page.links for name in link.names if _GONE.search(name)]
    for line in page.text.split("\n"):
        if _is_gone(line) and line not in hidden and not any(item in line for item in items):
            return line
    return ""


def _is_gone(line: str) -> bool:
    """Whether a line says that the page is gone, and is no sentence of a rule or a guide about information that does not exist."""
    return len(line) <= 60 and bool(_GONE.search(line)) and not (_ABOUT.search(line) or _PROVISION.search(line) or _FOUND_NONE.search(line))


def hidden_lines(page: "Page") -> set[str]:
    """Lines of a page that a reader does not see: templates, and what is styled away until a script shows it."""
    return {" ".join(line.split()) for node in page.tree.css(_HIDDEN) for line in node.text(separator="\n").split("\n") if line.strip()}


def _parked(page: "Page") -> Judgement | None:
    for line in (page.title, *page.text.split("\n")):
        if (match := _PARKED.search(line[:300])) and not _ABOUT.search(line):
            return Judgement(PageState.PARKED, f"页面提示：{match[0]}")
    return None


def _login(page: "Page", *, short: bool) -> Judgement | None:
    few = len(page.links)
    if few < 15 and len(page.text) < 2 * _SHORT and page.tree.css_first("input[type=password]") is not None:
        return Judgement(PageState.LOGIN, "页面要求输入密码")
    if not short or few >= 8 or page.meta_of("ArticleTitle"):
        return None
    said = next((line for line in (page.title, *page.text.split("\n")) if len(line) <= 40 and _LOGIN_SAYS.match(line)), "")
    if said or (_LOGIN_PATH.search(urlsplit(page.url).path) and (page.loads_by_script or not page.text.strip())):
        return Judgement(PageState.LOGIN, f"页面提示：{said}" if said else "转到登录地址")
    return None


def _leads_on(page: "Page") -> Judgement | None:
    if not page.jump:
        return None
    if page.tree.css_first("frame[src], iframe[src]") is not None:
        return Judgement(PageState.FRAME, "页面由框架组成")
    return Judgement(PageState.SPLASH, f"页面转到 {page.jump}")


def is_answer_of_search(page: "Page") -> bool:
    """Whether the page answers a search: that something was not found is then its content."""
    parts = urlsplit(page.url)
    asked = {name.lower() for name, value in parse_qsl(parts.query) if value}
    if not asked.isdisjoint(_ASKED) and (_ASKING.search(page.title) or _ASKING.search(parts.path) or page.search_box):
        return True
    return bool(re.match(r"\W*(?:站内|全站|全文|高级|智能|综合|信息)?(?:搜索|检索|查询)(?:结果|引擎|页|中心|列表)?(?:$|\W|_)", page.title))


def judge_empty(page: "Page", chrome: Sequence["Page"] = (), menu: Container[str] = frozenset()) -> Judgement:
    """What a column page is whose list yielded nothing. `chrome`: pages whose lines stand on every page of the site (home, the page above).

    `menu`: addresses that other pages of the site link to as well, so that a link to them is not this page's own.
    Blank is what holds nothing of its own. A page with links, files, frames, a text, or scripts that could fill it is not blank: it was not understood.
    """
    if page.state is not PageState.CONTENT:
        return Judgement(page.state, page.why)
    if page.loads_by_script or (not page.settled and _own_scripts(page, chrome)):
        return Judgement(PageState.NEEDS_SCRIPT, "列表可能由脚本加载")
    if why := filled_by_script(page, chrome, _EMPTY):
        return Judgement(PageState.NEEDS_SCRIPT, why)
    lines = {line for other in chrome for line in other.text.split("\n")} | {page.title, page.own_name}
    alike = {_DIGITS.sub("0", line) for line in lines}  # counters and today's date differ from page to page
    own = [line for line in page.text.split("\n") if _DIGITS.sub("0", line) not in alike and "位置" not in line]
    if message := next((line for line in own if _is_gone(line)), ""):
        return Judgement(PageState.SOFT_404, f"页面提示：{message}") if not page.meta_of("ArticleTitle") else Judgement(PageState.CONTENT)
    clickable = [" ".join(node.text().split()) for node in page.tree.css("[onclick]")]
    new = any(link.url != page.url and link.url not in menu for link in page.links)
    if new or page.frames or page.attachments or any(len(text) >= 6 and text not in lines for text in clickable):
        return Judgement(PageState.CONTENT)
    names = sorted({name for link in page.links for name in link.names} | {page.own_name}, key=len, reverse=True)
    own = [_without(line, names) for line in own]
    hidden = hidden_lines(page)
    building = next((line for line in own if len(line) <= 40 and _BUILDING.search(line) and line not in hidden), "")
    empty = next((line for line in own if len(line) <= 40 and _EMPTY.search(line) and line not in hidden), "")
    if holds_more_than_text(page, chrome, says_empty=bool(empty or building)):
        return Judgement(PageState.CONTENT)
    rest = [line for line in own if not (len(line) <= 40 and (_BUILDING.search(line) or _EMPTY.search(line)))]
    rows = sum(1 for line in rest if len(_HAN.findall(line)) >= _ROW)
    if sum(len(line) for line in rest) > _RESIDUE or rows >= 3 or any(_STATED.search(line) for line in rest) or is_statement(rest):
        return Judgement(PageState.CONTENT)
    if building:
        return Judgement(PageState.UNDER_CONSTRUCTION, f"页面提示：{building}")
    return Judgement(PageState.BLANK, f"页面提示：{empty}" if empty else "页面没有自己的内容")


def _own_scripts(page: "Page", chrome: Sequence["Page"]) -> bool:
    def files(one: "Page") -> set[str]:
        return {one.absolute(node.attributes.get("src") or "") for node in one.tree.css("script[src]")}

    return bool(chrome) and bool(files(page) - {url for other in chrome for url in files(other)})


def _without(line: str, names: Sequence[str]) -> str:
    """What a line says beside the names of links."""
    for name in names:
        if name:
            line = line.replace(name, "")
    return line.strip()


def enters(names: Sequence[str]) -> bool:
    """Whether a link of a splash page leads into the site."""
    return any(len(name) <= 20 and _ENTER.search(name) for name in names)
