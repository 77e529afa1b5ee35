CREATE TABLE `answers` (
	`id` text PRIMARY KEY NOT NULL,
	`request` text NOT NULL,
	`status` integer,
	`body` text,
	`created` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `answers_created` ON `answers` (`created`);--> statement-breakpoint
-- Sealed days say when they were sealed, in front of their long columns: made anew, for they can be sealed again.
DROP TABLE `sealed`;--> statement-breakpoint
CREATE TABLE `sealed` (
	`store` integer NOT NULL,
	`scope` text NOT NULL,
	`day` integer NOT NULL,
	`version` integer NOT NULL,
	`total` text,
	`channel` text,
	`visitor_kind` text,
	`device` text,
	`country` text,
	`medium` text,
	`source` text,
	`campaign` text,
	PRIMARY KEY(`store`, `scope`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `sealed_deleted` AFTER DELETE ON `sealed` BEGIN
	UPDATE `stores` SET `seal_from` = old.day WHERE `key` = old.store AND `seal_from` > old.day;
END;
--> statement-breakpoint
ALTER TABLE `stores` ADD `sealings` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `stores` SET `seal_from` = 0;--> statement-breakpoint
ALTER TABLE `tokens` ADD `scopes` text DEFAULT '["read"]' NOT NULL;--> statement-breakpoint
ALTER TABLE `tokens` ADD `expires` integer;
