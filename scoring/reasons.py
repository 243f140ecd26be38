"""The closed set of reason codes, each with the sentence that `scoring.wording` fills in. `{name|form}` picks a form of `scoring.wording`."""

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """Why a finding is what it is. `template` is the Chinese sentence; its placeholders are the finding's params."""

    template: str

    def __new__(cls, value: str, template: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.template = template
        return member

    # We could not look, or not well enough (NOT_OBSERVED), or it does not concern the unit (NOT_APPLICABLE)
    SITE_ABSENT = "site_absent", "本次采集中没有该单位的网站，尚未判定。"
    SITE_UNREACHABLE = "site_unreachable", "未能取得网站首页（{status|fetch}），尚未判定，不计为不达标。"
    SITE_PAGE = "site_page", "网站首页未能读到正文（{page|page}），尚未判定，不计为不达标。"
    SCOPE_UNMATCHED = "scope_unmatched", "该单位在网站上的范围没有匹配到任何页面，应先核对采集范围的设置，尚未判定。"
    HOST_LEVEL = "host_level", "该单位没有独立网站，此项属于整站指标，不涉及。"
    DUTY_ABSENT = "duty_absent", "该单位没有相应职责（{duties|list}），此项不涉及。"
    NOT_DRAWN = "not_drawn", "本期抽样没有抽到此项，对所有单位都不计分。"
    NOT_PLANNED = "not_planned", "本次采集方案没有查找「{column}」，尚未判定。"
    LOOK_INCOMPLETE = "look_incomplete", "未找到「{column}」，但导航没有查全（{gaps|gaps}），不能认定缺失，尚未判定。"
    SITE_LOOK_INCOMPLETE = "site_look_incomplete", "导航没有查全（{gaps|gaps}），不能下结论，尚未判定。"
    UNCONFIRMED = "unconfirmed", "「{column}」首次查看时{what}，尚未复看确认，不计为不达标。"
    AMBIGUOUS = "ambiguous", "只找到名称包含「{column}」的链接「{text}」，不能确定就是该栏目，需人工核查。"
    PAGE_UNREAD = "page_unread", "「{column}」的页面未能打开（{status|fetch}{http|http}），尚未判定，不计为不达标。"
    PAGE_OPAQUE = "page_opaque", "「{column}」的页面未能读到正文（{page|page}），尚未判定，不计为不达标。"
    NOT_OPENED = "not_opened", "找到了「{column}」的链接，但没有打开其页面，尚未判定。"
    LIST_INCOMPLETE = "list_incomplete", "「{column}」的列表没有读完，读到的部分中未见{what}，尚未判定。"
    NO_DATE = "no_date", "「{column}」中读不到可用的发布日期，尚未判定。"
    YEAR_UNTOLD = "year_untold", "「{column}」最新一条只写了月日（{day}），没有写年份，也没有读到能说明年份的文章页，是否在 {days} 天内发布尚未判定。"
    COLUMNS_UNOBSERVED = "columns_unobserved", "有 {count} 个栏目未能判定：{names|list}。"
    HOME_UNCONFIRMED = "home_unconfirmed", "首页首次查看时{what}，尚未复看确认，不计为不达标。"
    HOME_NO_DATE = "home_no_date", "首页读不到可用的发布日期，尚未判定。"
    HOME_YEAR_UNTOLD = "home_year_untold", "首页最新一条只写了月日（{day}），没有写年份，也没有读到能说明年份的文章页，是否在 {days} 天内发布尚未判定。"
    LINKS_UNCHECKED = "links_unchecked", "本次采集没有检查链接，尚未判定。"
    NOT_ASSESSED = "not_assessed", "尚未评估。"

    # One column
    COLUMN_PRESENT = "column_present", "已设置「{column}」。"
    COLUMN_ALIAS = "column_alias", "已设置该栏目，名称为「{text}」，规范名称是「{column}」。"
    COLUMN_MISSING = "column_missing", "查遍首页、网站地图和导航，两次均未找到「{column}」。"
    PAGE_DEAD = "page_dead", "「{column}」的链接打不开，页面不存在，两次查看结果一致。"
    COLUMN_BLANK = "column_blank", "「{column}」是空白栏目，两次查看均无内容。"
    COLUMN_FRESH = "column_fresh", "「{column}」最新一条发布于 {newest}，截至 {as_of} 已 {age} 天，未超过 {days} 天。"
    COLUMN_STALE = "column_stale", "「{column}」最新一条发布于 {newest}，截至 {as_of} 已 {age} 天，超过 {days} 天。"
    ELEMENTS_COMPLETE = "elements_complete", "「{column}」的 {total} 项要素齐全。"
    ELEMENTS_LACKING = "elements_lacking", "「{column}」的 {total} 项要素中缺少 {count} 项：{missing|list}。"
    ELEMENTS_UNREAD = "elements_unread", "「{column}」的页面上未见{missing|list}，但另有附件、图片或脚本中的内容未能读取，尚未判定，不计为不达标。"
    ATTACHMENT_PRESENT = "attachment_present", "「{column}」页面提供可下载的文件 {count} 个。"
    ATTACHMENT_MISSING = "attachment_missing", "「{column}」页面没有可下载的文件。"

    # Several columns
    COLUMNS_COMPLETE = "columns_complete", "要求的 {total} 个栏目均已设置。"
    COLUMNS_LACKING = "columns_lacking", "要求的 {total} 个栏目中有 {count} 个缺失或打不开：{names|list}。"
    COLUMNS_FRESH = "columns_fresh", "要求的 {total} 个栏目均在 {days} 天内更新。"
    COLUMNS_STALE = "columns_stale", "要求的 {total} 个栏目中有 {count} 个未在 {days} 天内更新：{names|list}。"
    BLANK_WITHIN = "blank_within", "空白栏目 {count} 个，未超过允许的 {max} 个。"
    BLANK_OVER = "blank_over", "空白栏目 {count} 个，超过允许的 {max} 个：{names|list}。"
    NEGLECTED_WITHIN = "neglected_within", "长期未更新的栏目 {stale} 个、空白栏目 {blank} 个，未达到单项否决的数量。"
    NEGLECTED_OVER = (
        "neglected_over",
        "长期未更新的栏目 {stale} 个（达到 {neglected_max} 个否决，其中动态要闻、通知公告、政策文件类达到 {timely_max} 个否决）、空白栏目 {blank} 个（达到 {blank_max} 个否决）：{names|list}。",
    )

    # Documents and reports
    REPORT_ON_TIME = "report_on_time", "{year} 年度报告已于 {date} 发布，期限为 {deadline}。"
    REPORT_LATE = "report_late", "{year} 年度报告发布于 {date}，晚于期限 {deadline}。"
    REPORT_MISSING = "report_missing", "「{column}」中未见{what}。"
    REPORT_YEARS_COMPLETE = "report_years_complete", "最近 {total} 个年度的报告齐全。"
    REPORT_YEARS_LACKING = "report_years_lacking", "最近 {total} 个年度的报告中缺少 {count} 个年度：{missing|list}。"
    DOCUMENT_FOUND = "document_found", "「{column}」已有 {year} 年的信息，最新一条为「{title}」（{date}）。"
    DOCUMENT_ON_TIME = "document_on_time", "已于 {date} 公开「{title}」，期限为 {deadline}。"
    DOCUMENT_LATE = "document_late", "「{title}」公开于 {date}，晚于期限 {deadline}。"
    DOCUMENT_MISSING = "document_missing", "「{column}」中未见 {year} 年标题含“{words|list}”的文件，期限为 {deadline}。"
    NOT_DUE = "not_due", "尚未到期限（{deadline}），此项不涉及。"
    QUARTERS_COMPLETE = "quarters_complete", "「{column}」在 {year} 年已结束的 {total} 个季度均有信息。"
    QUARTERS_LACKING = "quarters_lacking", "「{column}」在 {year} 年已结束的 {total} 个季度中缺少：{missing|list}。"

    # Documents read closely
    SAMPLE_UNREAD = "sample_unread", "「{column}」要看的 {total} 件信息中有 {count} 件未能读清（{names|list}），不足以判定，尚未判定，不计为不达标。"
    NONE_RECENT = "none_recent", "「{column}」近 {days} 天没有此类信息，此项不涉及。"
    REPORT_UNREAD = "report_unread", "《{title}》未能读到可以核对的正文（{why}），尚未判定，不计为不达标。"
    REPORT_SECTIONS_COMPLETE = "report_sections_complete", "{year} 年度报告的 {total} 个部分齐全。"
    REPORT_SECTIONS_LACKING = "report_sections_lacking", "{year} 年度报告的 {total} 个部分中缺少 {count} 个：{missing|list}。"
    REPORT_BALANCED = "report_balanced", "{year} 年度报告表三、表四的 {checked} 个勾稽关系全部成立。"
    REPORT_UNBALANCED = "report_unbalanced", "{year} 年度报告有 {count} 处勾稽不符：{places|gaps}。"
    REPORT_UNCHECKED = "report_unchecked", "{year} 年度报告还有 {unchecked} 个勾稽关系未能核对（{why}），尚未判定，不计为不达标。"
    REPORT_CARRIED = "report_carried", "{year} 年度报告的上年结转为 {found} 件，与上年报告的结转下年度一致。"
    REPORT_CARRIED_WRONG = "report_carried_wrong", "{year} 年度报告的上年结转为 {found} 件，上年报告的结转下年度为 {expected} 件，两者不一致。"
    REPORT_CARRIED_UNREAD = "report_carried_unread", "未能同时核对 {year} 年度报告的上年结转与上年报告的结转下年度（{why}），尚未判定，不计为不达标。"
    REPORT_PROSE_AGREES = "report_prose_agrees", "{year} 年度报告正文中可以对照的 {count} 个数字与表格一致。"
    REPORT_PROSE_DIFFERS = "report_prose_differs", "{year} 年度报告正文与表格有 {count} 处不一致：{places|gaps}。"
    REPORT_PROSE_SILENT = "report_prose_silent", "{year} 年度报告正文中没有可以与表格对照的数字，尚未判定，需人工核对。"
    REPORTS_OPEN = "reports_open", "抽查的 {total} 份年度报告及其附件都能打开。"
    CONSULTED = "consulted", "近 {days} 天的 {total} 件征求意见公告期限、草案、说明和反馈方式均符合要求。"
    CONSULTED_BADLY = "consulted_badly", "近 {days} 天的 {total} 件征求意见公告中有 {count} 件不符合要求：{names|list}。"
    CONSULTATIONS_ANSWERED = "consultations_answered", "已结束 {after} 天以上的 {total} 件征求意见均能看到意见采纳情况。"
    CONSULTATIONS_UNANSWERED = "consultations_unanswered", "已结束 {after} 天以上的 {total} 件征求意见中有 {count} 件没有公布意见采纳情况：{names|list}。"
    CONSULTATIONS_OPEN = "consultations_open", "没有结束 {after} 天以上的征求意见，此项不涉及。"
    INTERPRETED_IN_TIME = "interpreted_in_time", "近 {days} 天的 {total} 件解读均在文件发布后 {limit} 个工作日内发布。"
    INTERPRETED_LATE = "interpreted_late", "近 {days} 天解读的 {total} 个文件中有 {count} 个的解读超过 {limit} 个工作日：{names|list}。"
    HOLIDAYS_UNKNOWN = "holidays_unknown", "节假日安排中没有 {years|list} 年，算不出工作日，尚未判定；请先在 data/holidays 中补上该年的放假安排。"
    INTERPRETATIONS_LINKED = "interpretations_linked", "近 {days} 天的解读与所解读的文件互相链接。"
    INTERPRETATIONS_UNLINKED = "interpretations_unlinked", "近 {days} 天的解读与文件之间应有的 {total} 个链接中缺少 {count} 个：{names|list}。"
    INTERPRETATION_KINDS = "interpretation_kinds", "近 {days} 天的 {total} 件解读中，从标题看有{kinds|list} {count} 种形式，非文字解读占 {share|rate}。"
    INTERPRETATION_KINDS_FEW = (
        "interpretation_kinds_few",
        "近 {days} 天的 {total} 件解读中，从标题看有{kinds|list} {count} 种形式（应有 {least} 种），非文字解读占 {share|rate}（应达到 {limit|rate}）。",
    )
    INTERPRETATION_KINDS_UNTOLD = "interpretation_kinds_untold", "近 {days} 天的 {total} 件解读从标题看不出形式，需人工打开查看，尚未判定。"
    ATTACHMENTS_OPEN = "attachments_open", "抽查的附件 {opened} 个均能下载打开，检查的附件链接 {tried} 个均有效。"
    ATTACHMENTS_BROKEN = "attachments_broken", "附件中有 {count} 个打不开：{names|gaps}。"
    ATTACHMENTS_UNTRIED = "attachments_untried", "本次采集没有取到可以检查的附件，尚未判定。"
    ITEMS_ENOUGH = "items_enough", "{what}：近 {days} 天有 {count} 条，达到 {least} 条（{titles|list}）。"
    ITEMS_FEW = "items_few", "{what}：近 {days} 天有 {count} 条，不足 {least} 条。"
    ITEMS_UNTOLD = "items_untold", "{what}：近 {days} 天有 {count} 条，不足 {least} 条；正文没有逐条查看，尚未判定，需人工查看。"
    DATES_SHOWN = "dates_shown", "{total} 个栏目的列表条目均标注发布日期。"
    DATES_LACKING = "dates_lacking", "{total} 个栏目中有 {count} 个的列表条目没有标注发布日期：{names|list}。"
    COLUMNS_KEPT = "columns_kept", "已设置的 {total} 个栏目均有内容，且在 {days} 天内更新。"
    COLUMNS_UNKEPT = "columns_unkept", "已设置的 {total} 个栏目中有 {count} 个空白或超过 {days} 天未更新：{names|list}。"
    COLUMNS_NONE = "columns_none", "要求的栏目均未设置，此项不涉及。"
    REPORTS_CLOSED = "reports_closed", "抽查的 {total} 份年度报告中有 {count} 份打不开或附件不能下载：{names|list}。"

    # The whole site
    IDENTITY_CONSISTENT = "identity_consistent", "站点标签和网站标识码 {total} 项检查均一致。"
    IDENTITY_LACKING = "identity_lacking", "站点标签和网站标识码 {total} 项检查中有 {count} 项不符：{missing|list}。"
    SEARCH_PRESENT = "search_present", "网站提供检索框。"
    SEARCH_MISSING = "search_missing", "首页和政府信息公开平台页均未见检索框。"
    SEARCH_FINDS = "search_finds", "用站内已有标题“{words}”检索，能够找到该信息。"
    SEARCH_FINDS_NOT = "search_finds_not", "用站内已有标题“{words}”检索，两次均未找到该信息。"
    SEARCH_UNTRIED = "search_untried", "网站的检索未能由程序试用（{why}），尚未判定。"
    TAGS_CARRIED = "tags_carried", "抽查的页面均带有规定的 {total} 种标签。"
    TAGS_LACKING = "tags_lacking", "规定的 {total} 种页面标签中有 {count} 种不达标：{missing|list}。"
    TAGS_UNTRIED = "tags_untried", "没有读到可以检查标签的{pages|list}，尚未判定。"
    FOOTER_COMPLETE = "footer_complete", "首页页脚标明了规定的 {total} 项标识。"
    FOOTER_LACKING = "footer_lacking", "首页页脚应标明的 {total} 项标识中有 {count} 项缺失或不符：{missing|list}。"
    FOOTER_UNREAD = "footer_unread", "没有读到首页页脚（可能由脚本生成），尚未判定。"
    SITE_REACHABLE = "site_reachable", "网站首页可以访问，内容正常。"
    PROBES_NONE = "probes_none", "评估时段内没有可用性监测样本（须连续 {days} 天、每天不少于 {per_day} 次），尚未判定。"
    PROBES_FEW = (
        "probes_few",
        "可用性监测样本不足，尚未判定：须连续 {days} 天、每天不少于 {per_day} 次，{from} 至 {to} 计入 {count} 次（另有 {void} 次无效或间隔过短），达到次数的有 {full_days} 天。",
    )
    SITE_UP = "site_up", "{from} 至 {to} 从“{vantage}”访问首页 {count} 次，超过（含）{seconds} 秒打不开的 {failed} 次（{share|rate}），未达到 {limit|rate}。"
    SITE_UP_WARNED = (
        "site_up_warned",
        "{from} 至 {to} 从“{vantage}”访问首页 {count} 次，超过（含）{seconds} 秒打不开的 {failed} 次（{share|rate}），已超过预警线 {warn|rate}，达到 {limit|rate} 即被否决。",
    )
    SITE_DOWN = (
        "site_down",
        "{from} 至 {to} 从“{vantage}”访问首页 {count} 次，超过（含）{seconds} 秒打不开的 {failed} 次（{share|rate}），达到 {limit|rate} 的否决线。",
    )
    HOME_FRESH = "home_fresh", "首页最新信息发布于 {newest}，截至 {as_of} 已 {age} 天，未超过 {days} 天。"
    HOME_STALE = "home_stale", "首页最新信息发布于 {newest}，截至 {as_of} 已 {age} 天，超过 {days} 天。"
    LINKS_WITHIN = "links_within", "检查链接 {checked} 个，失效 {count} 个（{share|rate}），未超过 {limit|rate}。"
    LINKS_OVER = "links_over", "检查链接 {checked} 个，失效 {count} 个（{share|rate}），超过 {limit|rate}。"

    CHECK_OPEN = "check_open", "「{what}」本次未能查明（{note}），尚未判定，不计为不达标。"
    HTTPS_VALID = "https_valid", "网站支持 HTTPS，证书有效（有效期至 {expires}）。"
    HTTPS_NO_REDIRECT = "https_no_redirect", "网站支持 HTTPS，证书有效，但用 http 地址访问不会转到 HTTPS。"
    HTTPS_INVALID = "https_invalid", "网站的 HTTPS 不可用：{note}。"
    IPV6_REACHABLE = "six_reachable", "网站可以通过 IPv6 访问（{note}）。"
    IPV6_UNREACHABLE = "six_unreachable", "网站登记了 IPv6 地址，但连接被拒绝（{note}）。"
    IPV6_MISSING = "six_missing", "网站没有 IPv6 地址（{note}）。"
    ENTRY_LEADS = "entry_leads", "首页有可用的「{name}」入口，名称为「{text}」。"
    ENTRY_IDLE = "entry_idle", "首页的「{name}」入口「{text}」是空链接，点击没有反应。"
    ENTRY_MISSING = "entry_missing", "首页没有「{name}」入口。"
    KIND_LINKS_WITHIN = "kind_links_within", "检查「{kind}」类链接 {checked} 个，失效 {count} 个（{share|rate}），未超过 {limit|rate}。"
    KIND_LINKS_OPEN = "kind_links_open", "「{kind}」类链接 {checked} 个中有 {unknown} 个未能查明是否可用，可能改变结论，需人工核实。"
    KIND_LINKS_OVER = "kind_links_over", "检查「{kind}」类链接 {checked} 个，失效 {count} 个（{share|rate}），超过 {limit|rate}：{links|list}。"
    LINKS_NONE = "links_none", "读到的页面上没有「{kind}」类链接，此项不涉及。"
    EXTERNAL_KEPT = "external_kept", "可以比较的 {count} 个外部链接归属没有变化。"
    EXTERNAL_CHANGED = "external_changed", "有 {count} 个外部链接的归属或内容疑似变化，请人工核实：{links|list}。"

    # Kinds of information, catalogues and documents that were opened
    DOCUMENTS_UNREAD = "documents_unread", "「{column}」的 {total} 份文件中有 {count} 份没有读全或没有复看，尚未判定。"
    KINDS_SHOWN = "kinds_shown", "{names|list}中应有的 {total} 类信息齐全。"
    KINDS_LACKING = "kinds_lacking", "应有 {total} 类信息，还缺 {count} 类，未见：{missing|list}。"
    VALIDITY_LABELLED = "validity_labelled", "「{column}」最近的 {total} 份文件均标明了有效性或有效期。"
    VALIDITY_LACKING = "validity_lacking", "「{column}」最近的 {total} 份文件中有 {count} 份没有标明有效性或有效期：{titles|list}。"
    DECISION_UNDATED = "decision_undated", "{names|list}中读到的文件没有写明作出决定或批复的日期，无法计算公开是否及时，尚未判定。"
    DELAY_WITHIN = "delay_within", "{names|list}中写明决定日期的 {total} 份文件均按时（{limit}内）公开。"
    DELAY_OVER = "delay_over", "{names|list}中写明决定日期的 {total} 份文件中有 {count} 份公开超过时限（{limit}）：{titles|list}。"
    DELAY_UNCONFIRMED = "delay_unconfirmed", "{names|list}中有 {count} 份文件首次查看时公开日期晚于期限，尚未复看确认，不计为不达标。"
    GUIDES_COMPLETE = "guides_complete", "「{column}」读到的 {total} 份内容要素齐全。"
    GUIDES_LACKING = "guides_lacking", "「{column}」读到的 {total} 份内容中有 {count} 份要素不全：{titles|list}。"
    FIELDS_COVERED = "fields_covered", "「{column}」覆盖了全部 {total} 个领域。"
    FIELDS_LACKING = "fields_lacking", "「{column}」应覆盖的 {total} 个领域中缺少 {count} 个：{missing|list}。"
    CATALOGUE_COMPLETE = "catalogue_complete", "「{column}」中的《{title}》列明了目录应有的 {total} 项。"
    CATALOGUE_LACKING = "catalogue_lacking", "「{column}」中要素最全的目录《{title}》在应有的 {total} 项中缺少 {count} 项：{missing|list}。"
    ISSUES_ENOUGH = "issues_enough", "「{column}」{year} 年已出 {count} 期，到目前应出 {due} 期。"
    ISSUES_FEW = "issues_few", "「{column}」{year} 年已出 {count} 期，少于到目前应出的 {due} 期（全年 {a_year} 期）。"
    HISTORY_KEPT = "history_kept", "「{column}」最早一条为 {oldest}，包含 {year} 年及以前的信息。"
    HISTORY_SHORT = "history_short", "「{column}」最早一条为 {oldest}，没有 {year} 年及以前的信息。"
    NOTICE_FOUND = "notice_found", "{names|list}中有 {count} 条关停整合公告：{titles|list}。"
    NOTICE_NONE = "notice_none", "{names|list}中没有关停整合的公告，视为没有关停整合，不涉及；确有关停而未公告的，请人工改判。"
    TASKS_TABLED = "tasks_tabled", "「{title}」附有任务分解表：{file}。"
    TASKS_UNTABLED = "tasks_untabled", "「{title}」没有附任务分解表，正文之外未见附件。"
    FORM_OPENS = "form_opens", "「{column}」页面提供的文件可以下载并打开。"
    FORM_DAMAGED = "form_damaged", "「{column}」页面提供的 {count} 个文件均打不开：{files|list}。"
    FILES_UNREAD = "files_unread", "「{column}」页面有 {count} 个文件，未能确认能否打开，尚未判定。"
    ENTRY_OPENS = "entry_opens", "「{column}」入口可以打开，页面有内容。"
    CHANNEL_USABLE = "channel_usable", "可用的渠道：{names|list}。"
    CHANNEL_NONE = "channel_none", "{names|list}均缺失、打不开或空白，没有可用的渠道。"

    # Personal data, doubtful dates and words: proposals to a person
    PERSONAL_NONE = "personal_none", "细读的 {count} 份名单中未见未脱敏的身份证号、银行卡号或手机号。"
    PERSONAL_FOUND = "personal_found", "{documents} 份名单中有 {count} 处疑似未脱敏的个人信息：{places|list}。"
    PERSONAL_UNCONFIRMED = "personal_unconfirmed", "{count} 份名单首次查看时疑似有未脱敏的个人信息，尚未复看确认，不计为不达标。"
    NO_ROSTERS = "no_rosters", "没有公布名单的栏目（{names|list}），此项不涉及。"
    ROSTERS_UNREAD = "rosters_unread", "名单共 {total} 份，其中 {count} 份没有读全，不能说没有未脱敏的个人信息，尚未判定。"
    DATES_KEPT = "dates_kept", "{count} 个栏目与以前的采集比较，未见补录、倒签或改动日期的迹象。"
    DATES_DOUBTFUL = "dates_doubtful", "有 {count} 条信息疑似补录、倒签或改动日期，只作线索，请人工核实：{names|list}。"
    NO_EARLIER_RUN = "no_earlier_run", "没有以前的采集可以比较，尚未判定。"
    WORDS_NONE = "words_none", "读到的 {count} 条标题中未见词库所列的 {words} 个词。"
    WORDS_FOUND = "words_found", "有 {count} 条标题含有词库所列的词，只作提示，请人工判断：{names|list}。"
    NO_TITLES = "no_titles", "没有读到信息标题，尚未判定。"

    # People and imported tables
    CASES_NONE = "cases_none", "评估时段内没有登记依申请公开模拟测试案件，待评估员提交申请并登记台账。"
    CASES_OPEN = "cases_open", "依申请公开模拟测试 {count} 件，其中 {open} 件还不能下结论：{cases|lines}。"
    CASES_JUDGED = "cases_judged", "依申请公开模拟测试 {count} 件。{cases|lines}。"
    IMPORT_NONE = "import_none", "尚未导入该单位的数据。"
    IMPORTED = "imported", "按导入的数据计：{values|list}；来自{files|list}。"
    MANUAL_PENDING = "manual_pending", "待人工评分。"
    MANUAL_LEVEL = "manual_level", "人工评定为“{level}”。"
    MANUAL_POINTS = "manual_points", "人工评分 {points|points} 分。"
    REVIEWED = "reviewed", "人工核查认定：{outcome|outcome}。"
    CONFIRMED_UNOBSERVABLE = "confirmed_unobservable", "经人工补查仍无法观测：{why}。"
    GIVEN = "given", "按导入的评分结果计。"
    GIVEN_POINTS = "given_points", "按导入的得分 {points|points} 分计。"
