"""My team: where a manager's people stand, as on a day, and why."""
