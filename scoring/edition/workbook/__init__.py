"""An edition as the Excel workbook that evaluators use, both ways and without loss.

Sheet 指标体系: one row a leaf, 一级指标/二级指标/… merged over their leaves, 分值, 评分方式, 评分标准, 责任单位, 适用对象, 依据, 整改办法, and at the far right what the program
needs (规则, 参数, 代码). Sheets 上级指标, 单项否决, 扣分项, 加分项, 等次, 基本设置 hold the rest. A table made by hand needs the first sheet only, and of that only
一级指标, 分值 and 评分标准: its leaves are manual, their codes follow from their names.
"""

from scoring.edition.workbook.read import Found, Given, read
from scoring.edition.workbook.write import write

__all__ = ["Found", "Given", "read", "write"]
