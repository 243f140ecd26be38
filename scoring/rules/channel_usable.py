"""Whether at least one of several channels (领导信箱、在线咨询 …) is there with content: the veto 互动回应差 and 服务不实用 (国办秘函〔2019〕19号) hold where none is."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, met, named, pages, unmet
from scoring.rules.spec import ColumnsParams


class Params(ColumnsParams):
    """`columns`: the channels, any of which is enough."""


def says(params: Params) -> str:
    """The rule in words."""
    if len(params.columns) == 1:
        return f"{phrase.columns(params)}可用（打得开、有内容），得满分；没有、打不开或空白，不得分。"
    return f"{phrase.columns(params)}中至少有一个可用（打得开、有内容），得满分；都没有、打不开或空白，不得分。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET (one is there), UNMET (each is missing, dead or blank; confirmed), NOT_OBSERVED."""
    readings = named(evidence, params.names, params.columns)
    names = [reading.name for reading in readings]
    if usable := [reading for reading in readings if reading.filled]:
        return met(Reason.CHANNEL_USABLE, {"names": [reading.name for reading in usable]}, pages(usable))
    if unseen := [reading for reading in readings if reading.filled is None]:
        return columns_unobserved(unseen)
    return unmet(Reason.CHANNEL_NONE, {"names": names}, pages(readings))
