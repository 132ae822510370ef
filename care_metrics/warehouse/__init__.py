"""The only room with duckdb: facts views in .sql, built once per publication, queried through locked-down connections."""

from care_metrics.warehouse.facts import FACTS, SCORED, build_facts, fingerprint
from care_metrics.warehouse.house import Warehouse, open_house

__all__ = ["FACTS", "SCORED", "Warehouse", "build_facts", "fingerprint", "open_house"]
