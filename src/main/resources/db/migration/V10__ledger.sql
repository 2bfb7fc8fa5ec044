-- What every call used and cost. Never what was said in it.
create table ledger (
    -- Counts in the order in which records become visible, over all nodes; there may be gaps.
    seq              bigint         not null primary key,
    id               varchar(64)    not null unique,
    request          varchar(256)   not null,
    called_at        timestamp with time zone not null,
    -- The hour since 1970 in UTC that the record is counted in: that of its time, or the first that is not closed.
    at_hour          bigint         not null,
    caller           varchar(256)   not null,
    key_id           varchar(256)   not null,
    user_id          varchar(256)   not null,
    project_id       varchar(256)   not null,
    team_id          varchar(256)   not null,
    operation        varchar(32)    not null,
    model            varchar(256)   not null,
    upstream         varchar(256)   not null,
    target           varchar(256)   not null,
    attempts         integer        not null,
    status           integer        not null,
    failure          varchar(64)    not null,
    queue_ms         bigint,
    first_token_ms   bigint,
    total_ms         bigint         not null,
    -- Where the figures come from; empty when nothing was used.
    origin           varchar(16)    not null,
    input            bigint         not null,
    cached_input     bigint         not null,
    output           bigint         not null,
    reasoning        bigint         not null,
    -- Other units and words that the price depends on: a JSON object, or empty.
    more             varchar        not null,
    -- Empty where it is not known.
    cost             numeric(38, 12),
    currency         varchar(3)     not null,
    price            varchar(600)   not null,
    -- Whether it was used, and there is no cost.
    unpriced         boolean        not null,
    labels           varchar        not null
);
create index ledger_hour on ledger (at_hour);
create index ledger_unpriced on ledger (unpriced, seq);

create table ledger_label (
    seq   bigint       not null,
    at_hour bigint       not null,
    label_name varchar(256) not null,
    label_value varchar(256) not null,
    primary key (seq, label_name)
);
create index ledger_label_hour on ledger_label (at_hour);

-- One row. Whoever writes to the ledger locks it, so that numbers become visible in their order.
create table ledger_clock (
    one         integer not null primary key,
    seq         bigint  not null,
    -- What is earlier is closed, or deleted: nothing is counted there any more.
    open_hour   bigint  not null,
    pruned_hour bigint  not null
);
insert into ledger_clock (one, seq, open_hour, pruned_hour) values (1, 0, 0, 0);

-- How far each journal has been read.
create table ledger_journal (
    id      varchar(64) not null primary key,
    segment bigint      not null,
    place   bigint      not null
);

-- Sums of the ledger by the hour. Made anew from the ledger, never added to.
create table usage_hour (
    at_hour      bigint         not null,
    key_id       varchar(256)   not null,
    user_id      varchar(256)   not null,
    project_id   varchar(256)   not null,
    team_id      varchar(256)   not null,
    model        varchar(256)   not null,
    upstream     varchar(256)   not null,
    target       varchar(256)   not null,
    currency     varchar(3)     not null,
    requests     bigint         not null,
    failed       bigint         not null,
    estimated    bigint         not null,
    unpriced     bigint         not null,
    input        bigint         not null,
    cached_input bigint         not null,
    output       bigint         not null,
    reasoning    bigint         not null,
    cost         numeric(38, 12) not null
);
create index usage_hour_hour on usage_hour (at_hour);

-- Hours whose sums are older than their records.
create table usage_stale (
    at_hour bigint not null primary key
);

-- Months that are closed: what they come to never changes again.
create table usage_period (
    period    varchar(7)  not null primary key,
    closed_at timestamp with time zone not null,
    closed_by varchar(256) not null,
    seal      varchar(64) not null
);
