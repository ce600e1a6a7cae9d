"""Pages of papers: one paper with its acts, its files, and what came back from outside."""

from doithoai.documents.views.files import brought_file, draft_file, file
from doithoai.documents.views.outside import came_back, one_that_came
from doithoai.documents.views.paper import act, acts_on, paper, visible

__all__ = ["act", "acts_on", "brought_file", "came_back", "draft_file", "file", "one_that_came", "paper", "visible"]
