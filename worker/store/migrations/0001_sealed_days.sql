CREATE TABLE `refunds` (
	`store` integer NOT NULL,
	`order_id` text NOT NULL,
	`at` integer NOT NULL,
	`day` integer NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`store`, `order_id`, `at`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `refunds_day` ON `refunds` (`store`,`day`);--> statement-breakpoint
CREATE TABLE `sealed` (
	`store` integer NOT NULL,
	`scope` text NOT NULL,
	`day` integer NOT NULL,
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
ALTER TABLE `events` ADD `stem` integer;--> statement-breakpoint
ALTER TABLE `stores` ADD `channel_rules` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `stores` ADD `exchange_rates` text;--> statement-breakpoint
ALTER TABLE `stores` ADD `seal_from` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `stores` ADD `recount_after` text;--> statement-breakpoint
ALTER TABLE `stores` ADD `recount_at` integer;--> statement-breakpoint
ALTER TABLE `visits` ADD `trail` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_visitor` ON `orders` (`store`,`visitor`) WHERE visitor is not null;
--> statement-breakpoint
-- What an earlier version derived has no trails yet.
UPDATE `stores` SET `recount_after` = '', `recount_at` = 0;
--> statement-breakpoint
-- Inserting (store, visitor, day) here unseals that day and what else it speaks of: the visitor's later days, because a
-- sealed day says when its visitors came before; and the days of their orders, payments and refunds that are later, or
-- whose visit, which gives them their origin, is known from this day or a later one. Without a visitor it is the day
-- alone.
CREATE VIEW `unsealing` AS SELECT NULL AS `store`, NULL AS `visitor`, NULL AS `day`;
--> statement-breakpoint
CREATE TRIGGER `unseal` INSTEAD OF INSERT ON `unsealing` BEGIN
	DELETE FROM `sealed` WHERE `store` = new.store AND `scope` IN ('visitor', 'visit') AND `day` IN (
		SELECT new.day
		UNION ALL SELECT v.day FROM `visits` v INDEXED BY `visits_visitor` WHERE v.store = new.store AND v.visitor = new.visitor AND v.day > new.day
		UNION ALL SELECT o.day FROM `orders` o INDEXED BY `orders_visitor` WHERE o.store = new.store AND o.visitor = new.visitor AND (
			o.day > new.day
			OR EXISTS (SELECT 1 FROM `visits` v INDEXED BY `visits_visitor` WHERE v.store = new.store AND v.visitor = new.visitor AND v.day >= new.day AND v.visit = o.visit)
		)
		UNION ALL SELECT o.paid_day FROM `orders` o INDEXED BY `orders_visitor` WHERE o.store = new.store AND o.visitor = new.visitor AND (
			o.paid_day > new.day
			OR EXISTS (SELECT 1 FROM `visits` v INDEXED BY `visits_visitor` WHERE v.store = new.store AND v.visitor = new.visitor AND v.day >= new.day AND v.visit = o.visit)
		)
		UNION ALL SELECT r.day FROM `orders` o INDEXED BY `orders_visitor` JOIN `refunds` r ON r.store = o.store AND r.order_id = o.order_id WHERE o.store = new.store AND o.visitor = new.visitor AND (
			r.day > new.day
			OR EXISTS (SELECT 1 FROM `visits` v INDEXED BY `visits_visitor` WHERE v.store = new.store AND v.visitor = new.visitor AND v.day >= new.day AND v.visit = o.visit)
		)
	);
	UPDATE `stores` SET `seal_from` = new.day WHERE `key` = new.store AND `seal_from` > new.day;
END;
--> statement-breakpoint
CREATE TRIGGER `sealed_deleted` AFTER DELETE ON `sealed` BEGIN
	UPDATE `stores` SET `seal_from` = old.day WHERE `key` = old.store AND `seal_from` > old.day;
END;
--> statement-breakpoint
CREATE TRIGGER `visits_inserted` AFTER INSERT ON `visits` BEGIN
	INSERT INTO `unsealing` VALUES (new.store, new.visitor, new.day);
END;
--> statement-breakpoint
CREATE TRIGGER `visits_updated` AFTER UPDATE ON `visits` BEGIN
	INSERT INTO `unsealing` VALUES (new.store, new.visitor, new.day);
END;
--> statement-breakpoint
CREATE TRIGGER `visits_deleted` AFTER DELETE ON `visits` BEGIN
	INSERT INTO `unsealing` VALUES (old.store, old.visitor, old.day);
END;
--> statement-breakpoint
CREATE TRIGGER `orders_inserted` AFTER INSERT ON `orders` BEGIN
	INSERT INTO `unsealing` VALUES (new.store, new.visitor, new.day);
	INSERT INTO `unsealing` VALUES (new.store, new.visitor, new.paid_day);
END;
--> statement-breakpoint
CREATE TRIGGER `orders_updated` AFTER UPDATE ON `orders` BEGIN
	INSERT INTO `unsealing` VALUES (old.store, old.visitor, old.day);
	INSERT INTO `unsealing` VALUES (old.store, old.visitor, old.paid_day);
	INSERT INTO `unsealing` VALUES (new.store, new.visitor, new.day);
	INSERT INTO `unsealing` VALUES (new.store, new.visitor, new.paid_day);
	INSERT INTO `unsealing` SELECT r.store, NULL, r.day FROM `refunds` r WHERE r.store = new.store AND r.order_id = new.order_id;
END;
--> statement-breakpoint
CREATE TRIGGER `orders_deleted` AFTER DELETE ON `orders` BEGIN
	INSERT INTO `unsealing` VALUES (old.store, old.visitor, old.day);
	INSERT INTO `unsealing` VALUES (old.store, old.visitor, old.paid_day);
END;
--> statement-breakpoint
CREATE TRIGGER `refunds_inserted` AFTER INSERT ON `refunds` BEGIN
	INSERT INTO `unsealing` VALUES (new.store, NULL, new.day);
END;
--> statement-breakpoint
CREATE TRIGGER `refunds_updated` AFTER UPDATE ON `refunds` BEGIN
	INSERT INTO `unsealing` VALUES (old.store, NULL, old.day);
	INSERT INTO `unsealing` VALUES (new.store, NULL, new.day);
END;
--> statement-breakpoint
CREATE TRIGGER `refunds_deleted` AFTER DELETE ON `refunds` BEGIN
	INSERT INTO `unsealing` VALUES (old.store, NULL, old.day);
END;
