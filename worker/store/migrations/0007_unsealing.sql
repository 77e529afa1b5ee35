-- The same days in fewer terms: every statement that derives visits or orders is planned with this trigger in it.
DROP TRIGGER `unseal`;--> statement-breakpoint
CREATE TRIGGER `unseal` INSTEAD OF INSERT ON `unsealing` BEGIN
	DELETE FROM `sealed` WHERE `store` = new.store AND `scope` IN ('visitor', 'visit') AND `day` IN (
		SELECT new.day
		UNION ALL SELECT v.day FROM `visits` v INDEXED BY `visits_visitor` WHERE v.store = new.store AND v.visitor = new.visitor AND v.day > new.day
		UNION ALL SELECT d.value FROM `orders` o INDEXED BY `orders_visitor` CROSS JOIN json_each(json_array(o.day, o.paid_day)) d WHERE o.store = new.store AND o.visitor = new.visitor AND (
			d.value > new.day
			OR EXISTS (SELECT 1 FROM `visits` v INDEXED BY `visits_visitor` WHERE v.store = new.store AND v.visitor = new.visitor AND v.day >= new.day AND v.visit = o.visit)
		)
		UNION ALL SELECT r.day FROM `orders` o INDEXED BY `orders_visitor` CROSS JOIN `refunds` r ON r.store = o.store AND r.order_id = o.order_id WHERE o.store = new.store AND o.visitor = new.visitor AND (
			r.day > new.day
			OR EXISTS (SELECT 1 FROM `visits` v INDEXED BY `visits_visitor` WHERE v.store = new.store AND v.visitor = new.visitor AND v.day >= new.day AND v.visit = o.visit)
		)
	);
	UPDATE `stores` SET `seal_from` = new.day WHERE `key` = new.store AND `seal_from` > new.day;
END;
