"""What a record of a listing says besides title and authors."""

from datetime import date

from readlist.intake.listing.dates import DateError, listing_date
from readlist.intake.listing.records import RawRecord
from readlist.intake.subjects import category_of
from readlist.paper import Paper


def header_fields(record: RawRecord, retrieved: date) -> Paper:
    """A paper with all that a record says besides title and authors; see `read_listing`."""
    reason = record.doubt
    try:
        published = listing_date(record.date, retrieved)
    except DateError as error:
        published, reason = "", str(error)
    return Paper(
        subject=record.subject,
        category=category_of(record.subject, published),
        published=published,
        has_code=record.has_code,
        abstract=record.abstract,
        review_reason=reason,
    )
