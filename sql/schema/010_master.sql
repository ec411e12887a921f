-- Schema 10: what the company calls its products, stores and desks, and where voices name them.
-- All of it is made again from the files of master: in kizuki.yaml and the voices, so no stream carries it.
create table master_data (
    kind varchar not null,
    code varchar not null,
    name varchar not null,
    brand varchar,
    line varchar,
    jan varchar,
    area varchar,
    aliases varchar[] not null,
    sold_from date,
    sold_until date
);
comment on table master_data is '商品・店舗・窓口の台帳。kizuki.yaml の master の表の写し';
comment on column master_data.kind is 'product, store or desk';
comment on column master_data.code is 'The company''s code, once for each kind';
comment on column master_data.name is 'The name that reports show';
comment on column master_data.brand is 'Brand of a product';
comment on column master_data.line is 'Line that a product belongs to';
comment on column master_data.jan is 'JAN code of a product, its check digit right';
comment on column master_data.area is 'Area of a store or desk';
comment on column master_data.aliases is 'Other names';
comment on column master_data.sold_from is 'First day on which it is sold; null: not said';
comment on column master_data.sold_until is 'Last day on which it is sold; null: not said';

create table written_names (
    kind varchar not null,
    written varchar not null,
    code varchar not null,
    valid_from date,
    valid_until date
);
comment on table written_names is '声の product と place に書かれた名前が、台帳のどれを指すか';
comment on column written_names.kind is 'product or store';
comment on column written_names.written is 'As it stands in voices.product or voices.place';
comment on column written_names.code is 'See master_data';
comment on column written_names.valid_from is 'First day of voices for which it is so; null: all before. Days are said only where they tell several codes apart';
comment on column written_names.valid_until is 'Last day of such voices; null: all after';

create table product_mentions (
    segment_id bigint not null,
    voice_id uuid not null,
    product_code varchar not null,
    span_start integer not null,
    span_end integer not null
);
comment on table product_mentions is '文の中で商品の名前や別名が出てくるところ';
comment on column product_mentions.segment_id is 'See segments';
comment on column product_mentions.voice_id is 'See voices';
comment on column product_mentions.product_code is 'See master_data, kind product';
comment on column product_mentions.span_start is 'First code point in voices.text, from 0';
comment on column product_mentions.span_end is 'Code point after the last';

create table master_state (
    name varchar primary key,
    content_hash varchar not null,
    next_segment_id bigint not null
);
comment on table master_state is '台帳をどの文まで当てたか。高々一行';
comment on column master_state.name is 'Always master';
comment on column master_state.content_hash is 'SHA-256 of what the files say and of how names are found';
comment on column master_state.next_segment_id is 'First segment that is not yet searched';
