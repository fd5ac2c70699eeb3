"""Papers as notes of an Obsidian vault, one Markdown file a paper, in which the user goes on writing.

What readlist writes is known by signs that outlive the user's hand: the property ``readlist-id`` at the top of the
file, and two comment lines around the part below. The second of them keeps a digest of everything that was written, so
that the next time three cases are told apart: what is still as readlist wrote it is brought up to date, what the user
has changed stays as he made it, and what is not readlist's at all is never touched. To have a property or the part
written anew, the user deletes it.
"""
