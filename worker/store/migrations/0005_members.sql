CREATE TABLE `annotations` (
	`id` text PRIMARY KEY NOT NULL,
	`store` integer NOT NULL,
	`day` integer NOT NULL,
	`text` text NOT NULL,
	`created` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `annotations_day` ON `annotations` (`store`,`day`);--> statement-breakpoint
CREATE TABLE `funnels` (
	`id` text PRIMARY KEY NOT NULL,
	`store` integer NOT NULL,
	`name` text NOT NULL,
	`question` text NOT NULL,
	`created` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `funnels_store` ON `funnels` (`store`);--> statement-breakpoint
CREATE TABLE `members` (
	`user` text NOT NULL,
	`store` integer NOT NULL,
	`role` text NOT NULL,
	`created` integer NOT NULL,
	PRIMARY KEY(`user`, `store`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `members_store` ON `members` (`store`);--> statement-breakpoint
CREATE TABLE `shares` (
	`id` text PRIMARY KEY NOT NULL,
	`store` integer NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`created` integer NOT NULL,
	`expires` integer,
	`last_used` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `shares_hash` ON `shares` (`hash`);--> statement-breakpoint
CREATE INDEX `shares_store` ON `shares` (`store`);--> statement-breakpoint
CREATE TABLE `usage` (
	`store` integer NOT NULL,
	`day` integer NOT NULL,
	`events` integer NOT NULL,
	PRIMARY KEY(`store`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rate_limit` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`count` integer NOT NULL,
	`last_request` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `rate_limit_key_unique` ON `rate_limit` (`key`);--> statement-breakpoint
ALTER TABLE `stores` ADD `retention_days` integer;--> statement-breakpoint
ALTER TABLE `stores` ADD `daily_events` integer;--> statement-breakpoint
ALTER TABLE `stores` ADD `claim_limit` integer;--> statement-breakpoint
ALTER TABLE `stores` ADD `deleted` integer;--> statement-breakpoint
-- Whoever could sign in so far saw everything.
INSERT INTO `members` SELECT `id`, 0, 'owner', unixepoch() * 1000 FROM `user`;
