-- The processes over this database; one whose time is over is taken for dead.
create table cluster_node (
    id         varchar(64) not null primary key,
    -- By the database's clock.
    good_until timestamp with time zone not null
);

-- A budget in one of its spans. Whoever changes a lease of it changes this row first, so that one does at a time.
create table budget_span (
    budget  varchar(256) not null,
    span    varchar(100) not null,
    ends    timestamp with time zone not null,
    changes bigint       not null,
    primary key (budget, span)
);

-- What a process may spend beyond what the ledger has of it. Void when the process is dead.
create table budget_lease (
    budget varchar(256)    not null,
    span   varchar(100)    not null,
    node   varchar(64)     not null references cluster_node (id) on delete cascade,
    held   numeric(38, 12) not null,
    -- What calls wait for, as the others hold it.
    wanted numeric(38, 12) not null,
    primary key (budget, span, node),
    foreign key (budget, span) references budget_span (budget, span) on delete cascade
);
create index budget_lease_node on budget_lease (node);
