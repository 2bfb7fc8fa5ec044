-- Tells nodes that have another secret than the rest; nothing of the secret can be told from it.
alter table registry_clock add column fingerprint varchar(64) default '' not null;
