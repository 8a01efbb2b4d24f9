BEGIN TRANSACTION;
CREATE TABLE active_checkpoint (
	id INTEGER NOT NULL, 
	version INTEGER, 
	changes BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	person_id BIGINT, 
	CONSTRAINT pk_active_checkpoint PRIMARY KEY (id), 
	CONSTRAINT ck_active_checkpoint_one_row CHECK (id = 1), 
	CONSTRAINT fk_active_checkpoint_version FOREIGN KEY(version) REFERENCES checkpoints (version), 
	CONSTRAINT fk_active_checkpoint_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL
);
INSERT INTO "active_checkpoint" VALUES(1,1,1,'2026-03-01 12:00:00.000000',1);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE checkpoints (
	version INTEGER NOT NULL, 
	parent INTEGER, 
	kind VARCHAR(20) NOT NULL, 
	blob BLOB NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	metrics JSON NOT NULL, 
	fingerprint VARCHAR(200) NOT NULL, 
	corrections BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	person_id BIGINT, 
	CONSTRAINT pk_checkpoints PRIMARY KEY (version), 
	CONSTRAINT fk_checkpoints_parent FOREIGN KEY(parent) REFERENCES checkpoints (version), 
	CONSTRAINT fk_checkpoints_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL
);
INSERT INTO "checkpoints" VALUES(1,NULL,'full',X'0102','a12871fee210fb8619291eaea194581cbd2531e4b23759d225f6806923f63222','{"accuracy": 0.85}','f',1,'2026-03-01 12:00:00.000000',1);
CREATE TABLE corrections (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id BIGINT NOT NULL, 
	guess_id INTEGER, 
	guild_id BIGINT, 
	folded VARCHAR(255) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	language VARCHAR(64) NOT NULL, 
	is_admin BOOLEAN NOT NULL, 
	is_trusted BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	replaced_at DATETIME, keyed INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT fk_corrections_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	CONSTRAINT fk_corrections_guess_id FOREIGN KEY(guess_id) REFERENCES guesses (id) ON DELETE SET NULL
);
INSERT INTO "corrections" VALUES(1,1,1,7,'rodrigo','Rodrigo','Spanish',0,0,'2026-03-01 12:00:00.000000','2026-03-01 12:01:00.000000',0);
INSERT INTO "corrections" VALUES(2,1,1,7,'rodrigo','Rodrigo','Portuguese',0,1,'2026-03-01 12:01:00.000000',NULL,0);
INSERT INTO "corrections" VALUES(3,9007199254740993,NULL,NULL,'ζωη','Ζωη','Greek',0,0,'2026-03-01 12:02:00.000000',NULL,0);
CREATE TABLE guesses (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id BIGINT NOT NULL, 
	guild_id BIGINT, 
	channel_id BIGINT NOT NULL, 
	message_id BIGINT, 
	name VARCHAR(100) NOT NULL, 
	folded VARCHAR(255) NOT NULL, 
	guesses JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT fk_guesses_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE CASCADE, 
	CONSTRAINT uq_guesses_message_id UNIQUE (message_id)
);
INSERT INTO "guesses" VALUES(1,1,7,5,77,'Rodrigo','rodrigo','[["Spanish", 0.5], ["Portuguese", 0.25]]','2026-03-01 12:00:00.000000');
CREATE TABLE leases (
	name VARCHAR(50) NOT NULL, 
	fence BIGINT NOT NULL, 
	holder VARCHAR(100), 
	began DATETIME NOT NULL, 
	expires DATETIME NOT NULL, 
	stage VARCHAR(100) NOT NULL, 
	progress FLOAT NOT NULL, 
	person_id BIGINT, 
	CONSTRAINT pk_leases PRIMARY KEY (name), 
	CONSTRAINT fk_leases_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL
);
INSERT INTO "leases" VALUES('retraining',3,NULL,'2026-03-01 12:00:00.000000','2026-03-01 12:00:00.000000','',0.0,NULL);
CREATE TABLE left_out (
	version INTEGER NOT NULL, 
	folded VARCHAR(255) NOT NULL, 
	language VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_left_out PRIMARY KEY (version, folded), 
	CONSTRAINT fk_left_out_version FOREIGN KEY(version) REFERENCES checkpoints (version) ON DELETE CASCADE
);
INSERT INTO "left_out" VALUES(1,'amaral','Greek');
CREATE TABLE lessons (
	version INTEGER NOT NULL, 
	folded VARCHAR(255) NOT NULL, 
	language VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_lessons PRIMARY KEY (version, folded), 
	CONSTRAINT fk_lessons_version FOREIGN KEY(version) REFERENCES checkpoints (version) ON DELETE CASCADE
);
INSERT INTO "lessons" VALUES(1,'rodrigo','Portuguese');
CREATE TABLE people (
	id BIGINT NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	account_created DATETIME, 
	noticed_at DATETIME, 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
INSERT INTO "people" VALUES(1,'Ann','2019-01-01 00:00:00.000000','2026-03-01 12:00:00.000000');
INSERT INTO "people" VALUES(9007199254740993,'Bob',NULL,NULL);
CREATE TABLE retraining_notices (
	fence BIGINT NOT NULL, 
	channel_id BIGINT NOT NULL, 
	message_id BIGINT NOT NULL, 
	person_id BIGINT, 
	outcome TEXT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_retraining_notices PRIMARY KEY (fence), 
	CONSTRAINT fk_retraining_notices_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL
);
INSERT INTO "retraining_notices" VALUES(1,5,77,1,'Learnt.','2026-03-01 12:00:00.000000');
CREATE TABLE reviews (
	folded VARCHAR(255) NOT NULL, 
	language VARCHAR(64) NOT NULL, 
	is_approved BOOLEAN NOT NULL, 
	person_id BIGINT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reviews PRIMARY KEY (folded, language), 
	CONSTRAINT fk_reviews_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL
);
INSERT INTO "reviews" VALUES('rodrigo','Portuguese',1,1,'2026-03-01 12:00:00.000000');
CREATE TABLE server_reviews (
	guild_id BIGINT NOT NULL, 
	folded VARCHAR(255) NOT NULL, 
	language VARCHAR(64) NOT NULL, 
	is_approved BOOLEAN NOT NULL, 
	person_id BIGINT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_server_reviews PRIMARY KEY (guild_id, folded, language), 
	CONSTRAINT fk_server_reviews_person_id FOREIGN KEY(person_id) REFERENCES people (id) ON DELETE SET NULL
);
INSERT INTO "server_reviews" VALUES(7,'rodrigo','Spanish',0,1,'2026-03-01 12:00:00.000000');
CREATE TABLE servers (
	guild_id BIGINT NOT NULL, 
	channels JSON NOT NULL, 
	prefix VARCHAR(10), 
	has_buttons BOOLEAN NOT NULL, 
	pause INTEGER, 
	votes_needed INTEGER, 
	trusted_needed INTEGER, 
	trusted_roles JSON NOT NULL, 
	languages JSON NOT NULL, 
	words JSON NOT NULL, 
	changes BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_servers PRIMARY KEY (guild_id)
);
INSERT INTO "servers" VALUES(7,'[5]','?',0,10,2,1,'[8]','["Spanish", "Portuguese"]','["slur"]',3,'2026-03-01 12:00:00.000000');
CREATE INDEX ix_guesses_latest ON guesses (person_id, channel_id, id);
CREATE INDEX ix_guesses_at ON guesses (at);
CREATE UNIQUE INDEX uq_corrections_standing ON corrections (person_id, folded) WHERE replaced_at IS NULL;
CREATE INDEX ix_corrections_person_id ON corrections (person_id);
CREATE INDEX ix_corrections_guess_id ON corrections (guess_id);
CREATE INDEX ix_corrections_folded ON corrections (folded);
CREATE INDEX ix_reviews_person_id ON reviews (person_id);
CREATE INDEX ix_lessons_folded ON lessons (folded);
CREATE INDEX ix_checkpoints_person_id ON checkpoints (person_id);
CREATE INDEX ix_active_checkpoint_person_id ON active_checkpoint (person_id);
CREATE INDEX ix_leases_person_id ON leases (person_id);
CREATE INDEX ix_retraining_notices_person_id ON retraining_notices (person_id);
CREATE INDEX ix_server_reviews_folded ON server_reviews (folded);
CREATE INDEX ix_server_reviews_person_id ON server_reviews (person_id);
CREATE INDEX ix_left_out_folded ON left_out (folded);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('guesses',1);
INSERT INTO "sqlite_sequence" VALUES('corrections',3);
COMMIT;
