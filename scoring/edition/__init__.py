"""Editions (指标体系版本), `data/editions/*.yml`: read, checked and refused with one Chinese line that names the file, the code and the remedy.

Column keys and rule signatures are handed in by services; the dictionary's facts that a rule needs (`names`, `elements`, `ages`) are put into its parameters here.
An edition may be written as its differences from another one: `scoring.edition.extend`.
"""

from scoring.edition.build import from_source, load, read_kept
from scoring.edition.kept import whole
from scoring.edition.leaf import DUTIES, FILLED, RuleSignature

__all__ = ["DUTIES", "FILLED", "RuleSignature", "from_source", "load", "read_kept", "whole"]
