"""Where mail lies: mailbox files, Maildir, folders, Thunderbird, IMAP. All are only ever read."""
