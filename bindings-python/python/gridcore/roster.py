"""Rosters (名册): reconciled, freed of doubles, merged, compared; who was reached; tokens in the place of numbers."""

from __future__ import annotations

from ._roster_batch import BatchKernel
from ._roster_explain import Explanation, RowExplanation
from ._roster_ledger import Ledger
from ._roster_merge import MergedRoster, merge
from ._roster_outcome import Reconciliation, deduplicate, estimate, reconcile, verify_log
from ._roster_staff import StaffDiff, staff_diff
from ._roster_tokens import TokenColumn, TokenKey

__all__ = [
    "BatchKernel",
    "Explanation",
    "Ledger",
    "MergedRoster",
    "Reconciliation",
    "RowExplanation",
    "StaffDiff",
    "TokenColumn",
    "TokenKey",
    "deduplicate",
    "estimate",
    "merge",
    "reconcile",
    "staff_diff",
    "verify_log",
]
