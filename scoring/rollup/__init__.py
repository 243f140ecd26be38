"""The roll-up: findings of one unit and an edition give an interval of points for every node (DESIGN §6).

Node = W · Σ sᵢ / Σ wᵢ over the applicable children, in Decimal with 50 digits and one division a node; what does not apply is shared out among siblings, makes the
base smaller, or is credited with the group's mean, as the edition says. All points are contributions to the tree's total, so that children sum to their parent and
the first level to the total (before bonus, composition and veto). Coverage is taken on the same marks: without deductions, bonus and vetoes,
upper − lower = full marks × (1 − coverage).
"""

from scoring.rollup.beside import Beside, graded
from scoring.rollup.compose import compose
from scoring.rollup.credit import credits_of
from scoring.rollup.leaf import PRECISION, LeafPoints, leaf_points, losses
from scoring.rollup.unit import Rollup, roll_up

__all__ = ["PRECISION", "Beside", "LeafPoints", "Rollup", "compose", "credits_of", "graded", "leaf_points", "losses", "roll_up"]
