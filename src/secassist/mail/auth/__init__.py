"""Is the From domain proved? SPF, DKIM, ARC, DMARC, and what the receiving server wrote."""
