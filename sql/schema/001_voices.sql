-- Schema 1: voices, what was read out of them, and what people and the timetable added.
-- No primary key on the big tables: an ART index quadruples load time and file size; the loader removes
-- duplicates by anti-join. Spans are half-open [start, end) in Unicode code points of voices.text.
create table voices (
    voice_id uuid not null,
    revision integer not null,
    epoch integer not null,
    source varchar not null,
    source_id varchar,
    channel varchar not null,
    received_at timestamptz not null,
    received_precision varchar not null,
    received_on date not null,
    rating double,
    product varchar,
    place varchar,
    lot varchar,
    customer_key varchar,
    attributes json not null,
    text varchar not null,
    mask_count integer not null,
    sentiment varchar not null,
    polarity double not null,
    kind varchar not null,
    segment_count integer not null,
    origin_stream varchar not null,
    origin_offset bigint not null,
    origin_row bigint not null
);
comment on table voices is '声。1行が1件。訂正された声は新しい版だけがここにあり、古い版は voice_revisions にある';
comment on column voices.voice_id is 'UUIDv5 of source and the source''s own id (or of time, keyed hash and occurrence)';
comment on column voices.revision is 'From 1; rises when the same id arrives with other words or attributes';
comment on column voices.epoch is 'Epoch of the pipeline that enriched this voice';
comment on column voices.source is 'Name of the source description';
comment on column voices.source_id is 'The source''s own id';
comment on column voices.channel is 'phone, mail, web, letter, social, survey or other';
comment on column voices.received_at is 'When the customer spoke; 00:00 JST where the source gives only a day';
comment on column voices.received_precision is 'instant or date';
comment on column voices.received_on is 'Calendar day of received_at in Asia/Tokyo';
comment on column voices.rating is 'The respondent''s rating on the source''s own scale';
comment on column voices.product is 'Product as the source names it';
comment on column voices.place is 'Place or store as the source names it';
comment on column voices.lot is 'Lot as the source names it';
comment on column voices.customer_key is 'Keyed hash of the customer''s key in the source, 16 hex digits';
comment on column voices.attributes is 'JSON object: mapped columns without a column of their own';
comment on column voices.text is '本文: the verbatim after guard, normalisation and masking';
comment on column voices.mask_count is 'How many spans were masked';
comment on column voices.sentiment is '推定: negative, neutral or positive, derived from the segments';
comment on column voices.polarity is '推定: mean polarity of the segments, in [-1, 1]';
comment on column voices.kind is '推定: complaint, request, question, praise or other, derived from the segments';
comment on column voices.segment_count is 'Number of segments; 0 for an answer that says nothing, such as 特になし';
comment on column voices.origin_stream is 'Stream of the source record, see origins';
comment on column voices.origin_offset is 'Record number in that stream, from 0';
comment on column voices.origin_row is 'Line in the source file, from 1';

create table voice_revisions (
    voice_id uuid not null,
    revision integer not null,
    revision_hash varchar not null,
    epoch integer not null,
    received_at timestamptz not null,
    text varchar not null,
    origin_stream varchar not null,
    origin_offset bigint not null
);
comment on table voice_revisions is '声のすべての版。重複を取り除くための集合でもある';
comment on column voice_revisions.voice_id is 'See voices.voice_id';
comment on column voice_revisions.revision is 'From 1 in order of arrival';
comment on column voice_revisions.revision_hash is 'Keyed hash of words and attributes, 16 hex digits';
comment on column voice_revisions.epoch is 'Highest epoch that enriched this revision';
comment on column voice_revisions.received_at is 'As in voices';
comment on column voice_revisions.text is '本文 of this revision';
comment on column voice_revisions.origin_stream is 'Stream of the source record that brought it first';
comment on column voice_revisions.origin_offset is 'Record number in that stream';

create table segments (
    segment_id bigint not null,
    voice_id uuid not null,
    position integer not null,
    span_start integer not null,
    span_end integer not null,
    text varchar not null,
    received_on date not null,
    sentiment varchar not null,
    sentiment_confidence float not null,
    polarity float not null,
    kind varchar not null,
    kind_confidence float not null,
    why varchar[] not null
);
comment on table segments is '文: 一つの意見を運ぶ文または節。分類の単位';
comment on column segments.segment_id is 'Given by the loader, unique';
comment on column segments.voice_id is 'The voice it is cut from';
comment on column segments.position is 'From 0, in reading order';
comment on column segments.span_start is 'First code point in voices.text, from 0';
comment on column segments.span_end is 'Code point after the last';
comment on column segments.text is 'The words of the span';
comment on column segments.received_on is 'Copy of voices.received_on';
comment on column segments.sentiment is '推定: negative, neutral or positive';
comment on column segments.sentiment_confidence is 'Calibrated probability in [0, 1]';
comment on column segments.polarity is '推定: in [-1, 1]';
comment on column segments.kind is '推定: complaint, request, question, praise or other';
comment on column segments.kind_confidence is 'Calibrated probability in [0, 1]';
comment on column segments.why is 'Words that carried sentiment and kind, strongest first';

create table segment_topics (
    segment_id bigint not null,
    voice_id uuid not null,
    taxonomy varchar not null,
    topic varchar not null,
    confidence float not null,
    decided_by varchar not null,
    why varchar[] not null,
    epoch integer not null
);
comment on table segment_topics is '文に付いた話題';
comment on column segment_topics.segment_id is 'See segments';
comment on column segment_topics.voice_id is 'See voices';
comment on column segment_topics.taxonomy is 'Name of the taxonomy, see topics';
comment on column segment_topics.topic is 'Leaf id of the topic, see topics';
comment on column segment_topics.confidence is 'Calibrated probability in [0, 1]';
comment on column segment_topics.decided_by is 'head or rule (推定), person (確認済)';
comment on column segment_topics.why is 'Words that carried the tag, strongest first';
comment on column segment_topics.epoch is 'Epoch of the pipeline or of the reclassification that set it';

