"""Words of the page 指标体系."""

TITLE = "指标体系"
CHOOSE = "指标体系版本"
NONE_YET = "还没有可用的指标体系"
BROKEN = "有一个指标体系文件不能加载，其他的不受影响。{line}"
NONE_HOW = "请在 data/editions 目录放入指标体系文件，用 disclosure edition validate 检查后重启。"
HEAD = "{n} 项末级指标，满分 {full} 分"
NOTE = "{title} · 自动判定 {auto} 项、机器初判 {assist} 项、人工评分 {manual} 项 · 未与原文核对 {unverified} 项{parent}"
PARENT = " · 依据 {id}"
TABLE = "指标"
SEARCH = "查找"
SEARCH_HINT = "名称、代码、责任单位、依据、评分标准…"
FOUND = "找到 {n} 项，共 {total} 项"
NOTHING_FOUND = "没有含“{query}”的指标，请换一个词。"
TABLE_ALT = "指标体系各级指标"
COLUMN_PATH = "上级指标"
COLUMN_NAME = "指标"
COLUMN_WEIGHT = "分值"
COLUMN_CHECK = "评分方式"
COLUMN_CRITERIA = "评分标准（规则与参数）"
COLUMN_RESPONSIBLE = "责任单位"
COLUMN_NEEDS = "适用对象"
COLUMN_BASIS = "依据"
COLUMN_FIX = "整改办法"
COLUMN_VERIFIED = "核对"
COLUMN_CODE = "代码"
RULE = "{parts}（{rule}）"
PARAMETERS = {
    "column": "栏目",
    "columns": "栏目",
    "days": "天数",
    "month": "月",
    "day": "日",
    "years": "年数",
    "share": "比例",
    "max": "最多",
    "words": "标题含",
    "tags": "标签",
    "alias_ratio": "别名得分率",
    "days_grace": "宽限天数",
    "news_days": "要闻天数",
    "notices_days": "公告天数",
    "neglected_max": "未更新数",
    "blank_max": "空白数",
}
EVERYBODY = "全部"
UNVERIFIED = "未核对"
POINTS_GIVEN = "按分值给分"
VETO_ZERO = "总分计 0"
VETO_LIMIT = "总分限 {points}"
DEDUCTION = "最多扣 {points}"
DOWNLOAD = "下载 Excel"
DOWNLOAD_YAML = "下载 YAML"
FILE = "指标体系（{id}）.xlsx"
FILE_YAML = "{id}.yml"

TRY = "上传改动后的指标体系，先看影响"
TRY_NOTE = "支持上面下载的 Excel、手工编制的一级/二级/三级指标表和 YAML。这里只检查和试算，不会改动任何数据；正式采用请把文件交给运维放入 data/editions。"
UPLOAD = "选择文件（Excel 或 YAML）"
BAD = "{name} 有 {n} 处问题，改正后重新上传"
BAD_MORE = "先列 {n} 处"
COLUMN_PROBLEM = "位置与问题"
PROBLEMS_ALT = "上传文件的问题"
GOOD = "检查通过：{title}，{n} 项末级指标，满分 {full} 分"
DIFF = "与“{title}”相比"
DIFF_NONE = "内容没有差别"
DIFF_COUNT = "{kind} {n} 项"
COLUMN_KIND = "变动"
COLUMN_BEFORE = "原分值"
COLUMN_AFTER = "新分值"
COLUMN_DETAIL = "内容"
DIFF_ALT = "逐项差别"

TRIAL = "试算：谁升谁降、为什么"
TRIAL_NOTE = "用选定期次已存档的观测重新判定改动的规则，保留仍然适用的人工评分；没有评过的新指标按区间计，不作零分。结果不写入。"
TRIAL_PERIOD = "期次"
TRIAL_GROUP = "分组"
TRIAL_RUN = "开始试算"
TRIAL_NO_PERIOD = "还没有评估期次，不能试算。"
TRIAL_HEAD = "{up} 个单位得分提高，{down} 个降低，{same} 个不变"
COLUMN_UNIT = "单位"
COLUMN_GAIN = "增减（分）"
COLUMN_TOTAL_BEFORE = "原得分"
COLUMN_TOTAL_AFTER = "新得分"
COLUMN_INTERVAL = "新得分区间"
COLUMN_RANK_BEFORE = "原名次"
COLUMN_RANK_AFTER = "新名次"
COLUMN_MOVE = "名次升降"
TRIAL_ALT = "试算前后的得分和名次"
WHY = "为什么"
WHY_UNIT = "单位"
WHY_OF = "{name}（{gain} 分）"
WHY_NONE = "这个单位的得分没有变化。"
WHY_BESIDE = "扣分、加分、单项否决"
COLUMN_WHY = "原因"
COLUMN_LEAF_GAIN = "影响（分）"
WHY_ALT = "逐项原因"
