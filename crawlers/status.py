"""Closed sets of what a fetch, a page, a list or a link can be. Each value carries its Chinese name as `zh`."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A `StrEnum` whose members carry the Chinese wording shown to users."""

    zh: str

    def __new__(cls, value: str, zh: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member


class FetchStatus(Labelled):
    """How one request ended."""

    OK = "ok", "已取得"
    HTTP_ERROR = "http_error", "服务器返回错误"
    SHIELD = "shield", "被防护系统拦截"
    ROBOTS = "robots", "robots.txt 不允许访问"
    DNS = "dns", "域名无法解析"
    REFUSED = "refused", "连接被拒绝"
    TIMEOUT = "timeout", "访问超时"
    TLS = "tls", "证书或加密连接出错"
    RESET = "reset", "连接被中断"
    REDIRECT_LOOP = "redirect_loop", "循环跳转"
    TOO_LARGE = "too_large", "页面超过大小上限"
    ADDRESS_REFUSED = "address_refused", "地址不在允许范围"
    CANCELLED = "cancelled", "采集已取消"


class PageState(Labelled):
    """What a fetched page is."""

    CONTENT = "content", "有内容"
    NEEDS_SCRIPT = "needs_script", "内容由脚本生成"
    SPLASH = "splash", "过渡页"
    FRAME = "frame", "框架页"
    SHIELD = "shield", "防护页"
    LOGIN = "login", "登录页"
    SOFT_404 = "soft_404", "提示页面不存在"
    PARKED = "parked", "域名停放页"
    BLANK = "blank", "空白栏目"
    UNDER_CONSTRUCTION = "under_construction", "建设中"


class Dialect(Labelled):
    """The way a page lays out a list."""

    JPAGE = "jpage", "大汉 jpage"
    JPAAS = "jpaas", "大汉 jpaas"
    XXGK = "xxgk", "大汉信息公开检索"
    TRS = "trs", "TRS 静态分页"
    FJAPI = "fjapi", "TRS 与检索接口"
    GKMLPT = "gkmlpt", "广东公开目录平台"
    UCAP = "ucap", "开普云"
    JSARRAY = "jsarray", "脚本数组"
    SEARCH = "search", "检索接口列表"
    TABLE = "table", "表格列表"
    LIST = "list", "普通列表"
    PLAIN = "plain", "无列表"


class Match(Labelled):
    """How a link's text answers to a column's name."""

    EXACT = "exact", "名称一致"
    ALIAS = "alias", "采用别名"
    CONTAINED = "contained", "名称包含"


class DateFrom(Labelled):
    """Where a date was read."""

    LABEL = "label", "页面标注"
    LIST = "list", "列表日期"
    YEARLESS = "yearless", "列表日期（未写年份，按最近一年推定）"
    META = "meta", "页面元数据"
    URL = "url", "网址"
    TEXT = "text", "正文"


class ScopeKind(Labelled):
    """How a unit sees a site."""

    SITE = "site", "独立网站"
    PREFIX = "prefix", "网址前缀"
    SUBTREE = "subtree", "栏目子树"
    QUERY = "query", "网址参数"
    FIELD = "field", "发布机构字段"


class Looked(Labelled):
    """Whether everything that could have shown a column was read."""

    COMPLETE = "complete", "已查全"
    INCOMPLETE = "incomplete", "未查全"


class Phase(Labelled):
    """Which look at the site a request belongs to."""

    FIRST = "first", "首次查看"
    SECOND = "second", "复看"


class DocumentKind(Labelled):
    """How a document is read closely."""

    REPORT = "report", "年度报告"
    GUIDE = "guide", "公开指南"
    CONSULTATION = "consultation", "征求意见"
    INTERPRETATION = "interpretation", "政策解读"
    POLICY = "policy", "规范性文件"
    ROSTER = "roster", "名单"
    PAGE = "page", "栏目正文"
    CATALOGUE = "catalogue", "标准目录"
    OTHER = "other", "其他文件"


class LinkKind(Labelled):
    """Where a link leads."""

    INTERNAL = "internal", "站内"
    EXTERNAL = "external", "站外"
    ATTACHMENT = "attachment", "附件"


class Made(Labelled):
    """What a stored record is: the server's answer, or what a browser made of it."""

    ANSWER = "answer", "服务器返回的原文"
    RENDERED = "rendered", "浏览器运行脚本后的页面"
    PICTURE = "picture", "截图"
