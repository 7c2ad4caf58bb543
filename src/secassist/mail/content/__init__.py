"""Where the links of a mail really go; codes, forms, attachments, telephone numbers, wordings.

``examine`` brings the parts together; ``link`` is what comes out.
"""