create table terms (
    term_id integer not null,
    term varchar not null
);
comment on table terms is '語の表';
comment on column terms.term_id is 'Given by the loader, unique';
comment on column terms.term is 'Base form or noun compound';

create table segment_terms (
    segment_id bigint not null,
    term_id integer not null,
    span_start integer not null,
    span_end integer not null
);
comment on table segment_terms is '文に現れた語';
comment on column segment_terms.segment_id is 'See segments';
comment on column segment_terms.term_id is 'See terms';
comment on column segment_terms.span_start is 'First code point in voices.text';
comment on column segment_terms.span_end is 'Code point after the last';

create table vectors (
    segment_id bigint not null,
    vector blob not null
);
comment on table vectors is '文のベクトル。見出しのない方向だけを表す';
comment on column vectors.segment_id is 'See segments';
comment on column vectors.vector is '384 signed bytes: a direction, without scale; what the heads score';

create table awareness (
    awareness_id uuid not null,
    voice_id uuid not null,
    author varchar not null,
    reason varchar not null,
    added_at timestamptz not null
);
comment on table awareness is '気づき: 人が声に付けたことば';
comment on column awareness.awareness_id is 'Id of the action that added it';
comment on column awareness.voice_id is 'See voices';
comment on column awareness.author is 'Who wrote it';
comment on column awareness.reason is 'Why everyone should read the voice';
comment on column awareness.added_at is 'When it was written';

create table dead_letters (
    origin_stream varchar not null,
    origin_offset bigint not null,
    file varchar not null,
    origin_row bigint not null,
    column_name varchar,
    step varchar not null,
    reason varchar not null,
    epoch integer not null,
    dead_at timestamptz not null
);
comment on table dead_letters is '不達: 読めなかった記録の座標と理由。本文は封をした voc.raw にある';
comment on column dead_letters.origin_stream is 'See origins';
comment on column dead_letters.origin_offset is 'Record number in that stream, from 0';
comment on column dead_letters.file is 'Base name of the file';
comment on column dead_letters.origin_row is 'Line in the file, from 1';
comment on column dead_letters.column_name is 'Column that could not be read, if one is to blame';
comment on column dead_letters.step is 'intake or enrich';
comment on column dead_letters.reason is 'A short fixed phrase';
comment on column dead_letters.epoch is 'Epoch of the pipeline that refused it';
comment on column dead_letters.dead_at is 'When it was refused';

create table origins (
    origin_stream varchar not null,
    file varchar not null,
    source varchar not null,
    records bigint not null,
    voices bigint not null,
    duplicates bigint not null,
    skipped bigint not null,
    dead_letters bigint not null
);
comment on table origins is '取り込んだ元のファイルと件数。報告書の対象範囲になる';
comment on column origins.origin_stream is '"file:", SHA-256 of the bytes, ":" and a short hash of the description they were read with';
comment on column origins.file is 'Base name of the file';
comment on column origins.source is 'Name of the source description';
comment on column origins.records is 'Records loaded so far';
comment on column origins.voices is 'Records that brought a new voice or a new revision';
comment on column origins.duplicates is 'Records that were there already';
comment on column origins.skipped is 'Records without words';
comment on column origins.dead_letters is 'Records that could not be read';

create table offsets (
    stream varchar primary key,
    next_offset bigint not null
);
comment on table offsets is '流れごとの次に読む位置。行と同じ取引で進む';
comment on column offsets.stream is 'voc.enriched, voc.dead or voc.actions';
comment on column offsets.next_offset is 'First offset that is not yet loaded';

create table topics (
    taxonomy varchar not null,
    topic varchar not null,
    label varchar not null,
    parent varchar not null,
    parent_label varchar not null,
    severity integer not null,
    position integer not null,
    description varchar not null
);
comment on table topics is '話題の表。models/taxonomies の写し';
comment on column topics.taxonomy is 'Name of the taxonomy';
comment on column topics.topic is 'Leaf id';
comment on column topics.label is 'Japanese label of the leaf';
comment on column topics.parent is 'Id of the upper topic; the leaf''s own in a one-level taxonomy';
comment on column topics.parent_label is 'Japanese label of the upper topic';
comment on column topics.severity is '0 (harmless) to 5 (bodily harm)';
comment on column topics.position is 'Order in the taxonomy, from 0';
comment on column topics.description is 'What belongs to the topic';

create table reports (
    job varchar not null,
    period varchar not null,
    revision integer not null,
    made_at timestamptz not null,
    value varchar not null
);
comment on table reports is '凍結した報告書の値';
comment on column reports.job is 'weekly or monthly';
comment on column reports.period is '2025-W31 or 2025-07';
comment on column reports.revision is 'From 1';
comment on column reports.made_at is 'When it was made';
comment on column reports.value is 'JSON text of the value that the files are rendered from';

create table ledger (
    job varchar not null,
    period varchar not null,
    state varchar not null,
    claimed_at timestamptz not null,
    primary key (job, period)
);
comment on table ledger is '定期実行の台帳。(job, period) は一度だけ請け負われる';
comment on column ledger.job is 'weekly or monthly';
comment on column ledger.period is '2025-W31 or 2025-07';
comment on column ledger.state is 'claimed or done; a claim of a process that died is taken again at start';
comment on column ledger.claimed_at is 'When it was claimed';
