create table customers (number text primary key, name text, note text);
insert into customers values
  ('+12025550101', 'R&D <Hangup/> "Ltd"', '</Say><Dial>+19005550100</Dial>'),
  ('+12025550102', '{{ company }} {% for x in range(9) %}', ']]> &amp; &#0; <!--'),
  ('+12025550103', 'bell ' || char(7) || char(0) || char(65535), 'line' || char(10) || 'two');
