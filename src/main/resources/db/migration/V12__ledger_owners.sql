-- Budgets and whoever asks for the usage of one owner read what is of that one, not whole months of all.
create index usage_hour_key on usage_hour (key_id, at_hour);
create index usage_hour_user on usage_hour (user_id, at_hour);
create index usage_hour_project on usage_hour (project_id, at_hour);
create index usage_hour_team on usage_hour (team_id, at_hour);
create index ledger_key on ledger (key_id, seq);
