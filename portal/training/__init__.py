"""My training: what somebody is to do next, has done, and may have to read again."""
