-- The sample company. `today` is a table with one row: the day this database was made.
create table plans (plan text primary key, name text, price numeric, data_gb integer);
insert into plans values
  ('basic', 'Basic', 19.90, 5), ('plus', 'Plus', 34.50, 40), ('office', 'Office', 129.00, 500);

-- `adviser`: the agent who looks after this customer. `avoids`: one the customer has complained about.
create table subscribers (
  number text primary key, account text unique, name text, tier text, kind text, age integer, language text, plan text,
  access text, since text, adviser text, avoids text);
insert into subscribers
  select column1, column2, column3, column4, column5, column6, column7, column8, column9,
    date(day, column10), column11, column12
  from today, (values
  ('+12025550101', '100101', 'Alice Chen',     'standard', 'person',  34,   'en', 'basic',  'dsl',   '-2 years',  null,   null),
  ('+12025550102', '100102', 'Bruno Adler',    'gold',     'person',  51,   'en', 'plus',   'dsl',   '-12 years', 'chen', null),
  ('+12025550103', '100103', 'Carla Supplies', 'standard', 'company', null, 'en', 'office', 'dsl',   '-4 years',  null,   null),
  ('+12025550104', '100104', 'Dora Novak',     'standard', 'person',  45,   'en', 'plus',   'dsl',   '-3 years',  null,   null),
  ('+12025550105', '100105', 'Erik Lund',      'standard', 'person',  78,   'en', 'basic',  'dsl',   '-9 years',  null,   null),
  ('+12025550106', '100106', '王芳',           'standard', 'person',  29,   'zh', 'plus',   'dsl',   '-1 years',  null,   null),
  ('+12025550107', '100107', 'Fay Okoye',      'standard', 'person',  38,   'en', 'plus',   'dsl',   '-3 years',  null,   null),
  ('+12025550108', '100108', 'Gus Hale',       'standard', 'person',  41,   'en', 'plus',   'dsl',   '-1 years',  null,   null),
  ('+12025550109', '100109', 'Harbor Clinic',  'key',      'company', null, 'en', 'office', 'fibre', '-7 years',  null,   null),
  ('+12025550120', '100120', 'Ivy Stone',      'standard', 'person',  33,   'en', 'plus',   'dsl',   '-2 years',  null,   null),
  ('+12025550121', '100121', 'Jonas Weber',    'standard', 'person',  26,   'en', 'basic',  'dsl',   '-1 years',  null,   null),
  ('+12025550122', '100122', 'Kim''s Bakery',  'standard', 'company', null, 'en', 'basic',  'dsl',   '-3 years',  null,   null),
  ('+12025550123', '100123', 'Lena Park',      'value',    'person',  47,   'en', 'plus',   'fibre', '-11 years', null,   null),
  ('+12025550124', '100124', 'Mona Reyes',     'standard', 'person',  39,   'en', 'plus',   'dsl',   '-4 years',  null,   'mara'),
  ('+12025550125', '100125', 'Nora Quinn',     'standard', 'person',  37,   'en', 'basic',  'dsl',   '-2 years',  null,   null));

create table tags (number text, tag text);
insert into tags values
  ('+12025550105', 'no_marketing'), ('+12025550121', 'autumn_offer'), ('+12025550122', 'small_firm');

create table balances (account text primary key, amount numeric, due text);
insert into balances select column1, column2, date(day, column3) from today, (values
  ('100101', 42.50, '+12 days'), ('100102', 118.00, '+5 days'), ('100103', 1290.00, '+20 days'),
  ('100104', 34.50, '+3 days'), ('100105', 19.90, '+9 days'), ('100106', 69.05, '+7 days'),
  ('100107', 0, '+30 days'), ('100108', 34.50, '+8 days'), ('100109', 2580.00, '+14 days'),
  ('100120', 214.80, '+10 days'), ('100121', 19.90, '+6 days'), ('100122', 61.00, '+11 days'),
  ('100123', 89.00, '+4 days'), ('100124', 34.50, '+2 days'), ('100125', 19.90, '+13 days'));

-- Who renews has a row more; the last one counts.
create table contracts (account text, ends text, once text unique);
insert into contracts (account, ends) select column1, date(day, column2) from today, (values
  ('100106', '+12 days'), ('100125', '+20 days'));

-- The last bill of each is of the 1st of this month; Ivy's is five times what she pays as a rule.
create table bills (account text, month text, amount numeric, issued text);
insert into bills
  select balances.account, strftime('%Y-%m', date(day, '-1 month')), balances.amount, date(day, 'start of month')
  from balances, today;
insert into bills
  select account, strftime('%Y-%m', date(day, earlier)), 38.20, date(day, 'start of month', earlier)
  from today, (select '100120' as account), (select '-1 month' as earlier union select '-2 months' union select '-3 months');

create table orders (account text, what text, step text, day text);
insert into orders select '100108', 'Fibre 500', 'connect', date(day, '+2 days') from today;

create table lines (account text, service text, state text, cause text, fixed_by text);
insert into lines values
  ('100101', 'internet', 'good', null, null), ('100101', 'phone', 'good', null, null),
  ('100102', 'internet', 'good', null, null), ('100105', 'phone', 'good', null, null);
insert into lines select '100107', 'internet', 'down', 'a damaged cable in your street', day || 'T18:00:00' from today;
insert into lines select '100109', 'internet', 'down', null, null from today;

create table tickets (
  ticket integer primary key autoincrement, account text, number text, kind text, once text unique);
insert into tickets (ticket, account, number, kind) values
  (3811, '100124', '+12025550124', 'complaint'), (3902, '100124', '+12025550124', 'complaint');
update sqlite_sequence set seq = 4000 where name = 'tickets';

-- Earlier contacts: Dora asks for her balance on this day of every month.
create table contacts (number text, at text, intent text);
insert into contacts select '+12025550104', date(day, '-1 month'), 'balance' from today;
insert into contacts select '+12025550104', date(day, '-2 month'), 'balance' from today;
insert into contacts select '+12025550104', date(day, '-3 month'), 'balance' from today;
insert into contacts select '+12025550104', date(day, '-40 days'), 'plans' from today;
insert into contacts select '+12025550101', date(day, '-9 days'), 'bill' from today;
insert into contacts select '+12025550101', date(day, '-1 month'), 'balance' from today;
insert into contacts select '+12025550102', date(day, '-70 days'), 'fault' from today;

-- What the hotline knows of whoever calls.
create view callers as select
  number, name, account, tier, kind, age, language, access, adviser, avoids,
  cast((julianday('now') - julianday(since)) / 365.25 as integer) as years,
  (select json_group_array(tag) from tags where tags.number = subscribers.number) as tags,
  (select what from orders where orders.account = subscribers.account) as ordered,
  (select count(*) from lines where lines.account = subscribers.account and state <> 'good') as lines_down,
  (select count(*) from tickets where tickets.number = subscribers.number and kind = 'complaint') as complaints
  from subscribers;
