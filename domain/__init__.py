"""The rules: values and pure functions, with no web, no SQL, no clock and no disk."""
