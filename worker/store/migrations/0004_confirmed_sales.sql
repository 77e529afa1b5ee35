CREATE TABLE `secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`store` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`hint` text NOT NULL,
	`locked` text NOT NULL,
	`created` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `secrets_store` ON `secrets` (`store`);--> statement-breakpoint
ALTER TABLE `orders` ADD `confirmed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `paid_confirmed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `stores` ADD `confirm` text DEFAULT 'none' NOT NULL;
