-- One published file: a period at one revision, complete in itself within its 发布口径. Decimals are exact text, lists and maps JSON text, instants UTC.
-- The comments are the data dictionary: meaning｜unit｜type.
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE period_group (
    group_name VARCHAR PRIMARY KEY, position INTEGER NOT NULL, edition_id VARCHAR NOT NULL, edition_sha VARCHAR NOT NULL, yaml VARCHAR NOT NULL,
    size INTEGER NOT NULL, summary VARCHAR NOT NULL
);
CREATE TABLE period_unit (
    unit_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, group_name VARCHAR NOT NULL, level VARCHAR NOT NULL, parent_id VARCHAR NOT NULL,
    position INTEGER NOT NULL, duties VARCHAR NOT NULL, predecessors VARCHAR NOT NULL, excluded VARCHAR NOT NULL, seal VARCHAR NOT NULL
);
CREATE TABLE finding (
    unit_id VARCHAR NOT NULL, code VARCHAR NOT NULL, seq INTEGER, finding_seq INTEGER, run_id VARCHAR, rule_version VARCHAR, machine_outcome VARCHAR,
    machine_ratio VARCHAR, reason_code VARCHAR, params VARCHAR USING COMPRESSION zstd, evidence VARCHAR USING COMPRESSION zstd, review_seq INTEGER, review_of INTEGER, review_outcome VARCHAR,
    review_ratio VARCHAR, level VARCHAR, points VARCHAR, why VARCHAR, by_name VARCHAR, review_at TIMESTAMP, reviewed BOOLEAN, mark VARCHAR NOT NULL
);
CREATE TABLE total (
    unit_id VARCHAR PRIMARY KEY, total VARCHAR, lower VARCHAR, upper VARCHAR, "full" VARCHAR, coverage VARCHAR, grade VARCHAR, rank INTEGER, veto VARCHAR, veto_open VARCHAR,
    dimensions VARCHAR, rates VARCHAR, counts VARCHAR, bonus_open VARCHAR
);
CREATE TABLE node (
    unit_id VARCHAR NOT NULL, code VARCHAR NOT NULL, lower VARCHAR NOT NULL, upper VARCHAR NOT NULL, total VARCHAR NOT NULL, weight VARCHAR NOT NULL,
    observed VARCHAR NOT NULL, applicable VARCHAR NOT NULL
);
CREATE TABLE part_input (
    unit_id VARCHAR NOT NULL, code VARCHAR NOT NULL, source VARCHAR NOT NULL, lower VARCHAR NOT NULL, upper VARCHAR NOT NULL, "full" VARCHAR NOT NULL,
    coverage VARCHAR NOT NULL, drawn BOOLEAN NOT NULL, file_sha VARCHAR NOT NULL, file_row INTEGER NOT NULL
);

