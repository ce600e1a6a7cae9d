"""The public record, read only: nothing here knows a person's name."""

from doithoai.portal.queries.draws import VERIFIER, DrawPage, PublicDraw, draws_of, file_name, published_draw
from doithoai.portal.queries.heads import FEWEST_SIGNS, Found, find_head, signs_of
from doithoai.portal.queries.listing import Listing, listing, sought_in
from doithoai.portal.queries.materials import Materials, material, materials_of
from doithoai.portal.queries.opinions import PAGE, STANDINGS, Asked, PublicOpinion
from doithoai.portal.queries.publishing import ANNOUNCED, lines_are_public, searchable
from doithoai.portal.queries.record import PublicRecord, position_of, record_of
from doithoai.portal.queries.table import FIGURES_HEADER, Counts, cut_names, figures_of, figures_table

__all__ = [
    "ANNOUNCED",
    "FEWEST_SIGNS",
    "FIGURES_HEADER",
    "PAGE",
    "STANDINGS",
    "VERIFIER",
    "Asked",
    "Counts",
    "DrawPage",
    "Found",
    "Listing",
    "Materials",
    "PublicDraw",
    "PublicOpinion",
    "PublicRecord",
    "cut_names",
    "draws_of",
    "figures_of",
    "figures_table",
    "file_name",
    "find_head",
    "lines_are_public",
    "listing",
    "material",
    "materials_of",
    "position_of",
    "published_draw",
    "record_of",
    "searchable",
    "signs_of",
    "sought_in",
]
