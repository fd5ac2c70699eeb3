"""Listing pages, as alphaXiv prints them: text to papers."""
