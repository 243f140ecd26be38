"""名次稳定性 of a period: of its draft, and of what was published. Leaders' default views do without."""

from scoring.model import Role
from scoring.services import drafts, period_rows, results
from scoring.services.stability import RankingRobust, of_ranking
from scoring.services.workspace import Workspace


def draft(ws: Workspace, period: str, group: str, *, role: Role) -> RankingRobust:
    """Of a draft as it stands; kept until something is written."""
    ranking = drafts.ranking(ws, period, group, role=role)
    return ws.remember(("robust", period_rows.row(ws, period).id, group), lambda: of_ranking(ranking))


def published(ws: Workspace, period: str, group: str, *, role: Role = Role.LEADER) -> RankingRobust:
    """Of a published period, from its file alone."""
    return of_ranking(results.ranking(ws, period, group, role=role, nodes=True))
