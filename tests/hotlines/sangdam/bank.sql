-- `today` is a table with one row: the day this database was made.
create table customers (number text primary key, account text unique, name text, tier text, age integer);
insert into customers values
  ('+821000000101', '110123456789', '김서연', 'standard', 34),
  ('+821000000102', '110987654321', '박영수', 'standard', 72),
  ('+821000000103', '110555000111', '이하늘', 'gold', 45);

create table accounts (account text primary key, amount integer, pin text, card text);
insert into accounts values
  ('110123456789', 1234500, '4200', 'good'), ('110987654321', 53000, '7391', 'good'),
  ('110555000111', 210000000, '1357', 'good');

create table transactions (account text, at text, what text, amount integer);
insert into transactions select '110123456789', date(day, '-1 day'), '편의점', 4500 from today;
insert into transactions select '110123456789', date(day, '-3 days'), '급여', 2500000 from today;

create table charges (account text, amount integer, due text, paid text);
insert into charges select '110123456789', 87000, date(day, '+6 days'), null from today;

create table appointments (account text, branch text, at text);
insert into appointments select '110123456789', '시청 지점', date(day, '+2 days') || 'T14:30:00' from today;

create table transfers (
  receipt integer primary key autoincrement, account text, to_number text, amount numeric, once text unique);
insert into sqlite_sequence (name, seq) values ('transfers', 7000);
