-- The sample company. `today` is a table with one row: the day this database was made.
create table plans (plan text primary key, name text, price numeric, data_gb integer);
insert into plans values
  ('basic', 'Basic', 19.90, 5), ('plus', 'Plus', 34.50, 40), ('office', 'Office', 129.00, 500);

create table subscribers (
  number text primary key, account text unique, name text, tier text, kind text, age integer, language text, plan text);
insert into subscribers values
  ('+12025550101', '100101', 'Alice Chen',    'standard', 'person',  34, 'en', 'basic'),
  ('+12025550102', '100102', 'Bruno Adler',   'gold',     'person',  51, 'en', 'plus'),
  ('+12025550103', '100103', 'Carla Supplies','standard', 'company', null, 'en', 'office'),
  ('+12025550104', '100104', 'Dora Novak',    'standard', 'person',  45, 'en', 'plus'),
  ('+12025550105', '100105', 'Erik Lund',     'standard', 'person',  78, 'en', 'basic'),
  ('+12025550106', '100106', '王芳',          'standard', 'person',  29, 'zh', 'plus'),
  ('+12025550107', '100107', 'Fay Okoye',     'standard', 'person',  38, 'en', 'plus');

create table balances (account text primary key, amount numeric, due text);
insert into balances select '100101',  42.50, date(day, '+12 days') from today;
insert into balances select '100102', 118.00, date(day, '+5 days')  from today;
insert into balances select '100103', 1290.00, date(day, '+20 days') from today;
insert into balances select '100104',  34.50, date(day, '+3 days')  from today;
insert into balances select '100105',  19.90, date(day, '+9 days')  from today;
insert into balances select '100106',  69.05, date(day, '+7 days')  from today;
insert into balances select '100107',   0,    date(day, '+30 days') from today;

create table bills (account text, month text, amount numeric, issued text);
insert into bills
  select balances.account, strftime('%Y-%m', date(day, '-1 month')), balances.amount, date(day, 'start of month')
  from balances, today;

create table lines (account text, service text, state text, cause text, fixed_by text);
insert into lines values
  ('100101', 'internet', 'good', null, null), ('100101', 'phone', 'good', null, null),
  ('100102', 'internet', 'good', null, null), ('100105', 'phone', 'good', null, null);
insert into lines select '100107', 'internet', 'down', 'a damaged cable in your street', day || 'T18:00:00' from today;

create table tickets (
  ticket integer primary key autoincrement, account text, number text, kind text, once text unique);
insert into sqlite_sequence (name, seq) values ('tickets', 4000);

-- Earlier contacts: Dora asks for her balance on this day of every month.
create table contacts (number text, at text, intent text);
insert into contacts select '+12025550104', date(day, '-1 month'), 'balance' from today;
insert into contacts select '+12025550104', date(day, '-2 month'), 'balance' from today;
insert into contacts select '+12025550104', date(day, '-3 month'), 'balance' from today;
insert into contacts select '+12025550104', date(day, '-40 days'), 'plans' from today;
insert into contacts select '+12025550101', date(day, '-9 days'), 'bill' from today;
insert into contacts select '+12025550101', date(day, '-1 month'), 'balance' from today;
insert into contacts select '+12025550102', date(day, '-70 days'), 'fault' from today;
