"""The embedded default: PostgreSQL and Valkey as child processes, then web, worker and beat. For this machine only."""
