"""The parts that pages are made of. None of them knows a use case."""
