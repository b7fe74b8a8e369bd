-- Counted in a table of one customer's orders, customers look like a condition that is nearly always true. Plans then
-- read all orders of the tenant for a customer who has none.
ALTER TABLE orders ALTER customer_id SET (n_distinct = -0.1);
