-- The gateway's own name of the model that answered, by which it is priced; empty where it is the one asked for.
alter table ledger add column route varchar(256) default '' not null;
