-- The same for H2 in its mode for PostgreSQL, and for PostgreSQL.

-- One row, locked by every change, so that numbers grow in the order of commits.
create table registry_clock (
    one smallint primary key,
    seq bigint not null,
    head varchar(64) not null
);

insert into registry_clock (one, seq, head) values (1, 0, '');

-- The latest version of each document; what is deleted stays as a mark for nodes that have not heard of it.
create table registry_entry (
    kind varchar(40) not null,
    id varchar(200) not null,
    version bigint not null,
    body varchar(1000000) not null,
    deleted boolean not null,
    seq bigint not null,
    created timestamp(3) with time zone not null,
    changed timestamp(3) with time zone not null,
    primary key (kind, id)
);

create unique index registry_entry_seq on registry_entry (seq);

-- Only ever added to. The hash is over the row and the hash of the row before.
create table registry_audit (
    seq bigint primary key,
    happened timestamp(3) with time zone not null,
    actor varchar(200) not null,
    origin varchar(100) not null,
    action varchar(40) not null,
    kind varchar(40) not null,
    id varchar(200) not null,
    body_before varchar(1000000) not null,
    body_after varchar(1000000) not null,
    hash varchar(64) not null
);

create index registry_audit_subject on registry_audit (kind, id, seq);
create index registry_audit_actor on registry_audit (actor, seq);

-- Answers to creations, for clients that ask again; encrypted, as there are new keys in them.
create table registry_answer (
    caller varchar(300) not null,
    word varchar(255) not null,
    request varchar(64) not null,
    answer varchar(1000000),
    created timestamp(3) with time zone not null,
    primary key (caller, word)
);
