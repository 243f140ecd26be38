"""A self-check's columns: what is not there has no address."""

from dataclasses import replace

from crawlers.status import FetchStatus, PageState
from scoring.model import Outcome, Unit
from scoring.services.assess import evidence_of
from scoring.services.selfcheck import column_result
from tests.services.hand import AS_OF, HOME, missing, plan, portal


def test_a_column_that_a_scope_lacks_has_no_address() -> None:
    lacking = replace(missing("guide", "政府信息公开指南"), url=f"{HOME}guide/", fetch=FetchStatus.OK, page=PageState.CONTENT)
    planned = next(one for one in plan().columns if one.column.key == "guide")
    unit = Unit("fgw", "示例市发展和改革局", "市直部门")
    found = column_result(planned, evidence_of(unit, portal("r", changes={("fgw", "guide"): lacking})), AS_OF)
    assert (found.outcome, found.match, found.url) == (Outcome.UNMET, None, None)
    there = column_result(planned, evidence_of(unit, portal("r")), AS_OF)
    assert (there.outcome, there.match, there.url) == (Outcome.MET, "exact", f"{HOME}guide/")
