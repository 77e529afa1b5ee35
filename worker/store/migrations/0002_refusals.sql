CREATE TABLE `refusals` (
	`store` integer NOT NULL,
	`named` text NOT NULL,
	`reason` text NOT NULL,
	`origin` text NOT NULL,
	`first` integer NOT NULL,
	`last` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`store`, `named`, `reason`, `origin`)
) WITHOUT ROWID;
