CREATE TABLE `events` (
	`store` integer NOT NULL,
	`id` text NOT NULL,
	`visitor` text,
	`visit` text,
	`apart` integer,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`day` integer NOT NULL,
	`path` text,
	`channel` text,
	`source` text,
	`medium` text,
	`campaign` text,
	`device` text,
	`country` text,
	`engaged` integer,
	`order_id` text,
	`value` integer,
	`currency` text,
	`data` text,
	PRIMARY KEY(`store`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `events_apart` ON `events` (`store`,`visit`) WHERE apart = 1;--> statement-breakpoint
CREATE INDEX `events_order` ON `events` (`store`,`order_id`) WHERE order_id is not null;--> statement-breakpoint
CREATE TABLE `orders` (
	`store` integer NOT NULL,
	`order_id` text NOT NULL,
	`visitor` text,
	`visit` text,
	`at` integer,
	`day` integer,
	`placed` text,
	`value` integer,
	`currency` text,
	`paid_at` integer,
	`paid_day` integer,
	`paid` integer,
	`paid_currency` text,
	`refunded` integer NOT NULL,
	PRIMARY KEY(`store`, `order_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `orders_day` ON `orders` (`store`,`day`) WHERE day is not null;--> statement-breakpoint
CREATE INDEX `orders_paid` ON `orders` (`store`,`paid_day`) WHERE paid_day is not null;--> statement-breakpoint
CREATE TABLE `stores` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`origins` text NOT NULL,
	`timezone` text NOT NULL,
	`currency` text NOT NULL,
	`demo` integer DEFAULT false NOT NULL,
	`min_pages` integer DEFAULT 2 NOT NULL,
	`min_engaged` integer DEFAULT 10000 NOT NULL,
	`created` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stores_id_unique` ON `stores` (`id`);--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`store` integer NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`created` integer NOT NULL,
	`last_used` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_hash` ON `tokens` (`hash`);--> statement-breakpoint
CREATE INDEX `tokens_store` ON `tokens` (`store`);--> statement-breakpoint
CREATE TABLE `visits` (
	`store` integer NOT NULL,
	`day` integer NOT NULL,
	`visitor` text NOT NULL,
	`visit` text NOT NULL,
	`start` integer NOT NULL,
	`ended` integer NOT NULL,
	`pages` integer NOT NULL,
	`engaged` integer NOT NULL,
	`effective` integer NOT NULL,
	`inquiries` integer NOT NULL,
	`inquiry` text,
	`entry` text,
	`exit` text,
	`channel` text NOT NULL,
	`source` text,
	`medium` text,
	`campaign` text,
	`device` text,
	`country` text,
	PRIMARY KEY(`store`, `day`, `visitor`, `visit`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `visits_visitor` ON `visits` (`store`,`visitor`);--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`token` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`user_id` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_token_unique` ON `session` (`token`);--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_email_unique` ON `user` (`email`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
