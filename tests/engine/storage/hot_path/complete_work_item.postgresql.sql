-- round trip 1

SELECT officer.id, officer.login, officer.name, officer.language, officer.zone, officer.active, officer.added_at, holding.post, holding.office, holding.begins_on, holding.ends_on, holding.acting, office.zone AS office_zone, (SELECT counter.value 
FROM counter 
WHERE counter.name = $1::VARCHAR) AS organisation 
FROM officer LEFT OUTER JOIN holding ON holding.officer_id = officer.id AND holding.begins_on <= $2::DATE AND (holding.ends_on IS NULL OR holding.ends_on >= $3::DATE) LEFT OUTER JOIN office ON office.code = holding.office 
WHERE officer.login = $4::VARCHAR ORDER BY holding.id;

SELECT idempotency.officer, idempotency.key, idempotency.command, idempotency.arguments, idempotency.receipt, idempotency.at 
FROM idempotency 
WHERE idempotency.officer = $1::VARCHAR AND idempotency.key = $2::VARCHAR;

SELECT "case".id, "case".number, "case".release_id, "case".office, "case".origin_office, "case".destination_office, "case".subject_id, "case".parent_id, "case".disposition_id, "case".state, "case".stage, "case".snapshot, "case".version, "case".opened_at, "case".ended_at, "case".ended_how, "case".event_id, "case".closing, "case".follows_id, "case".pauses, audit_head.seq, audit_head.hash, (SELECT as_first_seen.version 
FROM "case" AS as_first_seen 
WHERE as_first_seen.id = "case".id) AS seen_version, (SELECT min(timer.due_at) AS min_1 
FROM timer 
WHERE timer.case_id = "case".id) AS next_due, EXISTS (SELECT * 
FROM incident 
WHERE incident.case_id = "case".id AND incident.state = 'open' AND incident.event = 'deadline') AS overdue, work_item.id AS item_id, work_item.case_id AS item_case_id, work_item.token AS item_token, work_item.process AS item_process, work_item.element AS item_element, work_item.path AS item_path, work_item.name AS item_name, work_item.kind AS item_kind, work_item.post AS item_post, work_item.office AS item_office, work_item.officer_id AS item_officer_id, work_item.state AS item_state, work_item.version AS item_version, work_item.opened_at AS item_opened_at, work_item.opened_in AS item_opened_in, work_item.due_at AS item_due_at, work_item.changed_at AS item_changed_at, work_item.changed_by AS item_changed_by, work_item.closed_at AS item_closed_at, work_item.outcome AS item_outcome, work_item.instance AS item_instance, work_item.local AS item_local, work_item.happened_at AS item_happened_at, work_item.way_back AS item_way_back, work_item.claimed_at AS item_claimed_at, officer.name AS changer 
FROM "case" JOIN audit_head ON audit_head.case_id = "case".id JOIN work_item ON work_item.case_id = "case".id LEFT OUTER JOIN officer ON officer.id = work_item.changed_by 
WHERE work_item.id = $1::BIGINT FOR UPDATE OF "case", audit_head, work_item;

-- round trip 2

SELECT fact.case_id, fact.name, fact.value, fact.written_in, fact.written_by, fact.written_at, fact.disputed 
FROM fact 
WHERE fact.case_id = $1::BIGINT AND fact.name IN ($2);

-- round trip 3

WITH part_0 AS (INSERT INTO idempotency (officer, key, command, arguments, receipt, at) VALUES ($1::VARCHAR, $2::VARCHAR, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::TIMESTAMP WITH TIME ZONE)), part_1 AS (UPDATE "case" SET origin_office=$7::VARCHAR, destination_office=$8::VARCHAR, subject_id=$9::BIGINT, state=$10::VARCHAR, stage=$11::VARCHAR, snapshot=$12, version=($13 + $14::INTEGER), ended_at=$15::TIMESTAMP WITH TIME ZONE, ended_how=$16::VARCHAR WHERE "case".id = $17::BIGINT AND "case".version = $13::INTEGER RETURNING 1), part_2 AS (UPDATE work_item SET officer_id=$18::BIGINT, state=$19::VARCHAR, version=($20 + $21::INTEGER), changed_at=$22::TIMESTAMP WITH TIME ZONE, changed_by=$23::BIGINT, closed_at=$24::TIMESTAMP WITH TIME ZONE, outcome=$25::VARCHAR, way_back=$26::VARCHAR, claimed_at=$27::TIMESTAMP WITH TIME ZONE WHERE work_item.id = $28::BIGINT AND work_item.version = $20::INTEGER RETURNING 1), part_3 AS (INSERT INTO work_item (case_id, token, process, element, path, name, kind, post, office, officer_id, state, version, opened_at, opened_in, due_at, changed_at, changed_by, closed_at, outcome, instance, local) VALUES ($29::BIGINT, $30::VARCHAR, $31::VARCHAR, $32::VARCHAR, $33::VARCHAR, $34::VARCHAR, $35::VARCHAR, $36::VARCHAR, $37::VARCHAR, $38::BIGINT, $39::VARCHAR, $40::INTEGER, $41::TIMESTAMP WITH TIME ZONE, $42::INTEGER, $43, $44::TIMESTAMP WITH TIME ZONE, $45::BIGINT, $46::TIMESTAMP WITH TIME ZONE, $47::VARCHAR, $48::INTEGER, $49::VARCHAR)), part_4 AS (UPDATE clock SET state=$50::VARCHAR, ended_at=$51::TIMESTAMP WITH TIME ZONE WHERE clock.case_id = $52::BIGINT AND clock.token = $53::VARCHAR AND clock.kind = 'step' AND clock.state IN ('running', 'paused')), part_5 AS (INSERT INTO clock (case_id, kind, token, name, code, office, service, amount, clock, basis, started_at, due_at, state, ended_at, edition, rung, next_at, ladder) VALUES ($54::BIGINT, $55::VARCHAR, $56::VARCHAR, $57::VARCHAR, $58::VARCHAR, $59::VARCHAR, $60::VARCHAR, $61, $62::VARCHAR, $63::VARCHAR, $64::TIMESTAMP WITH TIME ZONE, $65, $66::VARCHAR, $67::TIMESTAMP WITH TIME ZONE, $68::INTEGER, $69::INTEGER, $70, $71::VARCHAR)), part_6 AS (INSERT INTO fact (case_id, name, value, written_in, written_by, written_at, disputed) VALUES ($72::BIGINT, $73::VARCHAR, $74::VARCHAR, $75::INTEGER, $76::BIGINT, $77::TIMESTAMP WITH TIME ZONE, $78::VARCHAR) ON CONFLICT (case_id, name) DO UPDATE SET value = excluded.value, written_in = excluded.written_in, written_by = excluded.written_by, written_at = excluded.written_at, disputed = excluded.disputed), part_7 AS (DELETE FROM answer_draft WHERE answer_draft.item_id = $79::BIGINT), part_8 AS (INSERT INTO audit (case_id, seq, at, kind, officer, on_behalf, office, post, data, previous, hash) VALUES ($80::BIGINT, $81::INTEGER, $82::TIMESTAMP WITH TIME ZONE, $83::VARCHAR, $84::VARCHAR, $85::VARCHAR, $86::VARCHAR, $87::VARCHAR, $88::VARCHAR, $89::VARCHAR, $90::VARCHAR)), part_9 AS (UPDATE audit_head SET seq=$91::INTEGER, hash=$92::VARCHAR WHERE audit_head.case_id = $93::BIGINT RETURNING 1) SELECT (SELECT count(*) FROM part_1), (SELECT count(*) FROM part_2), (SELECT count(*) FROM part_9);
