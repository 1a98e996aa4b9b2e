"""Sign-offs: what a mentor says of observed practice."""
