"""The public record, read only: nothing here knows a person's name."""

from doithoai.portal.queries.draws import VERIFIER, DrawPage, PublicDraw, draws_of, file_name, published_draw
from doithoai.portal.queries.heads import FEWEST_SIGNS, Found, find_head, signs_of
from doithoai.portal.queries.listing import Listing, listing, sought_in
from doithoai.portal.queries.materials import Materials, material, materials_of
from doithoai.portal.queries.opinions import PAGE, STANDINGS, Asked, PublicOpinion
from doithoai.portal.queries.publishing import (
    ANNOUNCED,
    PUBLIC_KINDS,
    can_be_public,
    lines_are_public,
    lines_can_be_public,
    publication_due,
    searchable,
)
from doithoai.portal.queries.record import PublicRecord, position_of, record_of
from doithoai.portal.queries.shortening import Shortened, shortened, shortenings_of
from doithoai.portal.queries.table import FIGURES_HEADER, Counts, cut_names, figures_of, figures_table, received

__all__ = [
    "ANNOUNCED",
    "FEWEST_SIGNS",
    "FIGURES_HEADER",
    "PAGE",
    "PUBLIC_KINDS",
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
    "Shortened",
    "can_be_public",
    "cut_names",
    "draws_of",
    "figures_of",
    "figures_table",
    "file_name",
    "find_head",
    "lines_are_public",
    "lines_can_be_public",
    "listing",
    "material",
    "materials_of",
    "position_of",
    "publication_due",
    "published_draw",
    "received",
    "record_of",
    "searchable",
    "shortened",
    "shortenings_of",
    "signs_of",
    "sought_in",
]
