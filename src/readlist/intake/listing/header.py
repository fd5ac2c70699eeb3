"""What a record of a listing says besides title and authors."""

from datetime import date

from readlist.intake.listing.dates import DateError, listing_date
from readlist.intake.listing.records import RawRecord
from readlist.paper import Paper
from readlist.subjects import category_of, is_category


def header_fields(record: RawRecord, retrieved: date) -> Paper:
    """A paper with all that a record says besides title and authors; see `read_listing`."""
    reasons = [record.doubt]
    try:
        published = listing_date(record.date, retrieved)
    except DateError as error:
        published = ""
        reasons.append(str(error))
    subject, category = record.subject, ""
    if is_category(subject):
        subject, category = subject.rpartition(".")[2].upper(), subject
    return Paper(
        subject=subject,
        category=category or category_of(subject, published),
        published=published,
        has_code=record.has_code,
        abstract=record.abstract,
        review_reason=" ".join(filter(None, reasons)),
    )
