-- round trip 1

SELECT officer.id, officer.login, officer.name, officer.language, officer.zone, officer.active, officer.added_at, holding.post, holding.office, holding.begins_on, holding.ends_on, holding.acting, office.zone AS office_zone, (SELECT counter.value 
FROM counter 
WHERE counter.name = ?) AS organisation 
FROM officer LEFT OUTER JOIN holding ON holding.officer_id = officer.id AND holding.begins_on <= ? AND (holding.ends_on IS NULL OR holding.ends_on >= ?) LEFT OUTER JOIN office ON office.code = holding.office 
WHERE officer.login = ? ORDER BY holding.id;

SELECT idempotency.officer, idempotency."key", idempotency.command, idempotency.arguments, idempotency.receipt, idempotency.at 
FROM idempotency 
WHERE idempotency.officer = ? AND idempotency."key" = ?;

SELECT "case".id, "case".number, "case".release_id, "case".office, "case".origin_office, "case".destination_office, "case".subject_id, "case".parent_id, "case".disposition_id, "case".state, "case".stage, "case".snapshot, "case".version, "case".opened_at, "case".ended_at, "case".ended_how, "case".event_id, "case".closing, "case".follows_id, "case".pauses, audit_head.seq, audit_head.hash, (SELECT as_first_seen.version 
FROM "case" AS as_first_seen 
WHERE as_first_seen.id = "case".id) AS seen_version, (SELECT min(timer.due_at) AS min_1 
FROM timer 
WHERE timer.case_id = "case".id) AS next_due, EXISTS (SELECT * 
FROM incident 
WHERE incident.case_id = "case".id AND incident.state = 'open' AND incident.event = 'deadline') AS overdue, work_item.id AS item_id, work_item.case_id AS item_case_id, work_item.token AS item_token, work_item.process AS item_process, work_item.element AS item_element, work_item.path AS item_path, work_item.name AS item_name, work_item.kind AS item_kind, work_item.post AS item_post, work_item.office AS item_office, work_item.officer_id AS item_officer_id, work_item.state AS item_state, work_item.version AS item_version, work_item.opened_at AS item_opened_at, work_item.opened_in AS item_opened_in, work_item.due_at AS item_due_at, work_item.changed_at AS item_changed_at, work_item.changed_by AS item_changed_by, work_item.closed_at AS item_closed_at, work_item.outcome AS item_outcome, work_item.instance AS item_instance, work_item.local AS item_local, work_item.happened_at AS item_happened_at, work_item.way_back AS item_way_back, work_item.claimed_at AS item_claimed_at, officer.name AS changer 
FROM "case" JOIN audit_head ON audit_head.case_id = "case".id JOIN work_item ON work_item.case_id = "case".id LEFT OUTER JOIN officer ON officer.id = work_item.changed_by 
WHERE work_item.id = ?;

-- round trip 2

SELECT fact.case_id, fact.name, fact.value, fact.written_in, fact.written_by, fact.written_at, fact.disputed 
FROM fact 
WHERE fact.case_id = ? AND fact.name IN (?);

-- round trip 3

INSERT INTO idempotency (officer, "key", command, arguments, receipt, at) VALUES (?, ?, ?, ?, ?, ?);

UPDATE "case" SET origin_office=?, destination_office=?, subject_id=?, state=?, stage=?, snapshot=?, version=(? + ?), ended_at=?, ended_how=? WHERE "case".id = ? AND "case".version = ?;

UPDATE work_item SET officer_id=?, state=?, version=(? + ?), changed_at=?, changed_by=?, closed_at=?, outcome=?, way_back=?, claimed_at=? WHERE work_item.id = ? AND work_item.version = ?;

INSERT INTO work_item (case_id, token, process, element, path, name, kind, post, office, officer_id, state, version, opened_at, opened_in, due_at, changed_at, changed_by, closed_at, outcome, instance, local) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

UPDATE clock SET state=?, ended_at=? WHERE clock.case_id = ? AND clock.token = ? AND clock.kind = 'step' AND clock.state IN ('running', 'paused');

INSERT INTO clock (case_id, kind, token, name, code, office, service, amount, clock, basis, started_at, due_at, state, ended_at, edition, rung, next_at, ladder) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

INSERT INTO fact (case_id, name, value, written_in, written_by, written_at, disputed) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_id, name) DO UPDATE SET value = excluded.value, written_in = excluded.written_in, written_by = excluded.written_by, written_at = excluded.written_at, disputed = excluded.disputed;

DELETE FROM answer_draft WHERE answer_draft.item_id = ?;

INSERT INTO audit (case_id, seq, at, kind, officer, on_behalf, office, post, data, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

UPDATE audit_head SET seq=?, hash=? WHERE audit_head.case_id = ?;
