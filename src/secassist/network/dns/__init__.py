"""DNS questions and their three possible answers: found, proved absent, failed."""

from secassist.network.dns.answer import Answer, Outcome, Rdata, Resolver
from secassist.network.dns.zone import ZoneResolver

__all__ = ["Answer", "Outcome", "Rdata", "Resolver", "ZoneResolver"]
