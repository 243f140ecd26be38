"""Words of the page 定稿发布."""

from scoring.disclosure import Extent
from scoring.lists import Ground

TITLE = "定稿发布"
NO_PERIOD = "还没有评估期次"
NO_PERIOD_HOW = "建立评估期次并完成核查后，在这里锁定和发布。"
HEAD_BLOCKED = "{period}还有 {n} 项障碍，暂时不能锁定"
HEAD_READY = "{period}可以锁定"
HEAD_LOCKED = "{period}已锁定，尚未发布"
HEAD_PUBLISHED = "{period}已发布"
NOTE = "锁定后评分不能再改；发布后领导和被评估单位可以看到结果。每一步都留有记录。"
PUBLISHED_NOTE = "第 {revision} 版，{at} 发布，口径：{extent}。已发布的文件不会改动；更正是另出一版，原来的一版仍可查。"
BLOCKERS = "定稿障碍"
BLOCKERS_NOTE = "{units} 个单位共 {n} 项；逐项核查、补查，或确认无法观测后才能锁定。"
BLOCKERS_ALT = "定稿障碍列表"
CHOICE = "{name}（{n}）"
ALL_UNITS = "全部单位（{n}）"
ALL_KINDS = "全部障碍（{n}）"
SHOWN = "列出全部 {n} 项；在表内滚动查看，点“去核查”直接打开。"
SHOWN_NONE = "这个单位没有这一类障碍。请换一个条件。"
COUNTS = "各单位障碍数（{n} 个单位）"
COUNTS_ALT = "各单位障碍数表"
COLUMN_N = "合计"
COLUMN_UNIT = "单位"
COLUMN_LEAF = "指标"
COLUMN_WHY = "障碍"
COLUMN_OPEN = ""
OPEN = "去核查"
LOCK = "锁定这一期"
LOCK_CONFIRM = "我已核对草稿排名，知道锁定后不能再改评分"
LOCKED = "已锁定。核对无误后即可发布。"
PUBLISH = "发布"
PUBLISH_CONFIRM = "我确认按当前锁定的结果发布，口径：{extent}"
PUBLISHED = "已发布，可在“总览”查看。"
SEE = "查看总览"
SEE_DRAFT = "核对草稿排名"

EXTENT = "发布口径"
EXTENT_NOTE = "决定领导和被评估单位能看到多少；口径以外的内容不写进他们读的文件。"
EXTENTS = {
    Extent.ALL: "公布全部单位的名次、得分和每项结果。",
    Extent.TOP: "只公布前几名（含并列）的名次、得分和每项结果；其他单位不出现在文件里。全本只存在评估单位。",
    Extent.GRADES: "只公布各单位的等次，不含得分、名次和指标结果。全本只存在评估单位。",
    Extent.OWN: "不公布任何单位的结果；各单位自己的结果由评估单位分别导出、发送。全本只存在评估单位。",
}
TOP_N = "公布前几名"
PUBLISH_LISTS = "；名单：{names}"
LISTS = "随期公布的名单"
LISTS_NOTE = "默认没有。打开的名单写进发布文件，领导在总览看到；数据不足和未排名的单位不列入任何名单。发布后不能再改；更正一期时，已按上一版填好，可以改。"
LIST_ON = "{name}（{rules}）"
LIST_NAME = "名称"
LIST_FIGURES = {
    Ground.TOP: "前几名",
    Ground.BOTTOM: "后几名",
    Ground.IMPROVED: "进位最多的几个",
    Ground.FELL: "退几位以上",
    Ground.BELOW: "等次低于",
}
SEND_BACK = "退回修改"
SEND_BACK_NOTE = "送审没有通过，或发现还要改：重新打开这一期，改完再锁定。"
SENT_BACK = "已重新打开，可以继续核查和评分。"
CORRECT = "更正这一期"
CORRECT_NOTE = "重新打开后可以改判，再锁定、发布为新的一版；原因随新版公布，领导能看到改了什么。"
REOPENED_DONE = "已重新打开。已发布的一版仍可查看，直到新的一版发布。"
REASON = "原因"
REASON_HINT = "例如：某单位的机关职能栏目判为空白有误，经复核已有内容"
REOPENED = "更正中：第 {n} 版于 {at} 由{by}重新打开。原因：{reason}"
PENDING = "与已发布的一版相比"
PENDING_NOTE = "目前 {n} 个单位有变化。锁定前请核对：只应有要更正的内容。"
CANCEL = "没有改动，恢复原来的定稿"
CANCELLED = "已恢复为原来的定稿。"
REVISIONS = "版本与核验"
REVISIONS_NOTE = "任何人可以在任何一台装有本程序的计算机上复算发布文件。"
REVISION = "第 {n} 版 · {at} · 口径：{extent} · {reason}"
REVISION_CHECK = "disclosure verify {name} --digest {digest}"
HANDOUT = "把一个单位自己的结果导出给它（文件里没有其他单位）："
HANDOUT_COMMAND = "disclosure export --period {period} --unit 单位编号 --out 目录"

COLUMN_CODE = "编号"
BLOCKERS_FILE = "{period}定稿障碍.csv"
COUNTS_FILE = "{period}定稿障碍按单位.csv"

AS_BEFORE = "这是更正：下面的发布口径和名单已按第 {n} 版填好（口径：{extent}；名单：{names}），可以改。"
NO_LISTS = "无"
