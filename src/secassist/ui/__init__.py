"""The window: the only room that knows Qt. It shows what use cases return, and judges nothing."""