COMMENT ON TABLE meta IS '文件头：期次、版本、口径、摘要';
COMMENT ON COLUMN meta.key IS '项目：format 格式；period 期次编号；title 期次名称；start、end 评估时段；cutoff 采集截止日；revision 第几版；reason 定稿或更正原因；corrects 所更正的版次；locked_at 锁定时间；published_at 发布时间；digest 全本摘要；extract_digest 本文件摘要；disclosure 发布口径；lists 随期公布的名单及规则（JSON 数组）；engine 程序版本；simulated 是否模拟数据；as_of 观测日；submission、approvers 送审稿编号与审阅人｜—｜文本';
COMMENT ON COLUMN meta.value IS '内容；日期为 YYYY-MM-DD，时间为 ISO 8601 协调世界时，摘要为 SHA-256 十六进制｜—｜文本';
COMMENT ON TABLE period_group IS '分组：每组一行，含所用指标体系全文';
COMMENT ON COLUMN period_group.group_name IS '分组名称，如区县、市直部门｜—｜文本';
COMMENT ON COLUMN period_group.position IS '分组次序，从 0 起｜—｜整数';
COMMENT ON COLUMN period_group.edition_id IS '指标体系编号｜—｜文本';
COMMENT ON COLUMN period_group.edition_sha IS '指标体系全文的 SHA-256｜—｜十六进制文本';
COMMENT ON COLUMN period_group.yaml IS '指标体系全文（YAML）：指标、权重、规则、参数、依据｜—｜文本';
COMMENT ON COLUMN period_group.size IS '本组参评单位数（含口径以外的单位）｜个｜整数';
COMMENT ON COLUMN period_group.summary IS '本组统计（JSON），只含本文件内的单位：mean 平均分；medians 各一级指标得分率中位数；lost 失分指标（代码、平均失分、失分单位数、判定单位数）；inseparable 区间重叠、不宜断言先后的单位｜分、0–1、个｜JSON 文本';
COMMENT ON TABLE period_unit IS '被评估单位：定稿时的名称、次序、职责';
COMMENT ON COLUMN period_unit.unit_id IS '单位编号｜—｜文本';
COMMENT ON COLUMN period_unit.name IS '单位名称｜—｜文本';
COMMENT ON COLUMN period_unit.group_name IS '所在分组｜—｜文本';
COMMENT ON COLUMN period_unit.level IS '层级，如市级、镇街；空为未填｜—｜文本';
COMMENT ON COLUMN period_unit.parent_id IS '上级单位编号；空为没有｜—｜文本';
COMMENT ON COLUMN period_unit.position IS '公文次序，得分相同时按此排列｜—｜整数';
COMMENT ON COLUMN period_unit.duties IS '职责（JSON 数组）：行政执法、规范性文件、对外服务；没有相应职责的指标记不涉及｜—｜JSON 文本';
COMMENT ON COLUMN period_unit.predecessors IS '前身单位编号（JSON 数组）：合并、分设或更名之前的单位｜—｜JSON 文本';
COMMENT ON COLUMN period_unit.excluded IS '暂不纳入的原因：列出而不排名，不计入平均；空为正常参评｜—｜文本';
COMMENT ON COLUMN period_unit.seal IS '单位校验值：规范数据中该单位各行的 SHA-256｜—｜十六进制文本';
COMMENT ON TABLE finding IS '评分结果：每个单位每项指标一行，机器结果与人工核查并列';
COMMENT ON COLUMN finding.unit_id IS '单位编号｜—｜文本';
COMMENT ON COLUMN finding.code IS '指标代码｜—｜文本';
COMMENT ON COLUMN finding.seq IS '该项记录的最新序号｜—｜整数';
COMMENT ON COLUMN finding.finding_seq IS '机器结果的序号；空为没有机器结果｜—｜整数';
COMMENT ON COLUMN finding.run_id IS '所依据的采集批次｜—｜文本';
COMMENT ON COLUMN finding.rule_version IS '规则版本｜—｜文本';
COMMENT ON COLUMN finding.machine_outcome IS '机器结果：MET 达标、PARTIAL 需改进、UNMET 不达标、NOT_OBSERVED 未判定、NOT_APPLICABLE 不涉及｜—｜枚举文本';
COMMENT ON COLUMN finding.machine_ratio IS '机器判定的得分比例；未判定和不涉及为空｜0–1｜十进制文本';
COMMENT ON COLUMN finding.reason_code IS '判定原因代码｜—｜文本';
COMMENT ON COLUMN finding.params IS '判定所依据的事实：栏目、日期、天数等｜—｜JSON 文本';
COMMENT ON COLUMN finding.evidence IS '取证：网址、时间（协调世界时）、存档地址（批次/网站@起始字节+长度）｜—｜JSON 文本';
COMMENT ON COLUMN finding.review_seq IS '人工核查的序号；空为没有核查｜—｜整数';
COMMENT ON COLUMN finding.review_of IS '核查时所见机器结果的序号，0 为没有｜—｜整数';
COMMENT ON COLUMN finding.review_outcome IS '人工核查结果，取值同机器结果｜—｜枚举文本';
COMMENT ON COLUMN finding.review_ratio IS '人工核查的得分比例｜0–1｜十进制文本';
COMMENT ON COLUMN finding.level IS '人工评分的档次｜—｜文本';
COMMENT ON COLUMN finding.points IS '人工评分的分数；权重制为百分制｜分｜十进制文本';
COMMENT ON COLUMN finding.why IS '核查理由｜—｜文本';
COMMENT ON COLUMN finding.by_name IS '核查人｜—｜文本';
COMMENT ON COLUMN finding.review_at IS '核查时间（协调世界时）｜—｜时间';
COMMENT ON COLUMN finding.reviewed IS '核查是否有效；否表示核查之后机器结果又有变化｜—｜布尔';
COMMENT ON COLUMN finding.mark IS '该行校验码：规范数据定义的 SHA-256 前 16 位｜—｜十六进制文本';
COMMENT ON TABLE total IS '总分：每个单位一行；口径为等次时只有等次';
COMMENT ON COLUMN total.unit_id IS '单位编号｜—｜文本';
COMMENT ON COLUMN total.total IS '得分：区间的中点，未取整｜分｜十进制文本';
COMMENT ON COLUMN total.lower IS '得分下限：未判定的指标全不得分｜分｜十进制文本';
COMMENT ON COLUMN total.upper IS '得分上限：未判定的指标全得满分｜分｜十进制文本';
COMMENT ON COLUMN total."full" IS '该单位的满分；得分率 = total ÷ full；仅“满分按实际涉及分值”时各单位不同｜分｜十进制文本';
COMMENT ON COLUMN total.coverage IS '覆盖率：已判定的权重占适用权重的比例｜0–1｜十进制文本';
COMMENT ON COLUMN total.grade IS '等次；空为数据不足｜—｜文本';
COMMENT ON COLUMN total.rank IS '名次；空为不参加排名（单项否决或数据不足）｜名｜整数';
COMMENT ON COLUMN total.veto IS '触发的单项否决，指标代码数组｜—｜JSON 文本';
COMMENT ON COLUMN total.veto_open IS '未能判定的单项否决，指标代码数组｜—｜JSON 文本';
COMMENT ON COLUMN total.dimensions IS '各维度得分率｜0–1｜JSON 文本';
COMMENT ON COLUMN total.rates IS '各一级指标得分率；数据不足时为空｜0–1｜JSON 文本';
COMMENT ON COLUMN total.counts IS '各种结果的指标数｜项｜JSON 文本';
COMMENT ON COLUMN total.bonus_open IS '加分待评：尚未评的加分最多还能加多少｜分｜十进制文本';
COMMENT ON TABLE node IS '指标得分：每个单位每个指标（含上级指标）一行';
COMMENT ON COLUMN node.unit_id IS '单位编号｜—｜文本';
COMMENT ON COLUMN node.code IS '指标代码｜—｜文本';
COMMENT ON COLUMN node.lower IS '得分下限｜分｜十进制文本';
COMMENT ON COLUMN node.upper IS '得分上限｜分｜十进制文本';
COMMENT ON COLUMN node.total IS '得分；得分率 = total ÷ weight｜分｜十进制文本';
COMMENT ON COLUMN node.weight IS '满分：不涉及的权重分摊之后；0 为不涉及｜分｜十进制文本';
COMMENT ON COLUMN node.observed IS '其中已判定的满分｜分｜十进制文本';
COMMENT ON COLUMN node.applicable IS '其中适用的满分｜分｜十进制文本';
COMMENT ON TABLE part_input IS '组成的来源：综合得分的每个部分由哪些得分而来，含抽样未抽中的单位';
COMMENT ON COLUMN part_input.unit_id IS '单位编号｜—｜文本';
COMMENT ON COLUMN part_input.code IS '部分的代码，见指标体系 compose；该部分的得分在 node 表｜—｜文本';
COMMENT ON COLUMN part_input.source IS '来源：所属单位的编号，或导入文件的名称｜—｜文本';
COMMENT ON COLUMN part_input.lower IS '得分下限｜分｜十进制文本';
COMMENT ON COLUMN part_input.upper IS '得分上限｜分｜十进制文本';
COMMENT ON COLUMN part_input."full" IS '满分；0 为不涉及｜分｜十进制文本';
COMMENT ON COLUMN part_input.coverage IS '覆盖率｜0–1｜十进制文本';
COMMENT ON COLUMN part_input.drawn IS '是否计入：抽样时未抽中的为否｜—｜布尔';
COMMENT ON COLUMN part_input.file_sha IS '导入文件的 SHA-256；所属单位的为空｜—｜十六进制文本';
COMMENT ON COLUMN part_input.file_row IS '在导入文件中的行号；所属单位的为 0｜—｜整数';
