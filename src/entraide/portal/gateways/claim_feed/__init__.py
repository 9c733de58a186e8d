"""The electronic feed of the compulsory schemes: canonical lines, from our format or an adapter."""

from entraide.portal.gateways.claim_feed.canonical import Announcement, FeedReader, Records, Totals
from entraide.portal.gateways.claim_feed.intake import take_in_feed
from entraide.portal.gateways.claim_feed.neutral import NeutralReader
from entraide.portal.gateways.claim_feed.report import FeedRefused, FeedReport

__all__ = [
    "Announcement",
    "FeedReader",
    "FeedRefused",
    "FeedReport",
    "NeutralReader",
    "Records",
    "Totals",
    "take_in_feed",
]
