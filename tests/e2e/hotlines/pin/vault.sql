create table people (pin text primary key, name text);
insert into people values ('73915264', 'Alice Chen');
