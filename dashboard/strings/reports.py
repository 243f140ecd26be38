"""Words of the page 报告 and of the buttons that make reports."""

from scoring.services.report.kinds import Kind

TITLE = "报告"
HEAD = "{period}可以下载 {n} 种报告"
NOTE = "发布口径：{extent} · 第 {revision} 次发布 · 报告里的数取自发布文件，与页面一致；下载时才生成"
WHOLE = "整期报告"
OF_UNIT = "单位报告"
OF_UNIT_NOTE = "选一个单位，下载它自己的分报告、问题清单或得分明细"
NOT_OFFERED = "按发布口径（{extent}），本期不提供：{names}。"
NO_UNITS = "按发布口径，各单位的分报告由评估单位发给该单位，这里不提供。"
MAKE = "生成{kind}"
MAKE_ALL = "生成全部分报告（{n} 份）"
JOB_START = "在后台生成{kind}（{n} 个单位）"
JOB_AGAIN = "重新生成"
JOB_NOTE = "单位多，要写几分钟；写的时候可以离开，回来在这里下载。"
JOB_WAITING = "正在准备……"
JOB_RUNNING = "正在写：{done} / {of}"
JOB_DONE = "{at} 生成。"
JOB_FILE = "{period}-{kind}.zip"
MAKING = "正在生成{kind}……"
DOWNLOAD = "下载{kind}"
READY = "已生成 {file}，{size}。"
MANUAL = "换成本单位的样式和字体：见报告手册 docs/manual/reports.md。命令行一次写出全部："
COMMAND = "disclosure report --period {period} --out 报告"
NOTES = {
    Kind.OVERALL: "Word。评估概况、总体结果、各板块结果、分类对比、完善建议、附表",
    Kind.CIRCULAR: "Word。总体情况、主要做法和存在问题、下一步要求，附评估结果",
    Kind.UNIT: "Word，一单位一份，打包下载。得分、先改哪几项、全部问题",
    Kind.PROBLEMS: "Excel。每个问题一行，整改情况、链接和申诉理由由单位填写",
    Kind.SCORES: "Excel。得分排名、打分底稿、逐项得分与原因",
    Kind.SLIDES: "PowerPoint。图表可以在 PowerPoint 或 WPS 里修改",
    Kind.CHARTS: "SVG 和 PNG 图片，打包下载",
    Kind.WEB: "不需要服务器的网页文件夹，打包下载，解压后打开 index.html",
    Kind.BADGES: "SVG 图片，写明单位的等次，打包下载",
}
MB = "{n} MB"
KB = "{n} KB"
