"""Tables as files that people take away: CSV and XLSX, in which no cell of ours or theirs becomes a formula."""

from care_metrics.exports.export import Export
from care_metrics.exports.files import FORMATS, file_name, written

__all__ = ["FORMATS", "Export", "file_name", "written"]
