ALTER TABLE `orders` ADD `held` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `paid_held` integer;--> statement-breakpoint
CREATE INDEX `events_unattributed` ON `events` (`store`,`day`) WHERE visitor is null;--> statement-breakpoint
-- What browsers claim above a store's limit is no longer added up.
UPDATE `stores` SET `recount_after` = '', `recount_at` = 0;
