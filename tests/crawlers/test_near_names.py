"""Names by which districts call a column without bearing its name: a person must look. And the names of every district's menu that speak of no column."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.columns import Names, load_columns, readings
from crawlers.status import Match
from tests.crawlers.district import BUYING, Pages, framed, put
from tests.crawlers.test_district_sites import COLUMNS, see, without

NEAR = {
    "guide": "指南 公开指引",
    "rules": "制度 公开规定 相关制度 规章制度",
    "annual": "年报 年度报告 信息公开工作报告",
    "catalogue": "信息公开目录 公开目录 政府信息公开目录",
    "duties": "工作职责 组织架构 内设科室 机构职责与职能",
    "leaders": "镇领导 街道领导 区政府领导 党政领导",
    "plans": "总体规划 工作计划 十四五规划",
    "statistics": "统计分析 数据发布",
    "licensing": "许可服务",
    "compulsion": "处罚强制 处罚/强制",
    "budget": "部门预算 三公经费 财政信息公开 财政收支 财政 预决算及三公经费",
    "procurement": "采购公告 政采信息 项目采购",
    "recruitment": "招考信息 人事招聘 人事信息",
    "relief": "救助信息公开 低保",
    "land": "征地拆迁",
    "proposals": "人大代表建议 代表建议办理",
    "consultation": "征求意见箱 意见征询",
    "notices": "网上公示 公示",
    "news": "本区新闻 图片新闻 镇街动态 新闻中心",
    "power_list": "权力运行 责任清单公开",
    "interpretation": "政策图解 图文解读",
    "policy_documents": "文件汇编 本级文件 区政府办文件",
    "meetings": "常务会 会议纪要",
    "key_tasks": "民生工程 重点任务",
    "supervision": "督查通报",
    "audit": "审计",
    "emergency": "突发事件预警",
    "environment": "环保 环境质量报告",
    "production_safety": "安全监管",
}
PAIRS = [(key, name) for key, names in NEAR.items() for name in names.split()]
NAMES = Names.of(load_columns())
COMMON = (
    "首页 走进示例 区情概况 历史沿革 行政区划 投资指南 旅游指南 乡镇之窗 部门网站 镇街 政务服务 网上办事大厅 个人办事 法人办事 便民查询 办事大厅 政民互动 互动交流 我要写信 网站纠错 专题专栏 主题教育 党史学习教育 "
    "警示教育 文明创建 扫黑除恶 平安示例 美丽乡村 招商引资 投资环境 特色产业 政府工作报告 媒体聚焦 国务院信息 省政府信息 市政府信息 天气预报 网站地图 联系我们 关于我们 隐私声明 使用帮助 版权声明 无障碍浏览 手机版 "
    "微信公众号 友情链接 旅游 文化 图说示例 视频 图片 热点专题 重点领域公开 五公开 公共文化 体育 科技 民政 交通运输 水务 气象 党建 纪检监察 人大 政协 工会 区政府办 教育局 民政局 财政局 应急管理局 示例街道 甲镇 乙乡"
)


@pytest.mark.parametrize(("key", "name"), PAIRS, ids=[f"{key}-{name}" for key, name in PAIRS])
def test_a_near_name_is_for_a_person_to_judge(key: str, name: str) -> None:
    assert NAMES.match(name) is None
    assert key in NAMES.contained(name)


@pytest.mark.parametrize("name", COMMON.split())
def test_what_stands_in_every_menu_is_near_to_nothing(name: str) -> None:
    assert NAMES.match(name) is not None or NAMES.contained(name) == ()


def searched(pages: Pages, *words: str) -> Pages:
    """The site with a search that takes these words and finds nothing."""
    answers = {f"/search/?keyword={quote(word)}": framed("站内搜索", f"<p>您搜索的关键词是：{word}，共找到 0 条结果</p>") for word in words}
    return put(pages, answers)


@pytest.mark.parametrize("named", ["采购公告", "栏目"])
def test_a_page_that_goes_by_a_near_name_is_not_ruled_out_by_the_search(named: str, tmp_path: Path) -> None:
    pages = put(without(f"<a href='{BUYING}'>采购公告</a>"), {BUYING: framed("采购公告", "<p>2026年采购意向公开</p>", f"首页 &gt; {named}")})
    column = COLUMNS["procurement"]
    seen = see(searched(pages, column.name, *column.aliases[:1]), tmp_path)
    assert seen.match is Match.CONTAINED


@pytest.mark.parametrize(
    ("shown", "key"),
    [("政府信息公開指南", "guide"), ("依申請公開", "application"), ("政策解讀", "interpretation"), ("建議提案辦理", "proposals"), ("政府公報", "gazette")],
)
def test_names_in_traditional_characters_are_the_same_names(shown: str, key: str) -> None:
    assert Names.of(load_columns()).match(shown) == (key, Match.EXACT)


SPELLED = st.sampled_from(sorted(NAMES.spellings))


@given(
    SPELLED,
    st.sampled_from(["", "一、", "（十二）", "第三、", "3.", "①", "“", "》"]),
    st.sampled_from(["", "(12条)", " 3 篇", "（5）", "更多>>", " Guide", "”", "/"]),
)
def test_a_name_is_read_however_it_is_numbered_and_counted(name: str, before: str, after: str) -> None:
    """The gate before the forms that a name may be read as must let every name through."""
    text = before + name + after
    found = NAMES.match(text)
    assert (found[0] if found else None) == next((key for form in readings(text) if (key := NAMES.exact.get(form) or NAMES.alias.get(form))), None)
