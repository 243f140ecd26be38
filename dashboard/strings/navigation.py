"""Names of the pages and of those they serve."""

OVERVIEW = "总览"
BRIEFING = "简报"
HEATMAP = "热力图"
UNIT = "单位画像"
INDICATOR = "指标分析"
COMPARE = "对比"
CHECK = "自查"
REVIEW = "评分"
CASES = "模拟测试与外部数据"
DRAFT = "草稿排名"
PUBLISH = "定稿发布"
EDITIONS = "指标体系"
SUBMISSION = "送审稿"
REPORTS = "报告"
METHODS = "方法说明"
EVIDENCE = "取证"

LOST = "没有这个页面"
LOST_WHY = "网址可能写错了，或页面已经改名。请从上方菜单选择，或回到总览。"
LOST_HOME = "回到总览"

OWNERS = {
    "overview": "登录用户",
    "briefing": "登录用户",
    "heatmap": "登录用户",
    "unit": "登录用户",
    "indicator": "登录用户",
    "compare": "登录用户",
    "check": "政务公开专员",
    "review": "评估员",
    "cases": "评估员",
    "draft": "评估员",
    "publish": "评估员",
    "editions": "登录用户",
    "submission": "领导",
    "reports": "登录用户",
    "methods": "登录用户",
    "evidence": "登录用户",
}
